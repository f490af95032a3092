/**
 * Events without gaps, in numbers: eight who listen in every way there is, while every member is
 * stopped and killed once and writers write. Each hears every event once, in order, and before
 * anything newer.
 */
import t from 'tap';
import { Batches } from './batches.ts';
import { type Habits, Listener, listenerFindings } from './listeners.ts';
import { clientOf, startEnsemble } from './setup.ts';

const EVENTS = 50_000;
const WRITERS = 6;
/** Of those who read, too: so many answers at least are held against the events before them. */
const ANSWERS = 100;

/** Bounds that are met: what one connection may leave unread, and what is kept in memory. */
const LIMITS = ['outboxBytes=100000', 'historyBytes=500000'];

const LISTENERS: readonly Habits[] = [
  { over: 'ws', reads: true },
  { over: 'sse' },
  { over: 'ws', include: true, sleeps: { after: 1000, during: 8000 } },
  { over: 'sse', include: true, sleeps: { after: 1000, during: 8000 } },
  { over: 'ws', leavesAfter: 1717, reads: true },
  { over: 'sse', leavesAfter: 1313 },
  { over: 'ws', include: true, leavesAfter: 5003 },
  { over: 'sse', include: true, leavesAfter: 4001 },
];

t.setTimeout(240_000);

await t.test('every listener hears every event once, in order, before what is newer', async (t) => {
  const args = LIMITS.flatMap((limit) => ['--limit', limit]);
  const ensemble = await startEnsemble(t, { args });
  const client = await clientOf(t, await ensemble.leader(), 60_000);
  const batches = new Batches(ensemble.members, '/heard', WRITERS);
  await batches.prepare(client);
  const since = client.zxid;
  const listeners = LISTENERS.map(
    (habits, at) => new Listener(habits, ensemble.members, at % 3, batches),
  );
  t.teardown(() => Promise.all(listeners.map((listener) => listener.stop())));
  for (const listener of listeners) listener.start(since);

  batches.start();
  const ends = ['SIGTERM', 'SIGKILL'] as const;
  const rounds = ends.flatMap((signal) => ensemble.members.map((member) => ({ signal, member })));
  const goal = (round: number) => ((round + 1) * EVENTS) / (rounds.length + 1);
  batches.hurryTo(goal(0));
  const sleepers = listeners.filter(({ habits }) => habits.sleeps !== undefined);
  await ensemble.until('some do not read', async () => sleepers.every(({ asleep }) => asleep));
  await batches.beLoud(client);
  await batches.reach(goal(0));
  batches.allAwake = true;
  await ensemble.until('they read again', async () => sleepers.every(({ asleep }) => !asleep));
  batches.allAwake = false;
  for (const [at, { signal, member }] of rounds.entries()) {
    batches.hurryTo(goal(at + 1));
    await member.kill(signal);
    await batches.goesOn(300);
    await member.start();
    await ensemble.whole();
    await batches.reach(goal(at + 1));
  }
  batches.allAwake = true;
  await batches.stop();

  await ensemble.digests();
  const reader = await clientOf(t, await ensemble.leader());
  const expected = await batches.expected(reader);
  t.ok(expected.length >= EVENTS, `${expected.length} events`);
  t.same(batches.findings, [], 'what the writers were told is true');
  await ensemble.until('all have heard the last event', async () =>
    listeners.every(({ heard }) => heard.at(-1)?.startsWith(expected.at(-1)?.text ?? '')),
  );
  await Promise.all(listeners.map((listener) => listener.stop()));
  for (const listener of listeners) {
    const { name, connections, answers, habits } = listener;
    const what = `${name}: over ${connections} connections, ${answers.length} answers`;
    t.same(listenerFindings(listener, expected), [], what);
    if (habits.reads === true) t.ok(answers.length >= ANSWERS, `${name}: it has read on`);
  }
  const sum = (pick: (listener: Listener) => number) =>
    listeners.reduce((all, listener) => all + pick(listener), 0);
  t.ok(sum(({ connections }) => connections) > listeners.length + rounds.length, 'cut by members');
  t.ok(sum(({ left }) => left) > 50, 'and by themselves');
  const overflows = sum(({ overflows }) => overflows);
  t.ok(overflows > 0, `closed for not reading, over a WebSocket: ${overflows}`);
});
