/**
 * `/zookeeper/config`: the members, as ZooKeeper writes them. The leader proposes its text when it
 * begins to lead and when the members change, by a transaction that comes to nothing where the
 * znode says so already; so it is a function of the log, and a change of it is an event.
 */
import type { Members } from '../raftlog/types.ts';
import type { SetConfigRequest } from '../storage/tree/types.ts';
import type { PeerAddress } from './peers/types.ts';

export class ConfigZnode {
  readonly #addresses: readonly PeerAddress[];
  readonly #ask: (request: SetConfigRequest) => void;

  /** `ask` proposes where this member leads, and does nothing where it does not. */
  constructor(
    addresses: readonly PeerAddress[] | undefined,
    ask: (request: SetConfigRequest) => void,
  ) {
    this.#addresses = addresses ?? [];
    this.#ask = ask;
  }

  /** For a member without peers the znode stays empty, as with a standalone ZooKeeper. */
  write({ voters, observers }: Members): void {
    if (this.#addresses.length === 0) return;
    const lines = [...voters, ...observers]
      .toSorted((a, b) => a - b)
      .map((id) => {
        const address = this.#addresses.find((known) => known.id === id);
        const role = voters.includes(id) ? 'participant' : 'observer';
        // One port serves what are two of a ZooKeeper server. One that is not known here is none.
        const host = hostText(address?.host ?? '');
        const port = address?.port ?? 0;
        return `server.${id}=${host}:${port}:${port}:${role}`;
      });
    this.#ask({ op: 'setConfig', lines });
  }
}

function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
