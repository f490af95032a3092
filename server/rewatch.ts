/**
 * One-shot watches of a connection that was lost, left again by the next one: each that should have
 * fired after the zxid that the client had come to fires now, with the first event that it missed;
 * the others are armed. ZooKeeper compares stats for that and overlooks a znode that came and went;
 * here the history is read, so what a client hears is what it would have heard without the break.
 */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import { decodeTransaction } from '../storage/tree/codec.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { eventsOf } from '../storage/tree/events.ts';
import { mayRead } from '../storage/tree/may-read.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { TreeEvent } from '../storage/tree/types.ts';
import type { EventHub } from './event-hub.ts';
import type { Delivery, RewatchAnswer, RewatchRequest, Subscriber } from './types.ts';

type OneShot = 'data' | 'child';

/** An event, and its place among those that were looked through. */
interface Missed {
  readonly event: TreeEvent;
  readonly order: number;
}

interface Wanted {
  readonly kind: OneShot;
  readonly path: string;
  /** What it should have fired with, once that is found. */
  missed: Missed | undefined;
}

export class Rewatch {
  readonly #state: ReplicatedState;
  readonly #hub: EventHub;

  constructor(state: ReplicatedState, hub: EventHub) {
    this.#state = state;
    this.#hub = hub;
  }

  /**
   * Everything through `request.since` is applied here. `done` is called once, before the events
   * that were missed are delivered and before anything newer is; `isWanted` says whether the
   * subscriber is still there.
   */
  async run(
    subscriber: Subscriber,
    request: RewatchRequest,
    isWanted: () => boolean,
    done: (answer: RewatchAnswer) => void,
  ): Promise<void> {
    const { since } = request;
    const wanted = [...wantedOf('data', request.data), ...wantedOf('child', request.child)];
    if (wanted.some((each) => this.#mayHaveFired(subscriber, each, since))) {
      const isKnown = await this.#findMissed(subscriber, wanted, since, isWanted);
      if (!isWanted()) return;
      if (!isKnown) {
        done({ ok: false, refusal: this.#historyGone() });
        return;
      }
    }
    this.#settle(subscriber, wanted, since, done);
  }

  #historyGone(): Refusal {
    return { code: 'HistoryGone', oldestZxid: formatZxid(this.#hub.oldestZxid()) };
  }

  /** False only when the stat proves that nothing has happened: no history is read for that. */
  #mayHaveFired({ caller }: Subscriber, { kind, path }: Wanted, since: Zxid): boolean {
    const { tree, znodeAt, lastZxid } = this.#state;
    const znode = tree.get(path);
    // It may have been there in between, and gone before that, or after. And of one that the caller
    // may not read the stat decides nothing: whether there is a history for it would tell the stat.
    const isShown = znode && mayRead(path, znode.acl, caller.identities, znodeAt);
    if (znode === undefined || isShown !== true) return since < lastZxid;
    const { stat } = znode;
    return stat.czxid > since || (kind === 'data' ? stat.mzxid : stat.pzxid) > since;
  }

  /** Reads the history; whether it reaches back. In its last turn nothing newer is there. */
  async #findMissed(
    subscriber: Subscriber,
    wanted: readonly Wanted[],
    since: Zxid,
    isWanted: () => boolean,
  ): Promise<boolean> {
    if (since < this.#hub.oldestZxid()) return false;
    const open = byPath(wanted);
    let position = since;
    let order = 0;
    while (position < this.#state.lastZxid && open.size > 0) {
      const past = await this.#hub.pastAfter(position);
      if (!isWanted()) return true;
      if (past === undefined || past.length === 0) return false;
      for (const { zxid, type, payload } of past) {
        position = zxid;
        if (type !== 'transaction') continue;
        for (const event of eventsOf(zxid, decodeTransaction(payload))) {
          order += 1;
          if (this.#hub.mayKnow(subscriber, event)) offer({ event, order }, open);
        }
      }
    }
    return true;
  }

  /** Arms what has not fired, and lets the rest fire, in the order in which it happened. */
  #settle(
    subscriber: Subscriber,
    wanted: readonly Wanted[],
    since: Zxid,
    done: (answer: RewatchAnswer) => void,
  ): void {
    const numbers: Record<OneShot, number[]> = { data: [], child: [] };
    const missed = new Map<Missed, number[]>();
    const armed: number[] = [];
    for (const { kind, path, missed: former } of wanted) {
      const answer = this.#hub.watch(subscriber, { kind, path });
      if (!answer.ok) {
        for (const watch of armed) this.#hub.unwatch(subscriber, watch);
        done(answer);
        return;
      }
      const { watch } = answer;
      numbers[kind].push(watch);
      if (former === undefined) {
        armed.push(watch);
        continue;
      }
      this.#hub.unwatch(subscriber, watch);
      const watches = missed.get(former);
      if (watches === undefined) missed.set(former, [watch]);
      else watches.push(watch);
    }
    // What was missed is still to come: who loses this connection too goes on from before it.
    const zxid = missed.size === 0 ? this.#state.lastZxid : since;
    done({ ok: true, zxid, ...numbers });
    deliverMissed(subscriber, missed);
  }
}

/** In the order in which it happened; what is of one transaction together. */
function deliverMissed(subscriber: Subscriber, missed: ReadonlyMap<Missed, number[]>): void {
  const parcels = new Map<Zxid, Delivery[]>();
  const inOrder = [...missed].sort(([a], [b]) => a.order - b.order);
  for (const [{ event }, watches] of inOrder) {
    const includes = { includeStat: false, includeData: false };
    const delivery = { event, watches, ...includes, events: [event], place: 0 };
    const parcel = parcels.get(event.zxid);
    if (parcel === undefined) parcels.set(event.zxid, [delivery]);
    else parcel.push(delivery);
  }
  for (const [zxid, parcel] of parcels) subscriber.deliver(parcel, zxid);
}

function wantedOf(kind: OneShot, paths: readonly string[]): Wanted[] {
  return paths.map((path) => ({ kind, path, missed: undefined }));
}

function byPath(wanted: readonly Wanted[]): Map<string, Wanted[]> {
  const paths = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const onPath = paths.get(each.path);
    if (onPath === undefined) paths.set(each.path, [each]);
    else onPath.push(each);
  }
  return paths;
}

/** Gives the event to those that it answers, each its first. */
function offer(missed: Missed, open: Map<string, Wanted[]>): void {
  const { event } = missed;
  const onPath = open.get(event.path);
  if (onPath === undefined) return;
  const left = onPath.filter((each) => {
    if (!fires(each.kind, event)) return true;
    each.missed = missed;
    return false;
  });
  if (left.length === 0) open.delete(event.path);
  else open.set(event.path, left);
}

/** The one-shot columns of the trigger table. */
function fires(kind: OneShot, { type }: TreeEvent): boolean {
  if (type === 'nodeDeleted') return true;
  return (type === 'nodeChildrenChanged') === (kind === 'child');
}
