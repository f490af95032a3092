/**
 * Fetching a snapshot from a leader, as a member must do it: only for as long as the core follows
 * that leader in that epoch, and putting it in force while nothing else comes in: log and tables
 * are replaced in one piece, so the core must not go on meanwhile with a log that is about to go.
 */
import type { MemberId } from '../../raftlog/types.ts';
import type { Snapshot } from './chained-log.ts';
import type { Member, World } from './member.ts';
import { violated } from './violation.ts';

/** The leader keeps its log behind the snapshot for so long, ms. */
const PINNED_MS = 3000;
const RETRY_MS = 40;
/** The most that waits while a snapshot is put in force; more than that is lost on the way. */
const HELD = 64;

export class SnapshotFetch {
  readonly #member: Member;
  readonly #world: World;
  /** Grows with each fetch: what belongs to a former one is dropped. */
  #attempt = 0;
  #installing = false;
  #held: (() => void)[] = [];

  constructor(member: Member, world: World) {
    this.#member = member;
    this.#world = world;
  }

  begin(from: MemberId): void {
    this.#attempt += 1;
    this.#request(from, this.#member.core.epoch, this.#attempt);
  }

  /** Whether `action` has to wait, for a snapshot is being put in force. */
  holds(action: () => void): boolean {
    if (!this.#installing) return false;
    if (this.#held.length < HELD) this.#held.push(action);
    return true;
  }

  mayNotAppend(): void {
    if (this.#installing) violated('host', 'nothing is appended while a snapshot is put in force');
  }

  #wanted(from: MemberId, epoch: number, attempt: number): boolean {
    const { core } = this.#member;
    return attempt === this.#attempt && core.leader === from && core.epoch === epoch;
  }

  #request(from: MemberId, epoch: number, attempt: number): void {
    const { network, trace } = this.#world;
    const member = this.#member;
    if (!this.#wanted(from, epoch, attempt)) return;
    member.after(member.disk.latency(), () => {
      const leader = this.#world.member(from);
      const reachable = leader?.running && !network.link(member.id, from).cut;
      if (!reachable || leader === undefined) {
        member.after(RETRY_MS, () => this.#request(from, epoch, attempt));
        return;
      }
      const { process } = leader;
      const asking = member.process;
      leader.awake(() => {
        // Who has asked is dead by now; what runs in its place asks for itself.
        if (member.process !== asking) return;
        const snapshot = this.#open(leader);
        member.after(this.#transferTime(), () => {
          const broken = leader.process !== process || network.link(from, member.id).cut;
          if (broken) this.#broken(from, epoch, attempt);
          else this.#finish(snapshot, from, epoch, attempt);
        });
      });
      // A leader that sleeps, or dies before it answers, is asked again.
      member.after(PINNED_MS, () => this.#request(from, epoch, attempt));
      trace.say(member.id, `asks ${from} for a snapshot`);
    });
  }

  /** Tries again, or says that nothing came: the leader will ask again then. */
  #broken(from: MemberId, epoch: number, attempt: number): void {
    if (!this.#wanted(from, epoch, attempt)) return;
    if (epoch % 2 === 0) {
      this.#request(from, epoch, attempt);
      return;
    }
    this.#attempt += 1;
    this.#member.step({ kind: 'notRestored', position: undefined });
  }

  #open(leader: Member): Snapshot {
    leader.disk.fold(leader.applied);
    const snapshot = leader.disk.tables;
    leader.disk.pin(snapshot.position.index + 1, PINNED_MS);
    return snapshot;
  }

  #transferTime(): number {
    return this.#member.disk.latency() * 3;
  }

  #finish(snapshot: Snapshot, from: MemberId, epoch: number, attempt: number): void {
    const member = this.#member;
    if (this.#installing || !this.#wanted(from, epoch, attempt)) return;
    member.pump();
    if (!this.#wanted(from, epoch, attempt)) return;
    if (!member.core.wantsSnapshot(snapshot.position)) {
      this.#attempt += 1;
      member.step({ kind: 'notRestored', position: snapshot.position });
      return;
    }
    this.#installing = true;
    this.#install(snapshot);
  }

  /** Behind everything that the disk was asked for before. */
  #install(snapshot: Snapshot): void {
    const member = this.#member;
    if (!member.disk.idle) {
      member.after(1, () => this.#install(snapshot));
      return;
    }
    member.after(member.disk.latency(), () => {
      const { checker, trace } = this.#world;
      checker.snapshots.check(member, snapshot);
      trace.say(member.id, `has a snapshot through ${snapshot.position.index}`);
      this.#attempt += 1;
      checker.snapshots.replacing(member, snapshot);
      member.disk.install(snapshot);
      this.#installing = false;
      member.restored(snapshot);
      const held = this.#held;
      this.#held = [];
      for (const action of held) action();
    });
  }
}
