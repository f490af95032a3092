/**
 * Tells the log of quotas of which more is used than a soft limit says: nobody is refused for it,
 * so somebody must be told. Once when it is gone over, and not again for a while however often
 * that happens.
 */
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { ZnodePath } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { CoordinatorLog } from './coordinator-options.ts';
import type { MemberStatus } from './types.ts';

/** A quota is told of at most this often, ms. */
const QUIET_MS = 60_000;

export class QuotaWatch {
  readonly #state: ReplicatedState;
  readonly #clock: Clock;
  readonly #log: Pick<CoordinatorLog, 'warn'>;
  readonly #toldAt = new Map<ZnodePath, number>();

  constructor(state: ReplicatedState, clock: Clock, log: Pick<CoordinatorLog, 'warn'>) {
    this.#state = state;
    this.#clock = clock;
    this.#log = log;
  }

  /** For the metrics. */
  counts(quotaRefusals: number): Pick<MemberStatus, 'quotas' | 'quotasOver' | 'quotaRefusals'> {
    const { size, over } = this.#state.quotas;
    return { quotas: size, quotasOver: over, quotaRefusals };
  }

  /** After a batch was applied; the leader tells for all. */
  look(leads: boolean): void {
    const { quotas } = this.#state;
    const gone = quotas.takeGoneOver();
    if (gone.length === 0 || !leads) return;
    const now = this.#clock.monotonic();
    for (const [path, at] of this.#toldAt) if (now - at >= QUIET_MS) this.#toldAt.delete(path);
    for (const path of gone) {
      const quota = quotas.get(path);
      if (quota === undefined || this.#toldAt.has(path)) continue;
      this.#toldAt.set(path, now);
      const { limits, count, bytes } = quota;
      this.#log.warn({ path, count, bytes, ...limits }, 'a quota is over its soft limit');
    }
  }
}
