/**
 * The replicated table of sessions: who exists, how a token is proved, what each owns. Changed only
 * by applied transactions and by loading; who is alive is judged elsewhere, by the leader.
 */
import { assert } from '../../raftlog/assert.ts';
import type { RunningDigest } from './digest.ts';
import type { SessionId, ZnodePath } from './types.ts';

export interface Session {
  readonly id: SessionId;
  /** SHA-256 of the secret part of the token, hex. */
  readonly secretHash: string;
  readonly timeoutMs: number;
  /** Paths of the ephemeral znodes that it owns. */
  readonly ephemerals: ReadonlySet<ZnodePath>;
}

interface OwnedSession extends Session {
  readonly ephemerals: Set<ZnodePath>;
}

export class SessionTable {
  readonly #sessions = new Map<SessionId, OwnedSession>();
  readonly #digest: RunningDigest;
  /** While loading: ephemerals whose session has not been loaded yet. */
  readonly #unclaimed = new Map<SessionId, Set<ZnodePath>>();

  constructor(digest: RunningDigest) {
    this.#digest = digest;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get(session: SessionId): Session | undefined {
    return this.#sessions.get(session);
  }

  has(session: SessionId): boolean {
    return this.#sessions.has(session);
  }

  entries(): IterableIterator<[SessionId, Session]> {
    return this.#sessions.entries();
  }

  add(id: SessionId, secretHash: string, timeoutMs: number): void {
    assert(!this.#sessions.has(id), 'a session is opened once');
    const ephemerals = this.#unclaimed.get(id) ?? new Set<ZnodePath>();
    this.#unclaimed.delete(id);
    const session = { id, secretHash, timeoutMs, ephemerals };
    this.#sessions.set(id, session);
    this.#digest.addSession(session);
  }

  delete(id: SessionId): void {
    const session = this.#sessions.get(id);
    assert(session !== undefined, 'only a session that exists ends');
    assert(session.ephemerals.size === 0, 'the ephemerals of a session go before it');
    this.#sessions.delete(id);
    this.#digest.removeSession(session);
  }

  own(id: SessionId, path: ZnodePath): void {
    const session = this.#sessions.get(id);
    assert(session !== undefined, 'an ephemeral znode belongs to a session that exists');
    session.ephemerals.add(path);
  }

  disown(id: SessionId, path: ZnodePath): void {
    const owned = this.#sessions.get(id)?.ephemerals.delete(path);
    assert(owned === true, 'an ephemeral znode is known to its session');
  }

  /** `own` for loading, where the session may come later. */
  ownLoaded(id: SessionId, path: ZnodePath): void {
    if (this.#sessions.has(id)) {
      this.own(id, path);
      return;
    }
    const waiting = this.#unclaimed.get(id);
    if (waiting === undefined) this.#unclaimed.set(id, new Set([path]));
    else waiting.add(path);
  }
}
