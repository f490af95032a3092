/**
 * What has happened: every entry that anybody has applied, once, and what the tree is after each by
 * a model that knows nothing of how the product does it.
 */
import type { Entry, LogIndex } from '../../../raftlog/types.ts';
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { EventType, Transaction } from '../../../storage/tree/types.ts';
import { above, Model } from './model.ts';

export interface HappenedEvent {
  readonly type: EventType;
  readonly path: string;
}

export interface Happened {
  readonly entry: Entry;
  /** Undefined for what changes nothing of the tree. */
  readonly transaction: Transaction | undefined;
  /** Of the state after it. */
  readonly digest: string;
  readonly events: readonly HappenedEvent[];
  /** Virtual time at which somebody had applied it for the first time. */
  readonly at: number;
}

export class Chronicle {
  readonly model = new Model();
  /** Entry `index` at `index - 1`. */
  readonly all: Happened[] = [];
  readonly #indexOf = new Map<Zxid, LogIndex>();
  /** When a leader had first decided on it, by zxid. */
  readonly decidedAt = new Map<Zxid, number>();
  /** The earliest that it can have judged it. */
  readonly judgedFrom = new Map<Zxid, number>();

  get lastIndex(): LogIndex {
    return this.all.length;
  }

  get lastZxid(): Zxid {
    return this.all.at(-1)?.entry.zxid ?? (0 as Zxid);
  }

  at(index: LogIndex): Happened | undefined {
    return this.all[index - 1];
  }

  indexOf(zxid: Zxid): LogIndex | undefined {
    return zxid === 0 ? 0 : this.#indexOf.get(zxid);
  }

  of(zxid: Zxid): Happened | undefined {
    return this.at(this.#indexOf.get(zxid) ?? 0);
  }

  add(entry: Entry, transaction: Transaction | undefined, digest: string, at: number): Happened {
    const events = transaction === undefined ? [] : eventsIn(transaction);
    const happened = { entry, transaction, digest, events, at };
    this.all.push(happened);
    this.#indexOf.set(entry.zxid, entry.index);
    if (transaction !== undefined) this.model.apply(entry.zxid, transaction);
    return happened;
  }
}

function eventsIn({ changes }: Transaction): HappenedEvent[] {
  const events: HappenedEvent[] = [];
  for (const change of changes) {
    if (change.op === 'set') events.push({ type: 'nodeDataChanged', path: change.path });
    if (change.op !== 'create' && change.op !== 'delete') continue;
    const { path } = change;
    events.push({ type: change.op === 'create' ? 'nodeCreated' : 'nodeDeleted', path });
    events.push({ type: 'nodeChildrenChanged', path: above(path) });
  }
  return events;
}
