/** What every route works with; one per app. */
import type { CertificateTimes, Coordinator } from '../server/types.ts';
import type { Waits } from './waiting.ts';

export interface RouteContext {
  readonly coordinator: Coordinator;
  readonly waits: Waits;
  /** The version of the product, as `/v1/ensemble` and the metrics show it. */
  readonly version: string;
  /** As they are now; of a member without TLS there are none. */
  readonly certificates: () => readonly CertificateTimes[];
}
