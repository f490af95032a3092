/** All rules, and what each is told of. The sentences are in invariants/, and in model.ts. */
import type { Entry, MemberId } from '../../../raftlog/types.ts';
import type { Limits } from '../../../server/limits.ts';
import type { ReplicatedState } from '../../../storage/tree/state.ts';
import type { SessionId, Transaction } from '../../../storage/tree/types.ts';
import type { AppendBatch, AppliedMark, Recovered } from '../../../storage/types.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { Chronicle } from './chronicle.ts';
import { BoundsRules } from './invariants/bounds.ts';
import { EndRules } from './invariants/ends.ts';
import { ExpiryRules } from './invariants/expiry.ts';
import { LogRules } from './invariants/log.ts';
import { ReadRules } from './invariants/reads.ts';
import { RepeatRules } from './invariants/repeats.ts';
import { SessionRules } from './invariants/sessions.ts';
import { SpeakerRules } from './invariants/speakers.ts';
import { SuspicionRules } from './invariants/suspicion.ts';
import { WatchRules } from './invariants/watches.ts';
import { WriteRules } from './invariants/writes.ts';
import type { MembersSwarm } from './swarm.ts';

interface WithId {
  readonly id: MemberId;
}

export class Rules {
  readonly chronicle = new Chronicle();
  readonly log: LogRules;
  readonly writes: WriteRules;
  readonly repeats: RepeatRules;
  readonly reads: ReadRules;
  readonly sessions: SessionRules;
  readonly watches: WatchRules;
  readonly ends: EndRules;
  readonly expiry: ExpiryRules;
  readonly speakers = new SpeakerRules();
  readonly bounds = new BoundsRules();
  readonly suspicion: SuspicionRules;
  readonly #scheduler: Scheduler;
  readonly #trace: Trace;

  constructor(swarm: MembersSwarm, scheduler: Scheduler, trace: Trace) {
    this.#scheduler = scheduler;
    this.#trace = trace;
    const { chronicle } = this;
    this.log = new LogRules(chronicle, swarm.members.voters);
    this.writes = new WriteRules(chronicle);
    this.repeats = new RepeatRules(chronicle, swarm, scheduler);
    this.reads = new ReadRules(chronicle);
    this.sessions = new SessionRules(chronicle, swarm.drift);
    this.watches = new WatchRules(chronicle);
    this.ends = new EndRules(chronicle);
    this.expiry = new ExpiryRules(swarm.drift);
    this.suspicion = new SuspicionRules(chronicle);
  }

  applied(
    { id }: WithId,
    entry: Entry,
    transaction: Transaction | undefined,
    state: ReplicatedState,
  ): void {
    const { now } = this.#scheduler;
    this.#trace.mark(id + entry.zxid);
    this.#trace.mark(now);
    this.#trace.later(id, () => `applies ${entry.index} ${entry.zxid.toString(16)}`);
    const first = this.log.applied(id, entry, transaction, state, now);
    if (first === undefined || transaction === undefined) return;
    this.#trace.later(id, () => `is the first: ${JSON.stringify(transaction.changes)}`);
    this.writes.happened(entry.zxid, transaction);
    this.repeats.happened(entry.zxid, transaction, state);
    this.sessions.happened(entry.zxid, transaction);
  }

  loaded({ id }: WithId, state: ReplicatedState): void {
    this.#trace.say(id, `goes on from a snapshot, ${state.lastZxid.toString(16)}`);
    this.log.loaded(id, state);
  }

  recovered({ id }: WithId, recovered: Recovered, state: ReplicatedState): void {
    const { tables, entries } = recovered;
    this.#trace.say(id, `has tables through ${tables.index}, then ${entries.length} entries`);
    this.log.recovered(id, recovered, state);
  }

  appending({ judgedFrom }: { readonly judgedFrom: number }, { entries }: AppendBatch): void {
    const { chronicle } = this;
    for (const { zxid } of entries) {
      if (chronicle.decidedAt.has(zxid)) continue;
      chronicle.decidedAt.set(zxid, this.#scheduler.now);
      chronicle.judgedFrom.set(zxid, judgedFrom);
    }
  }

  durable({ id }: WithId, { entries }: AppendBatch): void {
    this.#trace.mark(id + entries.length);
    this.log.durable(id, entries);
  }

  installed({ id }: WithId, mark: AppliedMark): void {
    this.log.installed(id, mark);
  }

  /** The member knows now of which ensemble it is. */
  founded(id: MemberId, ensemble: string): void {
    this.#trace.later(id, () => `is of the ensemble that was founded ${ensemble}`);
    this.log.founded(id, ensemble);
  }

  /** Whether the member leads, and takes requests. */
  turned({ id }: WithId, leads: boolean, ready: boolean): void {
    this.expiry.turned(id, leads, ready, this.#scheduler.now);
  }

  /** A session shows a sign of life to the member. */
  sign({ id }: WithId, session: SessionId | ''): void {
    this.expiry.sign(id, session, this.#scheduler.now);
  }

  /** Another member has forwarded this to it. */
  heard({ id }: WithId, payload: string): void {
    this.expiry.heard(id, payload, this.#scheduler.now);
  }

  ending({ id }: WithId, session: SessionId, isEnding: boolean): void {
    this.expiry.ending(id, session, isEnding);
  }

  /** The member sleeps, has more to do than it takes, or is to hand over. */
  absent({ id }: WithId): void {
    this.expiry.absent(id, this.#scheduler.now);
  }

  look({ id }: WithId, watches: number, limits: Limits, state: ReplicatedState): void {
    this.expiry.look(id, state, this.#scheduler.now);
    this.bounds.watched(id, watches, limits);
  }
}
