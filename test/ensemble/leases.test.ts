/** A member that was away tells no client that it has more time than the leader gives it. */
import t from 'tap';
import { startEnsemble } from './setup.ts';

t.setTimeout(120_000);

const TIMEOUT = 60_000;

interface Opened {
  readonly sessionId: string;
  readonly token: string;
  readonly expiresInMs: number;
}

t.test('what is left of a session, on a member that joins in the middle of an epoch', async (t) => {
  const ensemble = await startEnsemble(t);
  const leader = await ensemble.whole();
  const [follower, other] = await ensemble.followers();
  const askedAt = performance.now();
  const answer = await fetch(`${other.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ timeoutMs: TIMEOUT }),
  });
  const { sessionId, token, expiresInMs } = (await answer.json()) as Opened;
  const openedAt = performance.now();
  t.ok(expiresInMs <= TIMEOUT && expiresInMs > TIMEOUT - (openedAt - askedAt) - 1, 'when opened');

  await follower.kill();
  await follower.start();
  await ensemble.whole();
  const headers = { 'paddock-session': token };
  const show = async (url: string) => {
    const shown = await fetch(`${url}/v1/sessions/${sessionId}`, { headers });
    return ((await shown.json()) as Opened).expiresInMs;
  };
  const before = performance.now();
  const left = await show(follower.url);
  t.ok(left <= TIMEOUT - (before - openedAt), `${left} ms: no sign of life since it was opened`);
  t.ok((await show(leader.url)) > TIMEOUT - 1000, 'the leader gives it all its time for a sign');
  await ensemble.until('signs of life on the follower count there, too', async () => {
    return (await show(follower.url)) > TIMEOUT - 1000;
  });
});
