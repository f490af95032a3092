/**
 * What is told of a request that may have been taken before: what the log says, and otherwise no
 * more than is known.
 */
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { systemClock } from '../../server/clock.ts';
import { History } from '../../server/history.ts';
import type { Verdict } from '../../server/primary.ts';
import { ClientRequests, PendingWrite } from '../../server/requests.ts';
import type { WriteAnswer } from '../../server/types.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { EMPTY_DATA } from '../../storage/tree/tree.ts';
import type { Transaction } from '../../storage/tree/types.ts';

const NAME = { key: 'k', fingerprint: 'f' };
const OTHERS: Transaction = {
  time: 0,
  changes: [{ op: 'delete', id: 9, path: '/x', parent: 1 }],
};
const NAMED: Transaction = { ...OTHERS, name: { ...NAME, forgets: 0 } };

const after = { index: 2, zxid: zxidOf(1, 2) };
const REPEATED: Verdict = { kind: 'repeated', after };
const REFUSED: Verdict = { kind: 'refused', after, refusal: { code: 'NoNode' } };

function scene() {
  const state = new ReplicatedState();
  const history = new History(state.lastZxid, { historyBytes: 1e6 });
  let applied = 0;
  const requests = new ClientRequests(state, history, systemClock, () => applied);
  const answers: string[] = [];
  const shown = (answer: WriteAnswer) => {
    if (!answer.ok) return answer.refusal.code;
    return `${answer.zxid === zxidOf(1, 1) ? 'first' : 'other'}${answer.replayed ? ' again' : ''}`;
  };
  return {
    answers,
    requests,
    write(name?: typeof NAME): PendingWrite {
      const judged: PendingWrite[] = [];
      const judge = {
        judge: (request: unknown) => {
          if (request instanceof PendingWrite) judged.push(request);
        },
      };
      const caller = { session: '', identities: [] } as const;
      const request = { op: 'set', path: '/x', data: EMPTY_DATA } as const;
      requests.write(caller, request, (answer) => answers.push(shown(answer)), judge, name);
      return judged[0] as PendingWrite;
    },
    apply(index: number, zxid: Zxid, transaction = OTHERS) {
      const payload = encodeTransaction(transaction);
      const entry: Entry = { index, epoch: 1, zxid, type: 'transaction', payload };
      applied = index;
      state.lastZxid = zxid;
      if (transaction.name !== undefined) state.answers.keep(zxid, transaction.name, transaction);
      history.push(entry);
      requests.applied(entry, transaction);
      requests.release();
    },
  };
}

t.test('a repeat has the first answer, when the member knows it', async (t) => {
  const { write, apply, answers } = scene();
  write(NAME).settle(REPEATED, false);
  apply(1, zxidOf(1, 1), NAMED);
  t.same(answers, [], 'it waits for all that its judge had seen');
  apply(2, zxidOf(1, 2));
  t.same(answers, ['first again'], 'and for nobody’s word: what is in the log is true');
});

t.test('a repeat of what was lost with its leader was not applied', async (t) => {
  const { write, apply, answers } = scene();
  write(NAME).settle(REPEATED, true);
  apply(2, zxidOf(2, 1));
  t.same(answers, ['NotReady']);
});

t.test('a repeat of what was kept is one, although its leader has lost other things', async (t) => {
  const { write, apply, answers } = scene();
  apply(1, zxidOf(1, 1), NAMED);
  write(NAME).settle(REPEATED, true);
  apply(2, zxidOf(2, 1));
  t.same(answers, ['first again']);
});

t.test('another request that came under the name meanwhile is not answered for it', async (t) => {
  const { write, apply, answers } = scene();
  apply(1, zxidOf(1, 1), { ...OTHERS, name: { key: 'k', fingerprint: 'other', forgets: 0 } });
  write(NAME).settle(REPEATED, true);
  apply(2, zxidOf(1, 2));
  t.same(answers, ['OutcomeUnknown']);
});

t.test(
  'what has a name is judged again when its leader is lost, what has none is not',
  async (t) => {
    const { write } = scene();
    t.ok(write(NAME).lost());
    t.notOk(write().lost());
  },
);

t.test('of what two leaders may have taken the log tells, or nobody', async (t) => {
  for (const [first, told] of [
    [NAMED, 'first again'],
    [OTHERS, 'OutcomeUnknown'],
  ] as const) {
    const { requests, write, apply, answers } = scene();
    const request = write(NAME);
    t.ok(request.lost());
    request.settle(REFUSED, false);
    apply(1, zxidOf(1, 1), first);
    request.overruled();
    requests.release();
    t.same(answers, [told], 'the second leader was one of the past');
  }
  const { write, apply, answers } = scene();
  const request = write(NAME);
  request.lost();
  request.settle(REFUSED, true);
  apply(1, zxidOf(1, 1));
  apply(2, zxidOf(1, 2));
  t.same(answers, ['NoNode'], 'the second leader had all that there was, and not this');
});

t.test('a proposal that was lost may stand there as its first attempt', async (t) => {
  const { write, apply, answers } = scene();
  const request = write(NAME);
  request.lost();
  request.settle({ kind: 'proposed', index: 2, zxid: zxidOf(1, 2) }, true);
  apply(1, zxidOf(1, 1), NAMED);
  apply(2, zxidOf(2, 1));
  t.same(answers, ['first again']);
});
