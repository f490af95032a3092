/** Requests that other members forward: judged by the leader that they were sent to, or by none. */
import t from 'tap';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import type { ForwardedVerdict, ForwardReply } from '../../server/lane-messages.ts';
import type { Verdict } from '../../server/primary.ts';
import { Reception } from '../../server/reception.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';

const REQUEST: WriteRequest = { op: 'closeSession', session: '', reason: 'closed' };

const NOWHERE = { index: 0, zxid: ZXID_NONE };

/** A leader whose member 2 forwards. */
function scene(othersCouldLead = false) {
  const replica = {
    ...{ role: 'leading' as 'leading' | 'following', ready: true, epoch: 5 },
    lastPoint: NOWHERE,
  };
  const replies: string[] = [];
  const asking: { confirmed(index: number): void; lost(): void }[] = [];
  const verdicts: (readonly ForwardedVerdict[])[] = [];
  let verdict: Verdict = { kind: 'refused', after: NOWHERE, refusal: { code: 'NoNode' } };
  const reception = new Reception({
    replica,
    primary: {
      judge: (): Verdict => verdict,
    },
    confirmations: {
      needed: othersCouldLead,
      ask: (asked) => {
        asking.push(asked);
      },
    },
    overload: () => undefined,
    reply: (to: number, reply: ForwardReply) => {
      const generation = 'generation' in reply ? reply.generation : '';
      replies.push(`${reply.kind} ${generation} to ${to}`);
      if (reply.kind === 'verdicts') verdicts.push(reply.verdicts);
    },
  });
  const take = (generation: number, epoch: number, count = 1) => {
    const caller = { session: '', identities: [] };
    const one = { kind: 'write', caller, request: REQUEST } as const;
    const requests = new Array(count).fill(one) as (typeof one)[];
    reception.take(2, { kind: 'requests', generation, epoch, requests });
  };
  const judgeAs = (next: Verdict) => {
    verdict = next;
  };
  return { replica, replies, reception, take, verdicts, judgeAs, asking };
}

t.test('a leader judges what it is sent', async (t) => {
  const { take, replies } = scene();
  take(0, 5);
  t.same(replies, ['verdicts 0 to 2']);
});

t.test('what was sent to a leader of the past is judged by nobody', async (t) => {
  const { take, replies } = scene();
  take(0, 3);
  t.same(replies, ['refused 0 to 2'], 'also when that leader leads again');
  take(0, 5);
  t.same(replies, ['refused 0 to 2'], 'nor what came behind it');
  take(1, 5);
  t.same(replies, ['refused 0 to 2', 'verdicts 1 to 2']);
});

t.test(
  'what comes while an epoch is being opened is judged in that epoch or not at all',
  async (t) => {
    const { replica, take, replies, reception } = scene();
    replica.ready = false;
    take(0, 5);
    t.same(replies, []);
    replica.ready = true;
    reception.turned();
    t.same(replies, ['verdicts 0 to 2']);
    replica.ready = false;
    take(0, 5);
    replica.ready = true;
    replica.epoch = 6;
    reception.turned();
    t.same(replies, ['verdicts 0 to 2', 'refused 0 to 2']);
  },
);

t.test('a member that leads no more refuses', async (t) => {
  const { replica, take, replies } = scene();
  replica.role = 'following';
  take(0, 5);
  t.same(replies, ['refused 0 to 2']);
});

/** What a dry run came to, about so many bytes of it. */
function dryRun(bytes: number): Verdict {
  const results = [{ op: 'create', path: `/${'x'.repeat(bytes)}` }] as const;
  return { kind: 'unchanged', after: NOWHERE, results };
}

t.test('what many dry runs came to is told in pieces', async (t) => {
  const { take, verdicts, judgeAs } = scene();
  judgeAs(dryRun(400_000));
  take(1, 5, 5);
  t.same(
    verdicts.map(({ length }) => length),
    [2, 2, 1],
    'each of about a megabyte, all of them in order',
  );
});

t.test('what a dry run came to and no frame can hold is refused', async (t) => {
  const { take, verdicts, judgeAs } = scene();
  judgeAs(dryRun(25 * 1024 * 1024));
  take(1, 5);
  t.match(verdicts, [[{ kind: 'refused', refusal: { code: 'TooLarge' } }]]);
});

t.test('verdicts that change nothing hold when a quorum has confirmed the leader', async (t) => {
  const { take, replies, asking, judgeAs } = scene(true);
  take(1, 5, 3);
  t.same(replies, ['verdicts 1 to 2']);
  t.equal(asking.length, 1, 'it is asked once for all of them');
  asking.shift()?.confirmed(7);
  t.same(replies, ['verdicts 1 to 2', 'upheld 1 to 2']);
  take(1, 5);
  asking.shift()?.lost();
  t.same(replies.slice(2), ['verdicts 1 to 2', 'overruled 1 to 2']);
  judgeAs({ kind: 'proposed', index: 1, zxid: ZXID_NONE });
  take(1, 5);
  t.equal(asking.length, 0, 'and not for what the log will tell');
});
