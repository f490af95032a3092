/** What takes the place of other members in an ensemble of one. */
import type { CoordinatorTransport } from './coordinator-options.ts';
import type { Snapshots } from './snapshots.ts';

export const NO_PEERS: CoordinatorTransport = {
  send: () => undefined,
  flush: () => undefined,
  forward: () => false,
  forwardReply: () => false,
  setEnsemble: () => undefined,
  status: () => [],
};

/** Nobody is there to fetch any from. */
export const NO_SNAPSHOTS: Snapshots = { fetch: () => Promise.resolve(undefined) };
