/**
 * A member whose clients' requests go to whoever leads, with the ensemble and the time in the hands
 * of a test.
 */
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import type { Clock } from '../../server/clock.ts';
import { Forwarder } from '../../server/forwarder.ts';
import { History } from '../../server/history.ts';
import { decodeForwarded, type ForwardedVerdict } from '../../server/lane-messages.ts';
import { ClientRequests } from '../../server/requests.ts';
import type { WriteAnswer } from '../../server/types.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { EMPTY_DATA } from '../../storage/tree/tree.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';

/** The member whose requests these are. */
export const OWN = 1;

/** What a verdict rests on that rests on nothing. */
export const NOWHERE = { index: 0, zxid: ZXID_NONE };

/** A clock by hand: time passes, and what was put off is done, only when the test says so. */
class HandClock implements Clock {
  now = 0;
  #soon: (() => void)[] = [];
  #timers: { at: number; run: () => void }[] = [];

  wall(): number {
    return this.now;
  }

  monotonic(): number {
    return this.now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  soon(run: () => void): void {
    this.#soon.push(run);
  }

  settle(): void {
    for (let run = this.#soon.shift(); run !== undefined; run = this.#soon.shift()) run();
  }

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((other) => other !== next);
      next.run();
      this.settle();
    }
    this.now = until;
  }
}

function requestOf(n: number, text = ''): WriteRequest {
  const data = text === '' ? EMPTY_DATA : { text, encoding: 'utf8' as const, length: text.length };
  return { op: 'set', path: `/${n}`, data };
}

const nameOf = (request: WriteRequest) => ('path' in request ? request.path : '');

/**
 * One member with its clients; the test plays the ensemble. Verdicts that change nothing need the
 * word of a quorum when others could lead.
 */
export function scene(othersCouldLead = false) {
  const clock = new HandClock();
  const state = new ReplicatedState();
  const history = new History(state.lastZxid, { historyBytes: 1e6 });
  const replica = {
    epoch: 0,
    leader: 0,
    ready: false,
    role: 'looking' as 'looking' | 'following' | 'leading',
  };
  const judged: string[] = [];
  /** A quorum is asked whether this member leads. */
  const asking: { confirmed(index: number): void; lost(): void }[] = [];
  let decisions = 0;
  const answers: [string, string][] = [];
  /** Batches under way to the leader. */
  const lane: { to: number; generation: number; epoch: number; names: string[] }[] = [];
  let laneOpen = true;
  /** Nothing more of this generation is taken by anybody. */
  let refused = -1;
  /** Members whose stream is lost and does not stand again. */
  const gone = new Set<number>();
  const refusal = { code: 'NoNode' } as const;
  const requests = new ClientRequests(state, history, clock, () => 0);
  const forwarder = new Forwarder({
    replica,
    primary: {
      judge: (_caller, request) => {
        judged.push(nameOf(request));
        return { kind: 'refused', after: NOWHERE, refusal };
      },
    },
    confirmations: {
      needed: othersCouldLead,
      ask: (asked) => {
        if (othersCouldLead) asking.push(asked);
        else asked.confirmed(0);
      },
    },
    clock,
    forward: (to, payload) => {
      if (!laneOpen || gone.has(to)) return false;
      const message = decodeForwarded(payload);
      if (message.kind !== 'requests') throw new Error('only requests are forwarded');
      const names = message.requests.map((one) =>
        one.kind === 'write' ? nameOf(one.request) : 'sync',
      );
      lane.push({ to, generation: message.generation, epoch: message.epoch, names });
      return true;
    },
    settled: () => requests.release(),
  });
  requests.start();
  return {
    ...{ clock, replica, judged, answers, lane, forwarder, asking },
    lead: (leader: number) => {
      gone.delete(leader);
      if (leader !== 0 && leader !== replica.leader) replica.epoch += 1;
      replica.leader = leader;
      replica.ready = leader === OWN;
      replica.role = leader === 0 ? 'looking' : leader === OWN ? 'leading' : 'following';
      forwarder.turned();
      clock.settle();
    },
    setLane: (open: boolean) => {
      laneOpen = open;
    },
    write: (n: number, session = '', text = '') => {
      const caller = { session, identities: [] };
      const done = (answer: WriteAnswer) =>
        answers.push([`/${n}`, answer.ok ? 'ok' : answer.refusal.code]);
      requests.write(caller, requestOf(n, text), done, forwarder);
    },
    sync: (session = '') => {
      const name = `sync ${session}`.trim();
      const done = ({ ok }: { ok: boolean }) => answers.push([name, ok ? 'ok' : 'no']);
      requests.sync(done, forwarder, { session, identities: [] });
    },
    /** The leader judges the oldest batch. */
    judge: (count?: number) => {
      const batch = lane.shift();
      if (batch === undefined || refused === batch.generation) return;
      const { generation } = batch;
      if (batch.epoch !== replica.epoch) {
        refused = generation;
        forwarder.replied(batch.to, { kind: 'refused', generation });
        clock.settle();
        return;
      }
      const taken = batch.names.slice(0, count);
      const verdicts = taken.map((name): ForwardedVerdict => {
        judged.push(name);
        return name === 'sync'
          ? { kind: 'confirming' }
          : { kind: 'refused', after: NOWHERE, refusal };
      });
      decisions += 1;
      const decision = othersCouldLead ? { decision: decisions } : {};
      forwarder.replied(batch.to, { kind: 'verdicts', generation, verdicts, ...decision });
      if (taken.length < batch.names.length) {
        refused = generation;
        forwarder.replied(batch.to, { kind: 'refused', generation });
      }
      clock.settle();
    },
    /** The leader tells what a quorum said when it was asked whether it leads. */
    decide: (from: number, kind: 'upheld' | 'overruled', generation = 0) => {
      forwarder.replied(from, { kind, generation, decision: decisions });
      clock.settle();
    },
    release: () => requests.release(),
    lose: (member: number) => {
      for (let at = lane.length - 1; at >= 0; at -= 1)
        if (lane[at]?.to === member) lane.splice(at, 1);
      gone.add(member);
      forwarder.lost(member);
      clock.settle();
    },
  };
}
