/** All rules, and what each is told of. The sentences are in invariants/, and in model.ts. */
import type { Entry, MemberId } from '../../../raftlog/types.ts';
import type { ReplicatedState } from '../../../storage/tree/state.ts';
import type { Transaction } from '../../../storage/tree/types.ts';
import type { AppendBatch, AppliedMark, Recovered } from '../../../storage/types.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { Chronicle } from './chronicle.ts';
import { LogRules } from './invariants/log.ts';
import { ReadRules } from './invariants/reads.ts';
import { SessionRules } from './invariants/sessions.ts';
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
  readonly reads: ReadRules;
  readonly sessions: SessionRules;
  readonly watches: WatchRules;
  readonly #scheduler: Scheduler;
  readonly #trace: Trace;

  constructor(swarm: MembersSwarm, scheduler: Scheduler, trace: Trace) {
    this.#scheduler = scheduler;
    this.#trace = trace;
    const { chronicle } = this;
    this.log = new LogRules(chronicle, swarm.members.voters);
    this.writes = new WriteRules(chronicle);
    this.reads = new ReadRules(chronicle);
    this.sessions = new SessionRules(chronicle, swarm.drift);
    this.watches = new WatchRules(chronicle);
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

  appending(_member: WithId, { entries }: AppendBatch): void {
    const { decidedAt } = this.chronicle;
    for (const { zxid } of entries) {
      if (!decidedAt.has(zxid)) decidedAt.set(zxid, this.#scheduler.now);
    }
  }

  durable({ id }: WithId, { entries }: AppendBatch): void {
    this.#trace.mark(id + entries.length);
    this.log.durable(id, entries);
  }

  installed({ id }: WithId, mark: AppliedMark): void {
    this.log.installed(id, mark);
  }
}
