/** Requests that other members forward: judged by the leader that they were sent to, or by none. */
import t from 'tap';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import type { ForwardReply } from '../../server/lane-messages.ts';
import { Reception } from '../../server/reception.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';

const REQUEST: WriteRequest = { op: 'closeSession', session: '', reason: 'closed' };

const NOWHERE = { index: 0, zxid: ZXID_NONE };

/** A leader whose member 2 forwards. */
function scene() {
  const replica = {
    ...{ role: 'leading' as 'leading' | 'following', ready: true, epoch: 5 },
    lastPoint: NOWHERE,
  };
  const replies: string[] = [];
  const reception = new Reception({
    replica,
    primary: {
      judge: () => ({
        kind: 'refused',
        after: NOWHERE,
        refusal: { code: 'NoNode' },
      }),
    },
    confirmations: { ask: () => undefined },
    overload: () => undefined,
    reply: (to: number, reply: ForwardReply) => {
      const generation = 'generation' in reply ? reply.generation : '';
      replies.push(`${reply.kind} ${generation} to ${to}`);
    },
  });
  const take = (generation: number, epoch: number) => {
    const caller = { session: '', identities: [] } as const;
    const requests = [{ kind: 'write', caller, request: REQUEST }] as const;
    reception.take(2, { kind: 'requests', generation, epoch, requests });
  };
  return { replica, replies, reception, take };
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
