/**
 * Sees to it that the requests of this member's clients are judged: here when this member leads, by
 * the leader when it is another one, and later when there is none. In the order in which they were
 * taken, whoever leads meanwhile: what no leader has taken goes to the next one, what one may have
 * taken is never sent again.
 */
import { assert } from '../raftlog/assert.ts';
import type { MemberId } from '../raftlog/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { Clock } from './clock.ts';
import type { Confirmations } from './confirmations.ts';
import { Fifo } from './fifo.ts';
import {
  encodeRequests,
  type ForwardedRequest,
  type ForwardedVerdict,
  type ForwardReply,
  isTooLong,
  LANE_BATCH_BYTES,
} from './lane-messages.ts';
import { isInLog, type Primary } from './primary.ts';
import type { Replica } from './replica.ts';
import { type Judge, PendingSync, type PendingWrite } from './requests.ts';

type Request = PendingWrite | PendingSync;

/** The lane to the leader, as the transport has it. False: nothing was sent. */
export type Forward = (to: MemberId, payload: string) => boolean;

/** What comes back on requests. */
export type JudgementReply = Extract<
  ForwardReply,
  { kind: 'verdicts' | 'refused' | 'confirmed' | 'unconfirmed' | 'upheld' | 'overruled' }
>;

/** After a refusal the same leader is not asked for so long, ms. */
const REFUSED_MS = 20;

/** What a leader of the past was sent it may still have an answer to: that is waited for, ms. */
const PAST_LEADER_MS = 200;

/** Requests in one batch, at most: what a leader judges in one go. */
const BATCH_REQUESTS = 512;

const TOO_LARGE: Refusal = {
  code: 'TooLarge',
  detail: 'the request is too large to be sent to the leader: with escapes it has more than 24 MiB',
};

export class Forwarder implements Judge {
  /** Requests that a leader was sent. */
  forwarded = 0;
  readonly #replica: Pick<Replica, 'epoch' | 'leader' | 'ready' | 'role'>;
  readonly #primary: Pick<Primary, 'judge'>;
  readonly #confirmations: Pick<Confirmations, 'ask' | 'needed'>;
  readonly #clock: Clock;
  readonly #forward: Forward;
  readonly #settled: () => void;
  /** Not judged, and with nobody who could. */
  readonly #waiting = new Fifo<Request>();
  /** With the leader that was known when they were sent, in order. */
  readonly #sent = new Fifo<Request>();
  #sentTo: MemberId = 0;
  /** Syncs that the leader has taken and not confirmed, by their ids. */
  readonly #confirming = new Map<number, PendingSync>();
  /** Writes that the leader said change nothing, until a quorum has confirmed that it leads. */
  readonly #undecided = new Map<number, readonly PendingWrite[]>();
  #generation = 0;
  #flushPlanned = false;

  constructor(parts: {
    replica: Pick<Replica, 'epoch' | 'leader' | 'ready' | 'role'>;
    primary: Pick<Primary, 'judge'>;
    confirmations: Pick<Confirmations, 'ask' | 'needed'>;
    clock: Clock;
    forward: Forward;
    /** Verdicts have come: what rests on nothing more may be answered. */
    settled: () => void;
  }) {
    this.#replica = parts.replica;
    this.#primary = parts.primary;
    this.#confirmations = parts.confirmations;
    this.#clock = parts.clock;
    this.#forward = parts.forward;
    this.#settled = parts.settled;
  }

  judge(request: Request): void {
    if (this.#replica.ready && this.#waiting.length === 0 && !this.#isOwed) {
      this.#judgeHere(request);
      return;
    }
    this.#waiting.push(request);
    this.#planFlush();
  }

  /** Another leader, another epoch, or this member may judge now. */
  turned(): void {
    const former = this.#sentTo;
    if (this.#isOwed && this.#isFormer(former)) {
      const generation = this.#generation;
      this.#clock.after(PAST_LEADER_MS, () => {
        // It may be paused, with its streams open, and nobody else would take what comes meanwhile.
        if (generation === this.#generation && this.#isFormer(former)) this.lost(former);
      });
    }
    this.#planFlush();
  }

  /** Whether somebody else is known to lead now. */
  #isFormer(member: MemberId): boolean {
    const { leader } = this.#replica;
    return leader !== 0 && leader !== member;
  }

  /** Whether something that was sent is not answered. */
  get #isOwed(): boolean {
    return this.#sent.length + this.#confirming.size + this.#undecided.size > 0;
  }

  connected(): void {
    this.#planFlush();
  }

  /** The stream to a member is gone, and with it whatever was under way on it. */
  lost(member: MemberId): void {
    if (member !== this.#sentTo) return;
    const again: Request[] = [];
    for (const request of [...this.#confirming.values(), ...this.#sent]) {
      if (request.lost()) again.push(request);
    }
    this.#takeBack(again);
    this.#settled();
    this.#planFlush();
  }

  replied(from: MemberId, reply: JudgementReply): void {
    if (from !== this.#sentTo) return;
    switch (reply.kind) {
      case 'verdicts':
        // Later than it was waited for: what it is about was taken for lost.
        if (reply.generation !== this.#generation) return;
        this.#settleAll(reply.verdicts, reply.decision);
        break;
      case 'upheld':
      case 'overruled':
        if (reply.generation === this.#generation) this.#decide(reply.decision, reply.kind);
        break;
      case 'refused':
        if (reply.generation === this.#generation) {
          this.#takeBack([...this.#confirming.values(), ...this.#sent]);
        }
        this.#settled();
        // It leads no more, or not yet: it is not asked again and again until that is known here.
        this.#clock.after(REFUSED_MS, () => this.#planFlush());
        return;
      case 'confirmed': {
        this.#confirming.get(reply.id)?.confirmed(reply.index);
        this.#confirming.delete(reply.id);
        break;
      }
      case 'unconfirmed': {
        const sync = this.#confirming.get(reply.id);
        this.#confirming.delete(reply.id);
        if (sync !== undefined) this.#waiting.push(sync);
        break;
      }
    }
    this.#settled();
    this.#planFlush();
  }

  /** With a `decision` those that change nothing are not answered before that is taken. */
  #settleAll(verdicts: readonly ForwardedVerdict[], decision: number | undefined): void {
    const undecided: PendingWrite[] = [];
    for (const verdict of verdicts) {
      const write = this.#settle(verdict, decision === undefined);
      if (write !== undefined && write.index === undefined) undecided.push(write);
    }
    if (decision !== undefined) this.#undecided.set(decision, undecided);
  }

  #decide(decision: number, how: 'upheld' | 'overruled'): void {
    for (const write of this.#undecided.get(decision) ?? []) write[how]();
    this.#undecided.delete(decision);
  }

  #settle(verdict: ForwardedVerdict, isDecided: boolean): PendingWrite | undefined {
    const request = this.#sent.shift();
    assert(request !== undefined, 'a verdict is on a request that was sent');
    if (verdict.kind === 'confirming') {
      assert(request instanceof PendingSync, 'only a sync is confirmed');
      this.#confirming.set(request.id, request);
      return undefined;
    }
    assert(!(request instanceof PendingSync), 'a sync is confirmed, not judged');
    request.settle(verdict, isDecided);
    return request;
  }

  /** Nobody has taken these: they go first to whoever leads next. */
  #takeBack(requests: readonly Request[]): void {
    for (const request of requests) request.sent = false;
    const behind = [...this.#waiting];
    this.#waiting.clear();
    for (const request of [...requests, ...behind]) this.#waiting.push(request);
    this.#sent.clear();
    this.#confirming.clear();
    for (const decision of [...this.#undecided.keys()]) this.#decide(decision, 'overruled');
    this.#sentTo = 0;
    this.#generation += 1;
  }

  #planFlush(): void {
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    this.#clock.soon(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    const { leader, ready, role } = this.#replica;
    if (role === 'leading') {
      // What another leader was sent is settled or taken back before anything is judged here.
      if (!ready || this.#isOwed) return;
      this.#judgeWaiting();
      return;
    }
    if (leader === 0 || (this.#sentTo !== leader && this.#isOwed)) return;
    while (this.#waiting.length > 0) if (!this.#sendBatch(leader)) return;
  }

  /** So many in a turn: after a failover there may be many. */
  #judgeWaiting(): void {
    for (let left = BATCH_REQUESTS; left > 0 && this.#replica.ready; left -= 1) {
      const request = this.#waiting.shift();
      if (request === undefined) break;
      if (!request.expired) this.#judgeHere(request);
    }
    this.#settled();
    if (this.#waiting.length > 0 && this.#replica.ready) this.#planFlush();
  }

  /** False: nothing more can be sent now. */
  #sendBatch(leader: MemberId): boolean {
    const { count, taken, items, rejected } = this.#nextBatch();
    if (taken.length > 0) {
      const message = encodeRequests(this.#generation, this.#replica.epoch, items);
      if (!this.#forward(leader, message)) return false;
      this.#sentTo = leader;
      this.forwarded += taken.length;
    }
    for (let left = count; left > 0; left -= 1) this.#waiting.shift();
    for (const request of taken) {
      request.sent = true;
      this.#sent.push(request);
    }
    for (const request of rejected) request.reject(TOO_LARGE);
    if (rejected.length > 0) this.#settled();
    return true;
  }

  /** Of the first requests so many that they are neither too many nor too large for one frame. */
  #nextBatch(): { count: number; taken: Request[]; items: string[]; rejected: PendingWrite[] } {
    const taken: Request[] = [];
    const rejected: PendingWrite[] = [];
    const items: string[] = [];
    let count = 0;
    let length = 0;
    for (const request of this.#waiting) {
      if (count === BATCH_REQUESTS) break;
      if (!request.expired) {
        const item = JSON.stringify(forwarded(request));
        if (taken.length > 0 && length + item.length > LANE_BATCH_BYTES) break;
        if (request instanceof PendingSync || !isTooLong(item)) {
          length += item.length;
          taken.push(request);
          items.push(item);
        } else {
          rejected.push(request);
        }
      }
      count += 1;
    }
    return { count, taken, items, rejected };
  }

  #judgeHere(request: Request): void {
    if (request instanceof PendingSync) {
      this.#confirmations.ask({
        confirmed: (index) => request.confirmed(index),
        lost: () => this.judge(request),
      });
      return;
    }
    const verdict = this.#primary.judge(request.caller, request.request, request.name);
    const isDecided = isInLog(verdict) || !this.#confirmations.needed;
    request.settle(verdict, isDecided);
    if (isDecided) return;
    this.#confirmations.ask({
      confirmed: () => request.upheld(),
      lost: () => {
        request.overruled();
        this.#settled();
      },
    });
  }
}

function forwarded(request: Request): ForwardedRequest {
  if (request instanceof PendingSync) return { kind: 'sync', id: request.id };
  const { caller, request: write, name } = request;
  return { kind: 'write', caller, request: write, name };
}
