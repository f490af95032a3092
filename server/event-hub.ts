/**
 * Hands events to those who watch. In the trace of an event it comes right after apply and before
 * any answer: `publish` finds the subscribers of each event and gives every subscriber all of its
 * deliveries of one transaction in one call.
 *
 * A watch with `since` is first replayed from the history (memory, then log), and is silent for
 * live events until the replay has caught up with the last one published; both happen in one turn,
 * so nothing falls between them and nothing comes twice.
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry } from '../raftlog/types.ts';
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import { permits } from '../storage/tree/acl.ts';
import { decodeTransaction } from '../storage/tree/codec.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { placeBehind } from '../storage/tree/event-marks.ts';
import { eventsOf } from '../storage/tree/events.ts';
import { maySeeSpokenOf, type ZnodeAt } from '../storage/tree/may-read.ts';
import { spokenOf } from '../storage/tree/quota.ts';
import type { Transaction, TreeEvent, WatchKind } from '../storage/tree/types.ts';
import { WatchTable } from '../storage/tree/watches.ts';
import type { Clock } from './clock.ts';
import type { History } from './history.ts';
import type { Limits } from './limits.ts';
import type { Delivery, Subscriber, WatchAnswer, WatchOptions } from './types.ts';

/** Where the events that have left the memory come from: the log on disk. */
export interface EventArchive {
  /** The zxid of the oldest transaction kept; 0 when nothing was ever trimmed. */
  oldestZxid(): Zxid;
  /**
   * The applied entries after `zxid`, oldest first, one page; undefined when the log does not
   * reach back that far any more.
   */
  page(after: Zxid): Promise<readonly Entry[] | undefined>;
}

/** A replay from memory lets everybody else have a turn after this many entries. */
const REPLAYED_PER_TURN = 256;

/** A watch that asks for more than the bare event, or that is still being replayed. */
interface WatchRecord {
  readonly includeStat: boolean;
  readonly includeData: boolean;
  replaying: boolean;
}

export class EventHub {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #history: History;
  readonly #archive: EventArchive;
  readonly #znodeAt: ZnodeAt;
  readonly #table = new WatchTable<Subscriber>();
  /** Only watches that are not plain. */
  readonly #records = new Map<Subscriber, Map<number, WatchRecord>>();
  #lastZxid: Zxid;

  constructor(
    history: History,
    archive: EventArchive,
    options: { limits: Limits; clock: Clock; lastZxid: Zxid; znodeAt: ZnodeAt },
  ) {
    this.#znodeAt = options.znodeAt;
    this.#history = history;
    this.#archive = archive;
    this.#limits = options.limits;
    this.#clock = options.clock;
    this.#lastZxid = options.lastZxid;
  }

  /** Of the last entry that it was told of. */
  get lastZxid(): Zxid {
    return this.#lastZxid;
  }

  get watchCount(): number {
    return this.#table.count;
  }

  /** See `WatchTable.answering`. */
  answering(path: string, max: number): ReturnType<WatchTable<Subscriber>['answering']> {
    return this.#table.answering(path, max);
  }

  /** See `WatchTable.watchesOf`. */
  watchesOf(
    subscriber: Subscriber,
    max: number,
    isShown?: (path: string) => boolean,
  ): ReturnType<WatchTable<Subscriber>['watchesOf']> {
    return this.#table.watchesOf(subscriber, max, isShown);
  }

  /** Hands out the events of one transaction that has just been applied. */
  publish(entry: Entry, transaction: Transaction): void {
    const { zxid } = entry;
    this.#lastZxid = zxid;
    this.#history.push(entry);
    if (this.#table.count === 0) return;
    const parcels = new Map<Subscriber, Delivery[]>();
    const events = eventsOf(zxid, transaction);
    for (let place = 0; place < events.length; place += 1) this.#collect(events, place, parcels);
    for (const [subscriber, deliveries] of parcels) subscriber.deliver(deliveries, zxid);
  }

  /** An entry without events: whoever goes on from a zxid goes on past it. */
  passed(entry: Entry): void {
    this.#lastZxid = entry.zxid;
    this.#history.push(entry);
  }

  watch(subscriber: Subscriber, options: WatchOptions): WatchAnswer {
    const refusal = this.#limitReached(subscriber) ?? this.#historyGone(options);
    if (refusal !== undefined) return { ok: false, refusal };
    const before = this.#table.countOf(subscriber);
    const watch = this.#table.add(subscriber, options.kind, options.path);
    const { since } = options;
    if (since !== undefined && this.#table.countOf(subscriber) === before) {
      // To begin anew would send again what the watch has had, and hold back what is new.
      const detail = `watch ${watch} is that one already: remove it to leave one that begins earlier`;
      return { ok: false, refusal: { code: 'BadArguments', detail, path: options.path } };
    }
    const isPartial = options.sinceMark !== undefined;
    const replaying = since !== undefined && (since < this.#lastZxid || isPartial);
    const includeStat = options.includeStat === true;
    const includeData = options.includeData === true;
    if (includeStat || includeData || replaying) {
      this.#remember(subscriber, watch, { includeStat, includeData, replaying });
    }
    if (replaying) {
      // After this turn, so that the answer with the watch's number goes out first.
      this.#clock.soon(() => void this.#replay(subscriber, watch, options, since));
    } else if (since !== undefined && subscriber.caughtUp !== undefined) {
      this.#clock.soon(() => subscriber.caughtUp?.(watch));
    }
    return { ok: true, watch };
  }

  unwatch(subscriber: Subscriber, watch: number): readonly number[] {
    if (!this.#table.remove(subscriber, watch)) return [];
    this.#forget(subscriber, [watch]);
    return [watch];
  }

  unwatchPath(subscriber: Subscriber, path: string, kind: WatchKind | 'any'): readonly number[] {
    const removed = this.#table.removePath(subscriber, path, kind);
    this.#forget(subscriber, removed);
    return removed;
  }

  drop(subscriber: Subscriber): void {
    this.#table.removeAll(subscriber);
    this.#records.delete(subscriber);
  }

  /**
   * The state has jumped to `zxid` by a snapshot: what happened in between is not known here, and
   * whoever watches must look anew.
   */
  restart(zxid: Zxid): void {
    this.#lastZxid = zxid;
    this.#history.restart(zxid);
    this.#records.clear();
    for (const [subscriber, watches] of this.#table.clear()) {
      for (const watch of watches) subscriber.resync(watch, zxid);
    }
  }

  #limitReached(subscriber: Subscriber): Refusal | undefined {
    const { watches, watchesPerConnection } = this.#limits;
    if (this.#table.countOf(subscriber) >= watchesPerConnection) {
      return {
        code: 'LimitExceeded',
        limit: { name: 'watchesPerConnection', value: watchesPerConnection },
      };
    }
    if (this.#table.count >= watches) {
      return { code: 'LimitExceeded', limit: { name: 'watches', value: watches } };
    }
    return undefined;
  }

  #historyGone(options: WatchOptions): Refusal | undefined {
    if (options.since === undefined) return undefined;
    assert(
      options.kind === 'persistent' || options.kind === 'persistentRecursive',
      'only a persistent watch goes on from a zxid',
    );
    const oldest = this.#archive.oldestZxid();
    if (options.since >= oldest) return undefined;
    return { code: 'HistoryGone', path: options.path, oldestZxid: formatZxid(oldest) };
  }

  #collect(
    events: readonly TreeEvent[],
    place: number,
    parcels: Map<Subscriber, Delivery[]>,
  ): void {
    const event = events[place];
    assert(event !== undefined, 'a place is one of them');
    const deliver = (subscriber: Subscriber, watches: number[]) => {
      const delivery = this.#delivery(event, events, place, subscriber, watches);
      if (delivery === undefined) return;
      const parcel = parcels.get(subscriber);
      if (parcel === undefined) parcels.set(subscriber, [delivery]);
      else parcel.push(delivery);
    };
    const isForAll = event.acl === undefined && spokenOf(event.path) === undefined;
    if (isForAll) this.#table.trigger(event, deliver);
    else this.#table.trigger(event, deliver, (subscriber) => this.mayKnow(subscriber, event));
  }

  /**
   * Whoever could not read the znode when it happened, being who it is now, is not told; nor of a
   * quota who may not read, by now, what it covers.
   */
  mayKnow({ caller: { identities } }: Subscriber, { acl, path }: TreeEvent): boolean {
    if (acl !== undefined && !permits(acl, 'r', identities)) return false;
    return maySeeSpokenOf(path, identities, this.#znodeAt);
  }

  #delivery(
    event: TreeEvent,
    events: readonly TreeEvent[],
    place: number,
    subscriber: Subscriber,
    triggered: readonly number[],
  ): Delivery | undefined {
    const records = this.#records.get(subscriber);
    if (records === undefined) {
      const includes = { includeStat: false, includeData: false };
      return { event, watches: triggered, ...includes, events, place };
    }
    const watches = triggered.filter((watch) => records.get(watch)?.replaying !== true);
    if (watches.length === 0) return undefined;
    const asks = (pick: 'includeStat' | 'includeData') =>
      watches.some((watch) => records.get(watch)?.[pick] === true);
    return {
      event,
      watches,
      includeStat: asks('includeStat'),
      includeData: asks('includeData'),
      events,
      place,
    };
  }

  #remember(subscriber: Subscriber, watch: number, record: WatchRecord): void {
    let records = this.#records.get(subscriber);
    if (records === undefined) {
      records = new Map();
      this.#records.set(subscriber, records);
    }
    records.set(watch, record);
  }

  #forget(subscriber: Subscriber, watches: readonly number[]): void {
    const records = this.#records.get(subscriber);
    if (records === undefined) return;
    for (const watch of watches) records.delete(watch);
    if (records.size === 0) this.#records.delete(subscriber);
  }

  /** Delivers everything after `since`, from the log as far as memory does not reach back. */
  async #replay(
    subscriber: Subscriber,
    watch: number,
    options: WatchOptions,
    since: Zxid,
  ): Promise<void> {
    const record = this.#records.get(subscriber)?.get(watch);
    // The connection, or just this watch, may have gone before its turn came.
    if (record === undefined) return;
    let position = since;
    // A cut within a transaction: that one transaction is replayed from where the cut was.
    if (options.sinceMark !== undefined) position = (since - 1) as Zxid;
    const alive = () => this.#records.get(subscriber)?.get(watch) === record;
    while (position < this.#lastZxid) {
      const past = await this.pastAfter(position);
      // The connection, or just this watch, may have gone in the meantime.
      if (!alive()) return;
      if (past === undefined || past.length === 0) {
        this.unwatch(subscriber, watch);
        subscriber.resync(watch, this.#archive.oldestZxid());
        return;
      }
      for (const entry of past) {
        // A subscriber that reads slowly holds up its replay, and nothing else.
        const room = subscriber.room?.();
        if (room !== undefined) {
          await room;
          if (!alive()) return;
        }
        this.#deliverPast(subscriber, watch, record, options, entry);
        position = entry.zxid;
      }
    }
    // In the turn in which the last one published was replayed: nothing has come in between.
    record.replaying = false;
    subscriber.caughtUp?.(watch);
  }

  /** The zxid of the oldest transaction that a replay can begin behind. */
  oldestZxid(): Zxid {
    return this.#archive.oldestZxid();
  }

  /** The next entries of a replay: from memory, or a page of the log; undefined when gone. */
  async pastAfter(position: Zxid): Promise<readonly Entry[] | undefined> {
    if (position >= this.#history.coversAfter) {
      await new Promise<void>((resolve) => this.#clock.soon(resolve));
      // The wait may have let the history move on past this position.
      if (position >= this.#history.coversAfter) {
        return this.#history.after(position, REPLAYED_PER_TURN);
      }
    }
    // A log that cannot be read (the member stops, or its disk failed) is as good as gone.
    return await this.#archive.page(position).catch(() => undefined);
  }

  #deliverPast(
    subscriber: Subscriber,
    watch: number,
    record: WatchRecord,
    options: WatchOptions,
    past: Entry,
  ): void {
    if (past.type !== 'transaction') return;
    const { includeStat, includeData } = record;
    const { since, sinceMark } = options;
    const deliveries: Delivery[] = [];
    const events = eventsOf(past.zxid, decodeTransaction(past.payload));
    const isCut = sinceMark !== undefined && past.zxid === since;
    for (
      let place = isCut ? placeBehind(events, sinceMark) : 0;
      place < events.length;
      place += 1
    ) {
      const event = events[place];
      if (event === undefined || !concerns(options, event)) continue;
      if (!this.mayKnow(subscriber, event)) continue;
      deliveries.push({ event, watches: [watch], includeStat, includeData, events, place });
    }
    if (deliveries.length > 0) subscriber.deliver(deliveries, past.zxid);
  }
}

/** Whether a persistent watch answers an event (the persistent columns of the trigger table). */
function concerns(options: WatchOptions, event: TreeEvent): boolean {
  if (event.path === options.path) {
    return options.kind === 'persistent' || event.type !== 'nodeChildrenChanged';
  }
  if (options.kind !== 'persistentRecursive' || event.type === 'nodeChildrenChanged') return false;
  return options.path === '/' || event.path.startsWith(`${options.path}/`);
}
