/**
 * A few members, a network and disks that do nothing unless a story says so: what was sent waits
 * on its channel, what goes to a disk waits there. Everything that a member does is told in a line.
 */
import { decodeMembers } from '../../raftlog/membership.ts';
import type { Message } from '../../raftlog/messages.ts';
import { RaftLog } from '../../raftlog/raftlog.ts';
import type {
  Entry,
  HardState,
  Input,
  LogIndex,
  LogRead,
  MemberId,
  Members,
  Persist,
  RaftLogOptions,
  Ready,
} from '../../raftlog/types.ts';
import { ChainedLog, NOTHING, type Snapshot } from '../sim/chained-log.ts';
import { messageText, persistText, shortZxid } from '../sim/trace.ts';

/** Nobody has more patience. */
const MOST_TICKS = 100;

export interface StageOptions {
  readonly members: Members;
  readonly core: Partial<RaftLogOptions>;
}

interface Actor {
  readonly id: MemberId;
  core: RaftLog;
  running: boolean;
  hardState: HardState;
  disk: ChainedLog;
  /** The oldest entry that the disk still has. */
  firstIndex: LogIndex;
  tables: Snapshot;
  waiting: Persist[];
  applied: Snapshot;
  wantsSnapshotFrom: MemberId;
  told: string;
}

export class Stage {
  readonly #options: StageOptions;
  readonly #actors = new Map<MemberId, Actor>();
  /** What is on its way, by `from>to`, in order. */
  readonly #channels = new Map<string, Message[]>();
  readonly #cut = new Set<string>();
  #lines: string[] = [];

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** What happened since this was asked last. */
  takeLines(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  get ids(): MemberId[] {
    return [...this.#actors.keys()].sort((a, b) => a - b);
  }

  // ------------------------------------------------------------------------- life of a process

  add(id: MemberId, hardState: HardState, entries: readonly Entry[]): void {
    const disk = new ChainedLog();
    for (const entry of entries) disk.append(entry);
    const actor: Actor = {
      ...{ id, hardState, disk, core: this.#newCore(id), running: false, firstIndex: 1 },
      ...{ tables: NOTHING, waiting: [], applied: NOTHING, wantsSnapshotFrom: 0, told: '' },
    };
    this.#actors.set(id, actor);
    this.start(id);
  }

  #newCore(id: MemberId): RaftLog {
    const { members, core } = this.#options;
    return new RaftLog({ id, members, random: () => 0, ...core });
  }

  start(id: MemberId): void {
    const actor = this.#actor(id);
    actor.core = this.#newCore(id);
    actor.running = true;
    actor.told = '';
    actor.applied = actor.tables;
    const { hardState, disk, tables } = actor;
    const entries = disk.slice(tables.position.index + 1, disk.lastIndex);
    const start = { kind: 'start', hardState, appliedThrough: tables.position, entries } as const;
    const members = tables.version?.members;
    this.#step(actor, members === undefined ? start : { ...start, members });
  }

  /** What its disk had not done is lost, and what was on its way from it and to it. */
  crash(id: MemberId): void {
    const actor = this.#actor(id);
    actor.running = false;
    actor.waiting = [];
    actor.wantsSnapshotFrom = 0;
    for (const other of this.ids) {
      this.#channels.delete(`${id}>${other}`);
      this.#channels.delete(`${other}>${id}`);
    }
  }

  loseDisk(id: MemberId): void {
    const actor = this.#actor(id);
    this.crash(id);
    actor.hardState = { epoch: 0, votedFor: 0 };
    actor.disk = new ChainedLog();
    actor.tables = NOTHING;
    actor.firstIndex = 1;
  }

  // ---------------------------------------------------------------------------- what a story does

  input(id: MemberId, input: Input): void {
    this.#step(this.#actor(id), input);
  }

  /** Delivers what is on its way from one to the other now; `count` of it, all when undefined. */
  deliver(from: MemberId, to: MemberId, count?: number): void {
    const channel = this.#channels.get(`${from}>${to}`);
    const messages = channel?.splice(0, count ?? channel.length) ?? [];
    const actor = this.#actor(to);
    for (const message of messages) {
      if (actor.running) this.#step(actor, { kind: 'message', from, message });
    }
  }

  drop(from: MemberId, to: MemberId): void {
    for (const message of this.#channels.get(`${from}>${to}`)?.splice(0) ?? []) {
      this.#lines.push(`lost ${from}>${to}: ${messageText(message)}`);
    }
  }

  cut(one: MemberId, other: MemberId): void {
    for (const link of [`${one}>${other}`, `${other}>${one}`]) {
      this.#cut.add(link);
      this.#channels.delete(link);
    }
  }

  heal(): void {
    this.#cut.clear();
  }

  /** The disk is done with all that it was asked for. */
  persist(id: MemberId): void {
    const actor = this.#actor(id);
    for (const persist of actor.waiting.splice(0)) {
      actor.hardState = persist.hardState ?? actor.hardState;
      for (const entry of persist.entries) actor.disk.append(entry);
      this.#step(actor, { kind: 'persisted', ticket: persist.ticket });
    }
  }

  /** The tables become what is applied; only `keep` entries before that stay in the log. */
  fold(id: MemberId, keep: number): void {
    const actor = this.#actor(id);
    actor.tables = actor.applied;
    actor.firstIndex = Math.max(actor.firstIndex, actor.tables.position.index - keep + 1);
    this.#lines.push(
      `${id}: tables through ${positionText(actor.tables)}, log from ${actor.firstIndex}`,
    );
  }

  /** The snapshot that a member asked for arrives and is put in force, if it is still wanted. */
  snapshot(id: MemberId): void {
    const actor = this.#actor(id);
    const snapshot = this.#actor(actor.wantsSnapshotFrom).tables;
    const { position } = snapshot;
    actor.wantsSnapshotFrom = 0;
    if (!actor.core.wantsSnapshot(position)) {
      this.#lines.push(`${id}: wants no snapshot through ${positionText(snapshot)}`);
      this.#step(actor, { kind: 'notRestored', position });
      return;
    }
    this.#lines.push(`${id}: snapshot through ${positionText(snapshot)}`);
    actor.tables = snapshot;
    actor.applied = snapshot;
    actor.disk.restore(snapshot);
    actor.firstIndex = position.index + 1;
    const members = snapshot.version?.members ?? this.#options.members;
    this.#step(actor, { kind: 'restored', position, members });
  }

  /** Messages and disks, over and over, until nothing is left to do. */
  settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const from of this.ids) {
        for (const to of this.ids) {
          const waits = (this.#channels.get(`${from}>${to}`)?.length ?? 0) > 0;
          if (waits) this.deliver(from, to);
          busy ||= waits;
        }
      }
      for (const id of this.ids) {
        const waits = this.#actor(id).waiting.length > 0;
        if (waits) this.persist(id);
        busy ||= waits;
      }
    }
  }

  /** Time passes for all who run, and after each tick everything that follows from it. */
  pass(ticks: number): void {
    for (let left = ticks; left > 0; left -= 1) {
      for (const id of this.ids) if (this.#actor(id).running) this.input(id, { kind: 'tick' });
      this.settle();
    }
  }

  changeMembers(id: MemberId, members: Members): void {
    const refusal = this.#actor(id).core.membersRefusal(members);
    if (refusal === undefined) this.input(id, { kind: 'changeMembers', members });
    else this.#lines.push(`${id}: refuses that: ${refusal}`);
  }

  /** Lets a member be elected: time passes for it only, and only what concerns it arrives. */
  elect(id: MemberId): void {
    this.#channels.clear();
    const { core } = this.#actor(id);
    const leads = () => core.role === 'leading';
    for (let ticks = 0; !leads(); ticks += 1) {
      if (ticks > MOST_TICKS) throw new Error(`${id} is not elected`);
      this.input(id, { kind: 'tick' });
      for (const other of this.ids) this.deliver(id, other);
      for (const other of this.ids) if (other !== id) this.persist(other);
      for (const other of this.ids) this.deliver(other, id);
      // Its own disk last: until then it stands.
      if (!leads()) this.persist(id);
    }
  }

  status(): void {
    for (const { id, running, core, hardState } of this.ids.map((one) => this.#actor(one))) {
      const { role, epoch, leader, committedIndex, lastIndex, suspect } = core;
      const led = leader === 0 || leader === id ? '' : ` ${leader}`;
      const doubt = suspect ? ', suspect' : '';
      const state = `${role}${led} in epoch ${epoch}${doubt}, committed ${committedIndex} of ${lastIndex}`;
      const down = `down, epoch ${hardState.epoch} and vote ${hardState.votedFor} on disk`;
      this.#lines.push(`${id}: ${running ? state : down}`);
    }
  }

  log(id: MemberId): void {
    const { disk, firstIndex } = this.#actor(id);
    const entries = disk.slice(firstIndex, disk.lastIndex).map(({ zxid }) => shortZxid(zxid));
    this.#lines.push(`${id}: on disk ${entries.join(' ') || 'nothing'}`);
  }

  // ------------------------------------------------------------------------------ what comes of it

  #actor(id: MemberId): Actor {
    const actor = this.#actors.get(id);
    if (actor === undefined) throw new Error(`there is no member ${id}`);
    return actor;
  }

  #step(actor: Actor, input: Input): void {
    actor.core.step(input);
    this.#work(actor, actor.core.ready());
    const { role, epoch, leader } = actor.core;
    const now = leader === actor.id || leader === 0 ? role : `${role} ${leader}`;
    const turn = `${actor.id}: ${now} in epoch ${epoch}`;
    if (turn !== actor.told) this.#lines.push(turn);
    actor.told = turn;
  }

  #work(actor: Actor, ready: Ready): void {
    const { id } = actor;
    if (ready.persist !== undefined) {
      actor.waiting.push(ready.persist);
      this.#lines.push(`${id}: to disk ${persistText(ready.persist)}`);
    }
    for (const { to, message } of ready.messages) this.#send(id, to, message);
    for (const entry of ready.committed) this.#apply(actor, entry);
    for (const read of ready.reads) this.#lines.push(`${id}: read ${read.id} sees ${read.index}`);
    for (const read of ready.lostReads) this.#lines.push(`${id}: read ${read} is lost`);
    if (ready.snapshotFrom !== undefined) {
      actor.wantsSnapshotFrom = ready.snapshotFrom;
      this.#lines.push(`${id}: asks ${ready.snapshotFrom} for a snapshot`);
    }
    for (const logRead of ready.logReads) this.#readLog(actor, logRead);
  }

  #send(from: MemberId, to: MemberId, message: Message): void {
    const link = `${from}>${to}`;
    const lost = this.#cut.has(link) || this.#actors.get(to)?.running !== true;
    this.#lines.push(`${link} ${messageText(message)}${lost ? ' (lost)' : ''}`);
    if (lost) return;
    const channel = this.#channels.get(link);
    if (channel === undefined) this.#channels.set(link, [message]);
    else channel.push(message);
  }

  #apply(actor: Actor, entry: Entry): void {
    const { index, epoch, zxid, type, payload } = entry;
    const version =
      type === 'members' ? { index, members: decodeMembers(payload) } : actor.applied.version;
    actor.applied = { position: { index, epoch, zxid }, hash: 0, version };
    this.#lines.push(`${actor.id}: applies ${index}@${shortZxid(zxid)} ${payload || type}`);
  }

  #readLog(actor: Actor, { to, from }: LogRead): void {
    const { disk, firstIndex, id } = actor;
    const previous = disk.positionAt(from - 1);
    const entries = disk.slice(from, disk.lastIndex);
    const gone = from < firstIndex || previous === undefined;
    this.#lines.push(`${id}: reads its log from ${from} for ${to}${gone ? ', which is gone' : ''}`);
    this.#step(actor, {
      ...{ kind: 'logRead', to, from },
      read: gone ? undefined : { previous, entries },
    });
  }
}

function positionText({ position }: Snapshot): string {
  return `${position.index}@${shortZxid(position.zxid)}`;
}
