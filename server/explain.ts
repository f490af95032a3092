/**
 * Why is this here, who would notice if it went: what a session has, and who watches a znode or
 * waits for it. ZooKeeper's `dump`, `cons` and `wchp`, with permission and a bound.
 *
 * What a session owns is known to every member. Watches are known to the member alone that they
 * were left at, so every answer names the members that may know of more. It shows ids of
 * sessions, which are no secret, and never a token or what a caller has shown itself to be.
 */
import { isSuper, noAuth, permits } from '../storage/tree/acl.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { parentOf, pathRefusal } from '../storage/tree/path.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { SessionId, WatchKind, ZnodePath } from '../storage/tree/types.ts';
import { pathInside, pathOutside, watcherFor } from './chroot.ts';
import type { EventHub } from './event-hub.ts';
import type { Limits } from './limits.ts';
import type { Replica } from './replica.ts';
import type { Sessions } from './sessions.ts';
import type { Caller, Via } from './types.ts';

export type ExplainRequest =
  | { readonly op: 'watchers'; readonly path: string }
  | { readonly op: 'explainSession'; readonly session: SessionId };

/** Who answers, and whether that is all there is to be told. */
export interface Witness {
  readonly member: number;
  /** Members with watches of their own, which this one does not know. */
  readonly otherMembers: readonly number[];
  /** Everything is listed, and no other member could add to it. */
  readonly complete: boolean;
}

export interface WatcherRow {
  readonly via: Via;
  readonly kind: WatchKind;
  /** The znode, or what is above it; absent when it lies outside of the caller's chroot. */
  readonly path?: ZnodePath;
  /** The connection's session; absent when it has none. */
  readonly sessionId?: SessionId;
}

export interface Watchers extends Witness {
  readonly path: ZnodePath;
  readonly count: number;
  readonly watchers: readonly WatcherRow[];
}

export interface SessionExplanation extends Witness {
  readonly sessionId: SessionId;
  readonly timeoutMs: number;
  /** Certain to be left, as far as this member knows; the leader knows best. */
  readonly expiresInMs: number;
  /** A WebSocket connection of this member speaks for it. */
  readonly connected: boolean;
  readonly ephemeralCount: number;
  readonly ephemerals: readonly ZnodePath[];
  readonly watchCount: number;
  readonly watches: readonly {
    readonly watch: number;
    readonly kind: WatchKind;
    readonly path: ZnodePath;
  }[];
}

export type ExplainAnswer =
  | { readonly ok: true; readonly op: 'watchers'; readonly watchers: Watchers }
  | { readonly ok: true; readonly op: 'explainSession'; readonly explanation: SessionExplanation }
  | { readonly ok: false; readonly refusal: Refusal };

interface ExplainerParts {
  readonly id: number;
  readonly state: ReplicatedState;
  readonly replica: Pick<Replica, 'members'>;
  readonly hub: EventHub;
  readonly sessions: Sessions;
  readonly limits: Limits;
}

export class Explainer {
  readonly #parts: ExplainerParts;

  constructor(parts: ExplainerParts) {
    this.#parts = parts;
  }

  /** What lies outside of the caller's chroot is not told. */
  explain(caller: Caller, request: ExplainRequest): ExplainAnswer {
    if (request.op === 'watchers') return this.#watchers(caller, request.path);
    return this.#session(caller, request.session);
  }

  #watchers(caller: Caller, path: string): ExplainAnswer {
    const { hub, limits } = this.#parts;
    const refusal = pathRefusal(path, limits) ?? this.#notAllowed(caller, path);
    if (refusal !== undefined) return { ok: false, refusal };
    const inside = pathInside(caller.chroot, path);
    const { rows, count } = hub.answering(inside, limits.explainedEntries);
    const watchers = rows.map(({ watcher, kind, path: on }): WatcherRow => {
      const { session } = watcher.caller;
      const shown = shownTo(caller, on);
      return {
        ...{ via: watcher.via, kind },
        ...(shown === undefined ? undefined : { path: shown }),
        ...(session === '' ? undefined : { sessionId: session }),
      };
    });
    const witness = this.#witness(rows.length === count, false);
    return { ok: true, op: 'watchers', watchers: { path, count, watchers, ...witness } };
  }

  /** A znode that is awaited need not be there: who may change what is above it may know. */
  #notAllowed({ identities, chroot }: Caller, path: ZnodePath): Refusal | undefined {
    const { tree } = this.#parts.state;
    let at = pathInside(chroot, path);
    let znode = tree.get(at);
    while (znode === undefined) {
      at = parentOf(at);
      znode = tree.get(at);
    }
    return permits(znode.acl, 'a', identities) ? undefined : noAuth(path, 'a', 'znode');
  }

  #session(caller: Caller, session: SessionId): ExplainAnswer {
    const { state, hub, sessions, limits } = this.#parts;
    if (caller.session !== session && !isSuper(caller.identities)) {
      const detail = 'what a session has is told to itself, and to super';
      return { ok: false, refusal: { code: 'NoAuth', detail } };
    }
    const info = sessions.info(session);
    const row = state.sessions.get(session);
    if (info === undefined || row === undefined) {
      return { ok: false, refusal: { code: 'SessionExpired' } };
    }
    const max = limits.explainedEntries;
    const owned = [...row.ephemerals].flatMap((path) => shownTo(caller, path) ?? []).sort();
    const attachment = sessions.attachmentOf(session);
    // What is not shown is not counted either, and takes no place of what is.
    const isShown =
      caller.chroot === undefined
        ? undefined
        : (path: ZnodePath) => shownTo(caller, path) !== undefined;
    const { rows, count } =
      attachment === undefined
        ? { rows: [], count: 0 }
        : hub.watchesOf(watcherFor(attachment.subscriber), max, isShown);
    const watches = rows.flatMap(({ number: watch, kind, path: on }) => {
      const path = shownTo(caller, on);
      return path === undefined ? [] : { watch, kind, path };
    });
    const connected = attachment !== undefined;
    return {
      ok: true,
      op: 'explainSession',
      explanation: {
        ...{ sessionId: session, timeoutMs: info.timeoutMs, expiresInMs: info.expiresInMs },
        ...{ connected, ephemeralCount: owned.length, ephemerals: owned.slice(0, max) },
        ...{ watchCount: count, watches },
        ...this.#witness(owned.length <= max && rows.length === count, connected),
      },
    };
  }

  /** `alone`: nobody else can know of anything, whoever else there is. */
  #witness(all: boolean, alone: boolean): Witness {
    const { id, replica } = this.#parts;
    const { voters, observers } = replica.members;
    const others = [...voters, ...observers].filter((member) => member !== id);
    const otherMembers = others.sort((a, b) => a - b);
    return { member: id, otherMembers, complete: all && (alone || otherMembers.length === 0) };
  }
}

function shownTo({ chroot }: Caller, path: ZnodePath): ZnodePath | undefined {
  return chroot === undefined ? path : pathOutside(chroot, path);
}
