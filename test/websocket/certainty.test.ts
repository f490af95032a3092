/**
 * What a connection is told of the time that its session has left, and of the end of what is
 * certain: each state once, and nothing of a failover that the session outlasts.
 */
import t, { type Test } from 'tap';
import { Certainty, FIRST_WORD_MS } from '../../routes/ws/certainty.ts';
import { ROUND_MS } from '../../routes/ws/rounds.ts';
import { ConnectionSession, type SessionHolder } from '../../routes/ws/session.ts';
import type { OpenSessionAnswer, ReadOnlyService, Subscriber } from '../../server/types.ts';

const TIMEOUT = 4000;
const SESSION = '0000000100000001';

t.test('what was certain once stays so', async (t) => {
  let said = 0;
  const certainty = new Certainty(1000, TIMEOUT, TIMEOUT, () => said);
  t.equal(certainty.left(1000), TIMEOUT);
  t.equal(certainty.left(3500), TIMEOUT - 2500, 'though the member has nothing to say at present');
  said = 500;
  t.equal(certainty.left(3500), TIMEOUT - 2500, 'or has less');
  said = TIMEOUT;
  t.equal(certainty.left(3500), TIMEOUT, 'and more is taken');
  said = 0;
  t.equal(certainty.lasts(3500 + TIMEOUT - 1), 1);
  t.equal(certainty.lasts(3500 + TIMEOUT), 0, 'until exactly then');
  t.equal(certainty.left(9000), 0, 'and nothing is less than nothing');
});

t.test('the member is asked at a tick when half of the time is gone', async (t) => {
  let asked = 0;
  const remaining = () => {
    asked += 1;
    return TIMEOUT;
  };
  const certainty = new Certainty(0, TIMEOUT, TIMEOUT, remaining);
  for (let now = 0; now <= TIMEOUT / 2; now += ROUND_MS) certainty.lasts(now);
  t.equal(asked, 0);
  t.equal(certainty.lasts(TIMEOUT / 2 + 1), TIMEOUT);
  t.equal(asked, 1);
});

t.test('a beginning of which nothing is certain', async (t) => {
  let said = 0;
  const remaining = () => said;
  const begun = new Certainty(0, TIMEOUT, 0, remaining);
  t.equal(begun.left(0), 0, 'is told as it is');
  t.equal(begun.lasts(0), TIMEOUT, 'and is given the time of the session to become certain');
  said = 300;
  t.equal(begun.lasts(100), 300, 'once, and no longer than until something is certain');
  said = 0;
  t.equal(begun.lasts(400), 0);
  t.equal(new Certainty(0, 60_000, 0, remaining).lasts(0), FIRST_WORD_MS, 'at most this much');
});

// ------------------------------------------------------------------------- what is told of it

/** A connection whose member says what the test wants it to; what was sent on it. */
class Scene implements SessionHolder {
  readonly subscriber = {} as Subscriber;
  readonly session = new ConnectionSession(this);
  isClosed = false;
  /** What the member says is left, and whether it is in read-only service. */
  remaining = TIMEOUT;
  service: ReadOnlyService | undefined;
  told: string[] = [];
  lastFrame: Record<string, unknown> = {};
  readonly begunAt: number;

  /** `id` '' = it begins without a session. */
  constructor({ readOnly = false, id = SESSION, expiresInMs = TIMEOUT } = {}) {
    if (id === '') this.service = {};
    const expires = id === '' ? undefined : expiresInMs;
    const shown = { session: id, token: 'token', timeoutMs: TIMEOUT, expiresInMs: expires };
    const joined = { ...shown, resumed: false, zxid: 0 as never, lastId: 0 };
    this.begunAt = performance.now();
    this.result = JSON.parse(this.session.begin(joined, { id: 1, op: 'connect', readOnly }));
  }

  readonly result: Record<string, unknown>;

  readonly coordinator = {
    readOnly: () => this.service,
    sessionInfo: () => ({ expiresInMs: this.remaining }),
    attach: () => undefined,
    openSession: (timeoutMs: number, done: (answer: OpenSessionAnswer) => void) => {
      const opened = { session: SESSION, token: 'new', timeoutMs, expiresInMs: timeoutMs - 1 };
      done({ ok: true, zxid: 0 as never, ...opened });
    },
  } as unknown as SessionHolder['coordinator'];

  tell(frame: string): void {
    this.lastFrame = JSON.parse(frame);
    this.told.push(String(this.lastFrame['state']));
  }

  close(): void {
    this.isClosed = true;
  }

  speakFor(): void {
    // Whose requests are whose is another matter.
  }

  /** Ticks from one time after the beginning to another. */
  pass(fromMs: number, toMs: number): void {
    for (let ms = fromMs; ms <= toMs; ms += ROUND_MS) this.session.tick(this.begunAt + ms);
  }
}

/** The connection has been told this since the last time. */
function hasTold(t: Test, scene: Scene, expected: readonly string[], message = 'told'): void {
  t.strictSame(scene.told, expected, message);
  scene.told = [];
}

t.test('a member that is cut off', async (t) => {
  const scene = new Scene();
  t.equal(scene.result['expiresInMs'], TIMEOUT);
  scene.remaining = 0;
  scene.pass(0, TIMEOUT - ROUND_MS);
  hasTold(t, scene, [], 'nothing while it is certain that the session lives');
  t.ok(Number(scene.session.expiresInMs) > 0);
  scene.pass(TIMEOUT + ROUND_MS, 3 * TIMEOUT);
  hasTold(t, scene, ['uncertain'], 'once, then');
  t.strictSame(scene.lastFrame, { event: 'session', state: 'uncertain', sessionId: SESSION });
  scene.remaining = TIMEOUT;
  scene.pass(3 * TIMEOUT, 4 * TIMEOUT);
  hasTold(t, scene, ['connected'], 'and when it is certain again');
  scene.remaining = 0;
  scene.pass(5 * TIMEOUT + 1000, 6 * TIMEOUT);
  hasTold(t, scene, ['uncertain'], 'each time');
  scene.session.ended('expired');
  hasTold(t, scene, ['expired']);
  t.ok(scene.isClosed);
});

t.test('a failover that the session outlasts', async (t) => {
  const scene = new Scene({ readOnly: true });
  scene.pass(0, 1000);
  scene.remaining = 0;
  scene.pass(1000, 3500);
  scene.remaining = TIMEOUT;
  scene.pass(3500, 3 * TIMEOUT);
  hasTold(t, scene, [], 'is not told');
});

t.test('a client that allows read-only service', async (t) => {
  const scene = new Scene({ readOnly: true });
  scene.remaining = 0;
  scene.pass(0, TIMEOUT + ROUND_MS);
  scene.service = { ageMs: 5000 };
  scene.pass(TIMEOUT + ROUND_MS, 2 * TIMEOUT);
  hasTold(t, scene, ['uncertain', 'connectedReadOnly'], 'is told of both, as they come');
  t.equal(scene.lastFrame['ageMs'], 5000);
  scene.service = undefined;
  scene.pass(2 * TIMEOUT, 2 * TIMEOUT + 500);
  hasTold(t, scene, [], 'the one is over, the other is not');
  scene.remaining = TIMEOUT;
  scene.pass(3 * TIMEOUT, 4 * TIMEOUT);
  hasTold(t, scene, ['connected'], 'and is told once when both are over');
  scene.service = {};
  scene.pass(4 * TIMEOUT, 5 * TIMEOUT);
  scene.service = undefined;
  scene.pass(5 * TIMEOUT, 6 * TIMEOUT);
  hasTold(t, scene, ['connectedReadOnly', 'connected'], 'with time left, of the service alone');
});

t.test('another client is not told of read-only service', async (t) => {
  const scene = new Scene();
  scene.service = {};
  scene.pass(0, 2 * TIMEOUT);
  hasTold(t, scene, []);
});

t.test('a connection without a session has no time, and gets both together', async (t) => {
  const scene = new Scene({ readOnly: true, id: '' });
  t.notOk('expiresInMs' in scene.result);
  t.equal(scene.session.expiresInMs, undefined);
  scene.pass(0, 2 * TIMEOUT);
  hasTold(t, scene, [], 'nothing can become uncertain');
  scene.service = undefined;
  scene.pass(2 * TIMEOUT, 2 * TIMEOUT);
  hasTold(t, scene, ['connected']);
  t.match(scene.lastFrame, { sessionId: SESSION, token: 'new', expiresInMs: TIMEOUT - 1 });
});

t.test('the end of what is certain is not waited for until the next tick', async (t) => {
  const brief = ROUND_MS / 5;
  const scene = new Scene({ expiresInMs: brief });
  scene.remaining = 0;
  scene.session.tick(performance.now());
  hasTold(t, scene, []);
  while (scene.told.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  t.ok(performance.now() - scene.begunAt >= brief, 'not before it');
  hasTold(t, scene, ['uncertain'], 'without another tick');
});
