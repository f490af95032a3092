/**
 * All invariants, and when each is looked at: what a step has touched after that step, everything
 * now and then. The sentences are in invariants/.
 */
import type { Message } from '../../raftlog/messages.ts';
import type { Entry, MemberId, Outgoing, Persist, Ready } from '../../raftlog/types.ts';
import { Bounds } from './invariants/bounds.ts';
import { Commitment, type MemberOf } from './invariants/commitment.ts';
import { Elections } from './invariants/elections.ts';
import { Logs } from './invariants/logs.ts';
import { Membership } from './invariants/membership.ts';
import { Promises } from './invariants/promises.ts';
import { Snapshots } from './invariants/snapshots.ts';
import { Suspicion } from './invariants/suspicion.ts';
import type { Ghost, MemberView, Versions } from './view.ts';

export class Checker {
  readonly ghost: Ghost;
  readonly elections: Elections;
  readonly logs: Logs;
  readonly commitment: Commitment;
  readonly promises: Promises;
  readonly membership: Membership;
  readonly suspicion: Suspicion;
  readonly snapshots: Snapshots;
  readonly bounds: Bounds;
  /** By whom the ensemble may have been made up at some time in the present turn of a member. */
  #inTurn: Versions = [];

  constructor(ghost: Ghost, memberOf: MemberOf) {
    this.ghost = ghost;
    this.elections = new Elections(ghost);
    this.logs = new Logs(ghost);
    this.commitment = new Commitment(ghost, memberOf);
    this.promises = new Promises(ghost);
    this.membership = new Membership(ghost);
    this.suspicion = new Suspicion(ghost);
    this.snapshots = new Snapshots(ghost);
    this.bounds = new Bounds(ghost);
  }

  stepped(member: MemberView): void {
    this.elections.stepped(member);
    this.commitment.stepped(member);
    const { core, seen } = member;
    seen.role = core.role;
    seen.epoch = core.epoch;
    seen.committed = core.committedIndex;
  }

  /** The log of the member takes over what goes to its disk. */
  handedOut(member: MemberView, { persist, messages }: Ready): void {
    const { log, seen, core } = member;
    this.#inTurn = log.versionsFrom(seen.committedAtTurn);
    if (persist !== undefined && persist.entries.length > 0) {
      this.#append(member, persist);
      this.#inTurn = [...this.#inTurn, ...log.versionsFrom(seen.committedAtTurn)];
    }
    seen.committedAtTurn = core.committedIndex;
    this.elections.handedOut(member, persist, this.#inTurn);
    this.membership.handedOut(member);
    this.bounds.handedOut(member, messages);
  }

  #append(member: MemberView, persist: Persist): void {
    const { log } = member;
    this.logs.handingOut(member, persist);
    for (const entry of persist.entries) {
      if (entry.index <= log.lastIndex) log.truncateFrom(entry.index);
      const before = log.last;
      const version = log.version;
      log.append(entry);
      this.logs.appended(member, entry, before);
      this.membership.appended(member, entry, version);
    }
  }

  sent(member: MemberView, outgoing: Outgoing): void {
    const { to, message } = outgoing;
    switch (message.kind) {
      case 'heartbeat':
      case 'heartbeatReply':
        return;
      case 'append':
        this.logs.sent(member, message);
        this.bounds.sent(member, outgoing);
        return;
      default:
        this.#checkWord(member, to, message);
    }
  }

  #checkWord(member: MemberView, to: MemberId, message: Message): void {
    this.elections.sent(member, to, message);
    this.commitment.sent(member, to, message);
    this.membership.sent(member, message, this.#inTurn);
    this.suspicion.sent(member, message);
  }

  applied(member: MemberView, entry: Entry, hash: number): void {
    this.commitment.applied(member, entry, hash);
  }

  sweep(members: readonly MemberView[]): void {
    for (const member of members) {
      this.commitment.sweep(member);
      this.snapshots.check(member, member.disk.tables);
    }
    this.commitment.sweepQuorum();
  }
}
