/**
 * Random requests against the whole engine. Two leaders get the same requests: one applies each
 * transaction at once, the other at random times later. A replica hears of transactions as text
 * only.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { applyTransaction } from '../../storage/tree/apply.ts';
import {
  loadPosition,
  loadSessions,
  loadZnodes,
  sessionRow,
  znodeRow,
} from '../../storage/tree/image.ts';
import { parentOf } from '../../storage/tree/path.ts';
import type { Prepared } from '../../storage/tree/prepare.ts';
import { dueForReaping } from '../../storage/tree/reap.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type {
  CreateMode,
  SessionId,
  TransactionOp,
  WriteRequest,
} from '../../storage/tree/types.ts';
import { CREATE_MODES } from '../../storage/tree/types.ts';
import { create, data, Leader, overTheWire, sessionId, world } from './support.ts';

// ------------------------------------------------------------------------ requests

const path = fc.constantFrom(
  '/',
  '/a',
  '/a/b',
  '/a/b/c',
  '/a/b/d',
  '/q',
  '/q/0000000001',
  '/e',
  '/e/x',
  '/zookeeper/quota',
  '/zookeeper/quota/z',
  '/zookeeper/config',
  '/bad//path',
);
const text = fc.constantFrom('', 'x', 'ü\n"', 'y'.repeat(300), 'y'.repeat(400));
const acl = fc.constantFrom(undefined, undefined, undefined, world('cdrwa'), world('rda'), []);
const condition = fc.option(
  fc.record(
    { version: fc.nat(2), mustExist: fc.boolean(), mustNotExist: fc.boolean() },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const createRequest = fc
  .record({
    path,
    mode: fc.constantFrom(...CREATE_MODES),
    text,
    acl,
    parents: fc.boolean(),
    slash: fc.boolean(),
  })
  .map(({ path, mode, text, acl, parents, slash }) => {
    const prefix = slash && mode.includes('sequential') && path !== '/' ? `${path}/` : path;
    const ttl = mode.endsWith('ttl') ? { ttlMs: 50 } : {};
    const more = { mode: mode as CreateMode, data: data(text), parents, ...ttl };
    return create(prefix, acl === undefined ? more : { ...more, acl });
  });

function given<T>(name: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}

const operation: fc.Arbitrary<TransactionOp> = fc.oneof(
  { weight: 4, arbitrary: createRequest },
  {
    weight: 3,
    arbitrary: fc
      .record({ path, text, condition, create: fc.boolean() })
      .map(({ path, text, condition, create }) => ({
        op: 'set' as const,
        path,
        data: data(text),
        create,
        ...given('condition', condition),
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ path, condition, recursive: fc.boolean() })
      .map(({ path, condition, recursive }) => ({
        op: 'delete' as const,
        path,
        recursive,
        ...given('condition', condition),
      })),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('check' as const), path }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('checkAbsent' as const), path }) },
);

/** A session by the order of opening; the engine's ids are not known when requests are drawn. */
type Drawn = { readonly session: number; readonly request: WriteRequest | TransactionOp | 'reap' };

const drawn: fc.Arbitrary<Drawn> = fc.record({
  session: fc.nat(3),
  request: fc.oneof(
    { weight: 8, arbitrary: operation },
    {
      weight: 3,
      arbitrary: fc
        .array(operation, { maxLength: 5 })
        .map((ops) => ({ op: 'transaction' as const, ops })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ path, acl: fc.constantFrom(world('cdrwa'), world('cra')) })
        .map(({ path, acl }) => ({ op: 'setAcl' as const, path, acl })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({
        op: 'openSession' as const,
        secretHash: 'ab'.repeat(32),
        timeoutMs: 1000,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('closed' as const, 'expired' as const).map((reason) => ({
        op: 'closeSession' as const,
        session: '',
        reason,
      })),
    },
    { weight: 1, arbitrary: fc.constant('reap' as const) },
  ),
});

const step = fc.record({ drawn, delay: fc.nat(4), elapsed: fc.nat(30) });

// ------------------------------------------------------------------------ the engine

/** The tree's own bookkeeping, counted again. */
function checkConsistency(state: ReplicatedState): void {
  const children = new Map<string, number>();
  const owned = new Map<SessionId, string[]>();
  let bytes = 0;
  for (const { path, stat, data } of state.tree.values()) {
    bytes += Buffer.from(data.text, data.encoding).length;
    if (stat.ephemeralOwner !== '') {
      owned.set(stat.ephemeralOwner, [...(owned.get(stat.ephemeralOwner) ?? []), path]);
    }
    if (path === '/') continue;
    ok(state.tree.get(parentOf(path)) !== undefined, 'every znode has its parent');
    children.set(parentOf(path), (children.get(parentOf(path)) ?? 0) + 1);
  }
  equal(state.tree.dataBytes, bytes);
  for (const { path, stat } of state.tree.values()) {
    equal(stat.numChildren, children.get(path) ?? 0);
    ok(stat.creates >= stat.numChildren);
  }
  for (const [id, { ephemerals }] of state.sessions.entries()) {
    deepStrictEqual([...ephemerals].sort(), (owned.get(id) ?? []).sort());
  }
}

/** A state built from the rows of another. */
function reloaded(state: ReplicatedState): ReplicatedState {
  const copy = new ReplicatedState();
  loadZnodes(
    copy,
    [...state.tree.values()].map(znodeRow).sort(([a], [b]) => a - b),
  );
  loadSessions(
    copy,
    [...state.sessions.entries()].map(([, session]) => sessionRow(session)),
  );
  loadPosition(copy, { zxid: state.lastZxid, lastTime: state.lastTime });
  return copy;
}

class Trial {
  readonly #count: (outcome: string) => void;
  readonly quick = new Leader({
    dataBytes: 399,
    ephemeralsPerSession: 3,
    recursiveDelete: 3,
    sessions: 4,
  });
  readonly slow = new Leader(this.quick.limits);
  readonly replica = new ReplicatedState();
  /** Ids of sessions ever opened. */
  readonly sessions: SessionId[] = [];

  constructor(count: (outcome: string) => void) {
    this.#count = count;
  }

  run({ drawn, delay, elapsed }: { drawn: Drawn; delay: number; elapsed: number }): void {
    this.quick.time += elapsed;
    this.slow.time = this.quick.time;
    const session = this.sessions[drawn.session] ?? '';
    for (const request of this.#requests(drawn, session)) this.#request(request, session);
    while (this.slow.outstanding.length > delay) this.#applySlow();
  }

  finish(): void {
    while (this.slow.outstanding.length > 0) this.#applySlow();
    equal(this.slow.state.digest(), this.quick.state.digest());
    ok(this.slow.preparer.idle);
    checkConsistency(this.slow.state);
    equal(reloaded(this.slow.state).digest(), this.slow.state.digest());
  }

  #requests({ request }: Drawn, session: SessionId): WriteRequest[] {
    if (request === 'reap') return dueForReaping(this.quick.state, this.quick.time, 10);
    if (request.op === 'closeSession') return [{ ...request, session }];
    if (request.op === 'check' || request.op === 'checkAbsent') {
      return [{ op: 'transaction', ops: [request] }];
    }
    return [request];
  }

  #request(request: WriteRequest, session: SessionId): void {
    const speaker = request.op === 'openSession' || request.op === 'reap' ? '' : session;
    const dry = this.#dryRun(request, speaker);
    const prepared = this.quick.prepare(request, speaker);
    deepStrictEqual(this.slow.prepare(request, speaker), prepared, 'delay changes nothing');
    this.#count(prepared.kind === 'refused' ? prepared.refusal.code : prepared.kind);
    if (prepared.kind !== 'transaction') {
      if (dry?.kind === 'refused' && prepared.kind === 'refused') {
        const { index: _, ...refusal } = dry.refusal;
        const { index: __, ...expected } = prepared.refusal;
        // Alone, what is wrong with an operation itself comes before the session; in a transaction
        // after.
        if (refusal.code === 'SessionExpired') return;
        deepStrictEqual(refusal, expected, 'a dry run is refused alike');
      } else {
        equal(dry?.kind ?? prepared.kind, prepared.kind);
      }
      return;
    }
    this.#count(request.op);
    const before = this.quick.state.digest();
    const { zxid, results } = this.quick.applyNext();
    if (dry !== undefined) deepStrictEqual(dry, { kind: 'dryRun', results });
    applyTransaction(this.replica, zxid, overTheWire(prepared.transaction));
    equal(this.replica.digest(), this.quick.state.digest(), 'replicas agree');
    ok(this.quick.state.digest() !== before);
    if (request.op === 'openSession') this.sessions.push(sessionId(zxid - 3 * 2 ** 32));
    const [only] = results;
    if (request.op !== 'transaction' && only?.path !== undefined) {
      deepStrictEqual(only.stat, this.quick.stat(only.path), 'the result is what the tree has');
    }
  }

  /** On the leader that is behind: what it says rests on outstanding changes. */
  #dryRun(request: WriteRequest, session: SessionId): Prepared | undefined {
    const { op } = request;
    if (op === 'transaction') return this.slow.prepare({ ...request, dryRun: true }, session);
    if (op !== 'create' && op !== 'set' && op !== 'delete') return undefined;
    return this.slow.prepare({ op: 'transaction', ops: [request], dryRun: true }, session);
  }

  #applySlow(): void {
    const { zxid } = this.slow.applyNext();
    if (zxid === this.quick.state.lastZxid) {
      equal(this.slow.state.digest(), this.quick.state.digest());
    }
  }
}

t.test('whatever is asked, leaders and replicas agree, sooner or later', async (t) => {
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 100 }), (steps) => {
      const trial = new Trial(count);
      for (const each of steps) trial.run(each);
      trial.finish();
    }),
    { numRuns: 1000 },
  );
  const expected = [
    ...['transaction', 'dryRun', 'nothing', 'BadArguments', 'BadVersion', 'InvalidACL'],
    ...['LimitExceeded', 'NoAuth', 'NoChildrenForEphemerals', 'NoNode', 'NodeExists', 'NotEmpty'],
    ...['SessionExpired', 'TooLarge', 'reap', 'closeSession'],
  ];
  t.same(
    expected.filter((outcome) => (outcomes.get(outcome) ?? 0) === 0),
    [],
    'every outcome was among them',
  );
});
