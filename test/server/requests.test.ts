/**
 * Answers rest on the log: what was judged on entries that were lost with their leader is not told.
 */
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { ZXID_NONE, type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { systemClock } from '../../server/clock.ts';
import { History } from '../../server/history.ts';
import type { Verdict } from '../../server/primary.ts';
import { ClientRequests, PendingSync, PendingWrite } from '../../server/requests.ts';
import type { WriteAnswer } from '../../server/types.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { EMPTY_DATA } from '../../storage/tree/tree.ts';
import type { Transaction } from '../../storage/tree/types.ts';

const CREATED: Transaction = {
  time: 0,
  changes: [{ op: 'delete', id: 9, path: '/x', parent: 1 }],
};

function scene({ marks = false } = {}) {
  const state = new ReplicatedState();
  const history = new History(state.lastZxid, { historyBytes: 1e6 });
  let applied = 0;
  const requests = new ClientRequests(state, history, systemClock, () => applied);
  const answers: [string, string][] = [];
  return {
    answers,
    requests,
    write: (name: string, verdict: Verdict, isDecided = true, session = '') => {
      const judge = {
        judge: (request: unknown) => {
          if (request instanceof PendingWrite) request.settle(verdict, isDecided);
        },
      };
      const caller = { session, identities: [] };
      const request = { op: 'set', path: `/${name}`, data: EMPTY_DATA } as const;
      const done = (answer: WriteAnswer) =>
        answers.push([name, answer.ok ? 'ok' : answer.refusal.code]);
      requests.write(caller, request, done, judge);
    },
    apply: (index: number, zxid: Zxid) => {
      const payload = encodeTransaction(CREATED);
      const entry: Entry = { index, epoch: 1, zxid, type: 'transaction', payload };
      requests.decide(entry);
      if (marks) answers.push(['log', `${index}`]);
      applied = index;
      state.lastZxid = zxid;
      history.push(entry);
      requests.applied(entry, CREATED);
      requests.release();
    },
  };
}

const PROPOSED: Verdict = { kind: 'proposed', index: 2, zxid: zxidOf(1, 2) };
const REFUSED: Verdict = {
  kind: 'refused',
  after: { index: 2, zxid: zxidOf(1, 2) },
  refusal: { code: 'NodeExists' },
};
const UNCHANGED: Verdict = {
  kind: 'unchanged',
  after: { index: 2, zxid: zxidOf(1, 2) },
  results: [],
};

t.test('an answer comes when what it rests on is applied', async (t) => {
  const { write, apply, answers } = scene();
  apply(1, zxidOf(1, 1));
  write('a', PROPOSED);
  write('b', REFUSED);
  write('c', UNCHANGED);
  t.same(answers, []);
  apply(2, zxidOf(1, 2));
  t.same(answers, [
    ['a', 'ok'],
    ['b', 'NodeExists'],
    ['c', 'ok'],
  ]);
});

t.test(
  'when another leader has put another entry there, nothing is told that rested on it',
  async (t) => {
    const { write, apply, answers } = scene();
    apply(1, zxidOf(1, 1));
    write('a', PROPOSED);
    write('b', REFUSED);
    write('c', UNCHANGED);
    apply(2, zxidOf(2, 1));
    t.same(
      answers,
      [
        ['a', 'NotReady'],
        ['b', 'NotReady'],
        ['c', 'NotReady'],
      ],
      'none of them was applied, and none is refused for what never was',
    );
  },
);

t.test('what a lost leader had beyond the end of the log holds nobody up', async (t) => {
  const { write, apply, answers } = scene();
  apply(1, zxidOf(1, 1));
  write('a', { kind: 'proposed', index: 900, zxid: zxidOf(1, 900) });
  const after = { index: 900, zxid: zxidOf(1, 900) };
  write('b', { kind: 'refused', after, refusal: { code: 'NodeExists' } });
  apply(2, zxidOf(2, 1));
  t.same(answers, [
    ['a', 'NotReady'],
    ['b', 'NotReady'],
  ]);
});

t.test('a verdict that comes late is told from what the log said then', async (t) => {
  const { write, apply, answers } = scene();
  apply(2, zxidOf(1, 2));
  apply(3, zxidOf(1, 3));
  write('a', PROPOSED);
  write('b', REFUSED);
  t.same(answers, [
    ['a', 'ok'],
    ['b', 'NodeExists'],
  ]);
});

t.test('a refusal that rests on nothing is told at once', async (t) => {
  const { write, answers } = scene();
  const after = { index: 0, zxid: ZXID_NONE };
  write('a', { kind: 'refused', after, refusal: { code: 'NoNode' } });
  t.same(answers, [['a', 'NoNode']]);
});

t.test('what no quorum has confirmed yet is decided by the next entry, before it', async (t) => {
  for (const undecided of [REFUSED, UNCHANGED]) {
    for (const epoch of [1, 2]) {
      const { write, apply, answers } = scene({ marks: true });
      apply(1, zxidOf(1, 1));
      apply(2, zxidOf(1, 2));
      write('a', undecided, false);
      write('b', { kind: 'proposed', index: 3, zxid: zxidOf(epoch, 3) });
      const told = undecided === REFUSED ? 'NodeExists' : 'ok';
      apply(3, zxidOf(epoch, 3));
      t.same(answers.slice(2), [
        // A leader of the past may have judged so when another one was there.
        ['a', epoch === 1 ? told : 'NotReady'],
        ['log', '3'],
        ['b', 'ok'],
      ]);
    }
  }
});

t.test('but not by an entry that it rests on', async (t) => {
  const { write, apply, answers } = scene();
  write('a', REFUSED, false);
  apply(1, zxidOf(1, 1));
  apply(2, zxidOf(1, 2));
  t.same(answers, []);
});

t.test('reads of one session that wait for its write are answered as they came', async (t) => {
  const { write, apply, answers, requests } = scene();
  const caller = { session: '0000000100000001', identities: [] };
  const confirmed: PendingSync[] = [];
  const judge = { judge: (sync: unknown) => sync instanceof PendingSync && confirmed.push(sync) };
  const read = (name: string) => {
    const turn = requests.turnOf(caller);
    requests.sync(() => requests.inTurn(turn, caller, () => answers.push([name, 'ok'])), judge);
  };
  apply(1, zxidOf(1, 1));
  write('write', PROPOSED, true, caller.session);
  read('a');
  read('b');
  confirmed[0]?.confirmed(1);
  requests.release();
  t.same(answers, [], 'the first is confirmed, and behind the write');
  confirmed[1]?.confirmed(2);
  apply(2, zxidOf(1, 2));
  const inOrder = [
    ['write', 'ok'],
    ['a', 'ok'],
    ['b', 'ok'],
  ];
  t.same(answers, inOrder, 'the second is confirmed when it may be answered, and behind the first');
});
