/**
 * Random histories with repeats. Each request is applied once, and each repeat has the first
 * answer; a leader whose transactions are applied late judges alike, a replica that hears of them
 * as text, and tables that they are folded into, have the same answers.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { Fold } from '../../storage/fold.ts';
import { AnswersRows } from '../../storage/memory-answers.ts';
import { applyTransaction } from '../../storage/tree/apply.ts';
import {
  answersRows,
  loadAnswers,
  loadPosition,
  loadSessions,
  loadZnodes,
  sessionRow,
  znodeRow,
} from '../../storage/tree/image.ts';
import { KEY_LIFE_MS } from '../../storage/tree/repeats.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type {
  OpResult,
  RequestName,
  SessionId,
  TransactionOp,
  WriteRequest,
} from '../../storage/tree/types.ts';
import { create, keptResults, Leader, overTheWire, remove, set } from './support.ts';

/** Can always be done. */
const SEQUENTIAL = create('/s-', { mode: 'persistent_sequential' });
/** Its answer counts as several operations. */
const LONG = create(`${`/${'l'.repeat(240)}`.repeat(3)}-`, {
  ...{ mode: 'persistent_sequential', parents: true },
});
const path = fc.constantFrom('/a', '/a/b', '/c');
const operation = fc.oneof(
  path.map((at) => create(at)),
  path.map((at) => create(`${at}-`, { mode: 'persistent_sequential' })),
  path.map((at) => set(at, 'x', { create: true })),
  path.map((at) => remove(at)),
);
const request: fc.Arbitrary<WriteRequest> = fc.oneof(
  { weight: 4, arbitrary: operation },
  {
    weight: 2,
    // Large ones, so that sessions come to the end of what they keep.
    arbitrary: fc.constantFrom([700, SEQUENTIAL] as const, [150, LONG] as const).map((many) => ({
      op: 'transaction' as const,
      ops: new Array<TransactionOp>(many[0]).fill(many[1]),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(operation, fc.constantFrom(1, 3)).map(([op, times]) => ({
      op: 'transaction' as const,
      ops: new Array<TransactionOp>(times).fill(op),
    })),
  },
);

interface Step {
  readonly request: WriteRequest;
  /** Of which session, with a key (3), or a session that ends (4). */
  readonly by: number;
  /** Which of the former requests is repeated; undefined = none, it is a new one. */
  readonly repeats: number | undefined;
  readonly delay: number;
  readonly elapsed: number;
  readonly fold: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  request,
  by: fc.nat(4),
  repeats: fc.option(fc.nat(1000), { nil: undefined }),
  delay: fc.nat(6),
  elapsed: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, KEY_LIFE_MS / 3, -KEY_LIFE_MS / 4),
  fold: fc.boolean(),
});

interface Sent {
  readonly request: WriteRequest;
  readonly session: SessionId | '';
  readonly name: RequestName;
  /** What its first attempt came to; undefined when that was refused. */
  first: { readonly zxid: number; readonly results: readonly OpResult[] } | undefined;
}

class Trial {
  readonly #count: (outcome: string) => void;
  readonly quick = new Leader({ idempotencyKeys: 2 });
  readonly slow = new Leader(this.quick.limits);
  readonly replica = new ReplicatedState();
  readonly tables = new AnswersRows();
  #fold = new Fold();
  readonly #sessions: SessionId[] = [];
  readonly #sent: Sent[] = [];
  #lastName = 0;

  constructor(count: (outcome: string) => void) {
    this.#count = count;
    for (let n = 0; n < 3; n += 1) this.#openSession(n);
  }

  run({ request, by, repeats, delay, elapsed, fold }: Step): void {
    // Nothing is outstanding for minutes.
    if (elapsed !== 0) this.#changeLeader();
    this.quick.time += elapsed;
    this.slow.time = this.quick.time;
    const former = repeats === undefined ? undefined : this.#sent[repeats % this.#sent.length];
    if (former !== undefined) this.#send(former);
    else if (by === 4) this.#replaceSession();
    else this.#sendNew(request, by);
    while (this.slow.outstanding.length > delay) this.slow.applyNext();
    if (fold) this.#foldNow();
  }

  /** Another one, whose clock may be behind; it begins with nothing outstanding. */
  #changeLeader(): void {
    while (this.slow.outstanding.length > 0) this.slow.applyNext();
    this.slow.preparer.reset();
    this.quick.preparer.reset();
  }

  finish(): void {
    while (this.slow.outstanding.length > 0) this.slow.applyNext();
    this.#foldNow();
    const { state } = this.quick;
    equal(this.slow.state.digest(), state.digest());
    const loaded = new ReplicatedState();
    const znodes = [...state.tree.values()].map(znodeRow).sort(([a], [b]) => a - b);
    loadZnodes(loaded, znodes);
    loadSessions(
      loaded,
      [...state.sessions.entries()].map(([, session]) => sessionRow(session)),
    );
    loadAnswers(loaded, this.tables.all());
    loadPosition(loaded, { zxid: state.lastZxid, lastTime: state.lastTime });
    equal(loaded.digest(), state.digest(), 'what was folded is what is kept');
    const shown = ({ answers }: ReplicatedState) => answersRows(answers).sort();
    deepStrictEqual(shown(loaded), shown(state));
  }

  #openSession(at: number): void {
    const request = { op: 'openSession', secretHash: 'ab', timeoutMs: 1000 } as const;
    const done = this.#both(request, '', undefined);
    this.#sessions[at] = done?.results[0]?.session ?? '';
  }

  #replaceSession(): void {
    const session = this.#sessions[0] ?? '';
    this.#both({ op: 'closeSession', session, reason: 'expired' }, '', undefined);
    this.#openSession(0);
  }

  #sendNew(request: WriteRequest, by: number): void {
    this.#lastName += 1;
    const fingerprint = `f${this.#lastName}`;
    const name =
      by === 3 ? { key: `k${this.#lastName}`, fingerprint } : { id: this.#lastName, fingerprint };
    const sent = { request, session: this.#sessions[by] ?? '', name, first: undefined };
    this.#sent.push(sent);
    this.#send(sent);
  }

  #send(sent: Sent): void {
    const { request, session, name, first } = sent;
    const creates = this.quick.stat('/').creates;
    const done = this.#both(request, session, name);
    if (done !== undefined) {
      const isForgotten = first !== undefined && 'key' in name;
      ok(first === undefined || isForgotten, 'nothing is applied twice while it is known');
      this.#count(isForgotten ? 'again' : 'applied');
      sent.first = done;
      return;
    }
    equal(this.quick.stat('/').creates, creates);
    if (this.#last !== 'repeated') return;
    deepStrictEqual(keptResults(this.quick.state, request, name, session), first);
  }

  #last = '';

  /** What a request comes to on both leaders; undefined when nothing is applied. */
  #both(request: WriteRequest, session: SessionId | '', name: RequestName | undefined) {
    const prepared = this.quick.prepare(request, session, name);
    const late = this.slow.prepare(request, session, name);
    this.#last = prepared.kind === 'refused' ? prepared.refusal.code : prepared.kind;
    this.#count(this.#last);
    if (prepared.kind !== 'transaction') {
      // What outstanding answers are about to push out is looked for in vain by whoever answers.
      const isLeaving = late.kind === 'repeated' && this.#last === 'OutcomeUnknown';
      if (!isLeaving) equal(late.kind, prepared.kind, 'delay changes nothing');
      return undefined;
    }
    ok(late.kind === 'transaction');
    const { name: _, ...what } = late.transaction;
    const { name: __, ...wanted } = prepared.transaction;
    deepStrictEqual(what, wanted);
    const { zxid, results } = this.quick.applyNext();
    const text = overTheWire(prepared.transaction);
    applyTransaction(this.replica, zxid, text);
    this.#fold.add(zxid, text);
    equal(this.replica.digest(), this.quick.state.digest(), 'replicas agree');
    return { zxid, results };
  }

  #foldNow(): void {
    const { answers, closedSessions } = this.#fold.changes();
    for (const session of closedSessions) this.tables.endSession(session);
    for (const row of answers) this.tables.add(row);
    this.#fold = new Fold();
  }
}

t.test('each request is applied once, and its repeats have its answer', async (t) => {
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
      const trial = new Trial(count);
      for (const each of steps) trial.run(each);
      trial.finish();
    }),
    { numRuns: 60 },
  );
  const expected = [
    ...['applied', 'again', 'repeated', 'IdPassed', 'OutcomeUnknown', 'SessionExpired'],
    ...['Throttled', 'NodeExists', 'NoNode'],
  ];
  t.same(
    expected.filter((outcome) => (outcomes.get(outcome) ?? 0) === 0),
    [],
    'every outcome was among them',
  );
});
