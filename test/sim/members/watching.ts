/**
 * The watches of a client: those that it has on its connection, those that it leaves again on
 * whichever member it comes to, and what it checks of the events that it is told.
 */
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { RewatchRequest } from '../../../server/types.ts';
import type { Refusal } from '../../../storage/tree/errors.ts';
import type { TreeEvent, WatchKind } from '../../../storage/tree/types.ts';
import { violated } from '../violation.ts';
import type { Request } from './exchange.ts';
import type { KnownWatch, WatchRules } from './invariants/watches.ts';

/** A persistent watch, and from where it goes on. */
interface Wish {
  readonly kind: WatchKind;
  readonly path: string;
  since: Zxid | undefined;
}

/** A one-shot watch that was lost with its connection, and how far it had come by then. */
interface Broken {
  readonly kind: 'data' | 'child';
  readonly path: string;
  readonly since: Zxid;
  readonly known: KnownWatch;
}

export interface WatchingParts {
  /** Of the client. */
  readonly id: number;
  readonly rules: WatchRules;
  /** It leaves its one-shot watches again. */
  readonly rewatches: boolean;
  readonly ask: (request: Request) => void;
}

const MOST_WATCHES = 12;

export class Watching {
  readonly #parts: WatchingParts;
  readonly #watches = new Map<number, KnownWatch>();
  #wishes: Wish[] = [];
  /** Which of them are on the connection, by their numbers. */
  readonly #wishOf = new Map<number, Wish>();
  /** How far the one-shot watches have come, by their numbers. */
  readonly #reached = new Map<number, Zxid>();
  #broken: Broken[] = [];

  constructor(parts: WatchingParts) {
    this.#parts = parts;
  }

  get hasEnough(): boolean {
    return this.#wishes.length >= MOST_WATCHES;
  }

  // --------------------------------------------------------------------------- what it wants

  wants(kind: WatchKind, path: string): boolean {
    return this.#wishes.some((wish) => wish.kind === kind && wish.path === path);
  }

  wish(kind: WatchKind, path: string, since: Zxid | undefined): void {
    const wish: Wish = { kind, path, since };
    this.#wishes.push(wish);
    this.#leave(wish);
  }

  #leave({ kind, path, since }: Wish): void {
    const options = since === undefined ? { kind, path } : { kind, path, since };
    this.#parts.ask({ op: 'watch', options });
  }

  /** On a new connection. */
  leaveAgain(): void {
    for (const wish of this.#wishes) this.#leave(wish);
    for (const since of new Set(this.#broken.map((one) => one.since))) {
      const those = this.#broken.filter((one) => one.since === since);
      const data = those.filter(({ kind }) => kind === 'data').map(({ path }) => path);
      const child = those.filter(({ kind }) => kind === 'child').map(({ path }) => path);
      this.#parts.ask({ op: 'rewatch', request: { since, data, child } });
    }
  }

  /** The connection is lost. */
  lost(): void {
    for (const known of this.#watches.values()) {
      const { number, kind, path, over } = known;
      if (over || (kind !== 'data' && kind !== 'child') || !this.#parts.rewatches) continue;
      const isThere = this.#broken.some((one) => one.kind === kind && one.path === path);
      const since = this.#reached.get(number);
      if (!isThere && since !== undefined) this.#broken.push({ kind, path, since, known });
    }
    this.#reached.clear();
    this.#watches.clear();
    this.#wishOf.clear();
  }

  // ------------------------------------------------------------------------- what it is answered

  /** An answer shows `zxid`: whatever should have come before it has. */
  answered(zxid: Zxid): void {
    for (const watch of this.#watches.values()) {
      this.#parts.rules.answered(watch, zxid);
      const wish = this.#wishOf.get(watch.number);
      if (wish === undefined || !watch.live) continue;
      // Half of them go on from the last event only, however long ago that was.
      if (this.#parts.id % 2 === 0) wish.since = later(wish.since, zxid);
    }
    this.#comeTo(zxid);
  }

  /** Everything through `zxid` has come, whatever watches it is for. */
  #comeTo(zxid: Zxid): void {
    for (const [number, reached] of this.#reached) this.#reached.set(number, later(reached, zxid));
  }

  know(number: number, kind: WatchKind, path: string, zxid: Zxid, live: boolean): void {
    const known = this.#watches.get(number);
    // The same watch again is the one that is there, unless that was used up.
    if (known !== undefined && !known.over) return;
    this.#watches.set(number, this.#parts.rules.left(number, kind, path, zxid, live));
    if (kind === 'data' || kind === 'child') this.#reached.set(number, zxid);
  }

  watching(
    number: number,
    { kind, path, since }: { kind: WatchKind; path: string; since?: Zxid },
    zxid: Zxid,
  ): void {
    this.know(number, kind, path, since ?? zxid, since === undefined);
    const wish = this.#wishes.find((one) => one.kind === kind && one.path === path);
    if (wish === undefined) return;
    wish.since ??= zxid;
    this.#wishOf.set(number, wish);
  }

  /** One-shot watches are there again; what they missed comes before any other answer. */
  rewatching(
    { since, data, child }: RewatchRequest,
    numbers: { readonly data: readonly number[]; readonly child: readonly number[] },
    zxid: Zxid,
  ): void {
    const those = this.#mend({ since, data, child });
    const { id } = this.#parts;
    for (const kind of ['data', 'child'] as const) {
      const paths = kind === 'data' ? data : child;
      if (numbers[kind].length !== paths.length) {
        violated('I21', `client ${id} has each of its ${kind} watches again: ${numbers[kind]}`);
      }
      for (const [at, path] of paths.entries()) {
        const number = numbers[kind][at] ?? 0;
        const known = this.#watches.get(number);
        // It was left anew while this was under way, and nothing has fired it since.
        if (known !== undefined && !known.over) continue;
        const former = those.find((one) => one.kind === kind && one.path === path);
        if (former === undefined) violated('I21', `client ${id} has left ${path} again`);
        this.#watches.set(number, { ...former.known, number });
        this.#reached.set(number, zxid);
      }
    }
  }

  /** What this asked for is broken no more; gives back what it was. */
  #mend({ since, data, child }: RewatchRequest): readonly Broken[] {
    const isOfIt = (one: Broken) =>
      one.since === since && (one.kind === 'data' ? data : child).includes(one.path);
    const those = this.#broken.filter(isOfIt);
    this.#broken = this.#broken.filter((one) => !isOfIt(one));
    return those;
  }

  refused(request: Request, { code }: Refusal): void {
    if (request.op === 'rewatch') {
      // What has happened is not known any more, or there are too many: it would read anew.
      if (code !== 'NotReady') this.#mend(request.request);
      return;
    }
    if (request.op !== 'watch') return;
    const { kind, path } = request.options;
    const wish = this.#wishes.find((one) => one.kind === kind && one.path === path);
    this.#wishes = this.#wishes.filter((one) => one !== wish);
    // What happened meanwhile is not known any more: it looks anew.
    if (code === 'HistoryGone' && wish !== undefined) {
      wish.since = undefined;
      this.#wishes.push(wish);
      this.#leave(wish);
    }
  }

  // ------------------------------------------------------------------------------ what it is told

  told(event: TreeEvent, watches: readonly number[]): void {
    if (watches.length === 0) violated('I21', 'an event names the watches that it answers');
    for (const number of watches) {
      const watch = this.#watches.get(number);
      if (watch === undefined) {
        violated('I21', `client ${this.#parts.id} has left watch ${number}`);
      }
      this.#parts.rules.told(watch, event);
      const wish = this.#wishOf.get(number);
      // All events of a transaction come together, and then it goes on behind it.
      if (wish !== undefined) wish.since = event.zxid;
    }
  }

  caughtUp(number: number): void {
    const watch = this.#watches.get(number);
    if (watch !== undefined) watch.live = true;
  }

  resync(number: number): void {
    this.#watches.delete(number);
    const wish = this.#wishOf.get(number);
    this.#wishOf.delete(number);
    if (wish === undefined) return;
    wish.since = undefined;
    this.#leave(wish);
  }
}

function later(one: Zxid | undefined, other: Zxid): Zxid {
  return one !== undefined && one > other ? one : other;
}
