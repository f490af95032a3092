/**
 * I21: a watch is told of every change that it is for and of nothing else, in the order in which
 *      they happened, each once, and before any answer on its connection shows the change or
 *      anything later; a one-shot watch is told once; one that goes on from a zxid is told exactly
 *      what came after it.
 */
import type { LogIndex } from '../../../../raftlog/types.ts';
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import type { TreeEvent, WatchKind } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle, HappenedEvent } from '../chronicle.ts';

/** A watch, as its client knows it. */
export interface KnownWatch {
  readonly number: number;
  readonly kind: WatchKind;
  readonly path: string;
  /** Whether it has been told of everything before, and is told at once of what comes. */
  live: boolean;
  /** The entry that is looked at next, and which of its events. */
  index: LogIndex;
  event: number;
  over: boolean;
}

export class WatchRules {
  readonly #chronicle: Chronicle;
  delivered = 0;

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** A watch that was left when a member showed `zxid`, or that goes on after it. */
  left(number: number, kind: WatchKind, path: string, zxid: Zxid, live: boolean): KnownWatch {
    const index = this.#chronicle.indexOf(zxid);
    if (index === undefined) violated('I6', `a watch is left at ${formatZxid(zxid)}`);
    return { number, kind, path, live, index: index + 1, event: 0, over: false };
  }

  told(watch: KnownWatch, event: TreeEvent): void {
    this.delivered += 1;
    const { number, kind, path } = watch;
    const what = `${event.type} of ${event.path} at ${formatZxid(event.zxid)}`;
    const which = `${kind} watch ${number} of ${path}`;
    if (watch.over) violated('I21', `${which} is over and told of ${what}`);
    const expected = this.#next(watch, event.zxid);
    if (expected === undefined) violated('I21', `${which} is told of ${what} once, in order`);
    const { entry, happened } = expected;
    const isIt =
      entry === event.zxid && happened.type === event.type && happened.path === event.path;
    if (!isIt) {
      const missed = `${happened.type} of ${happened.path} at ${formatZxid(entry)}`;
      violated('I21', `${which} is told of ${what} before ${missed}`);
    }
    if (kind === 'data' || kind === 'child') watch.over = true;
  }

  /** An answer on the connection shows `zxid`. */
  answered(watch: KnownWatch, zxid: Zxid): void {
    if (!watch.live || watch.over) return;
    const missed = this.#next(watch, zxid);
    if (missed === undefined) return;
    const { entry, happened } = missed;
    const { number, kind, path } = watch;
    const what = `${happened.type} of ${happened.path} at ${formatZxid(entry)}`;
    violated('I21', `${kind} watch ${number} of ${path} hears of ${what} before an answer does`);
  }

  /** The next event for the watch through `through`; what is not for it is passed. */
  #next(
    watch: KnownWatch,
    through: Zxid,
  ): { readonly entry: Zxid; readonly happened: HappenedEvent } | undefined {
    for (;;) {
      const { entry, events } = this.#chronicle.at(watch.index) ?? {};
      if (entry === undefined || events === undefined || entry.zxid > through) return undefined;
      while (watch.event < events.length) {
        const happened = events[watch.event];
        watch.event += 1;
        if (happened !== undefined && isFor(watch, happened)) {
          return { entry: entry.zxid, happened };
        }
      }
      watch.index += 1;
      watch.event = 0;
    }
  }
}

function isFor({ kind, path }: KnownWatch, { type, path: where }: HappenedEvent): boolean {
  const isChild = type === 'nodeChildrenChanged';
  switch (kind) {
    case 'data':
      return where === path && !isChild;
    case 'child':
      return where === path && (isChild || type === 'nodeDeleted');
    case 'persistent':
      return where === path;
    case 'persistentRecursive':
      return !isChild && (where === path || where.startsWith(path === '/' ? '/' : `${path}/`));
  }
}
