/**
 * Master and workers against three members, each of which is killed once and comes back, the leader
 * first: every task is done once, and nobody loses a session.
 */
import t from 'tap';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Ensemble } from '../harness/ensemble.ts';
import { eventually, type Program, startProgram } from './programs.ts';

const WAVE = 4;
/** A loaded machine may keep a shell from its heartbeats for long. */
const SESSION_TIMEOUT_MS = 10_000;
const DONE_MS = 90_000;

t.setTimeout(200_000);

const ensemble = await Ensemble.start();
t.teardown(() => ensemble.end());

async function namesOf(client: WsDriver, path: string): Promise<string[]> {
  return (await client.children(path)).children.map(({ name }) => name);
}

t.test('every task is done once, whichever member dies', async (t) => {
  const env = {
    MEMBER: ensemble.members.map(({ url }) => url).join(),
    SESSION_TIMEOUT_MS: String(SESSION_TIMEOUT_MS),
    WORK_SECONDS: '0.2',
  };
  const start = (script: string, ...args: string[]) =>
    startProgram(t, `master-worker/${script}`, args, env);
  const says = (program: Program, text: string) =>
    eventually(`it says ${text}`, () => program.output().includes(text), DONE_MS);
  const clients: Program[] = [];

  const master = start('master.ts', 'anna');
  await says(master, 'leading');
  const standby = start('master.ts', 'bert');
  await says(standby, 'standing by');
  const workers = ['w1', 'w2', 'w3'].map((name) => start('worker.sh', name));
  for (const worker of workers) await says(worker, 'registered');

  const first = await ensemble.leader();
  for (const member of [first, ...ensemble.others(first)]) {
    const wave = Array.from({ length: WAVE }, (_, n) => {
      return start('submit.sh', `text "${clients.length + n}"`);
    });
    clients.push(...wave);
    for (const client of wave) await says(client, 'submitted');
    await member.kill();
    await eventually(
      'a task of this wave is done without it',
      () => wave.some((client) => /^task-\d+: /m.test(client.output())),
      DONE_MS,
    );
    await member.start();
    await ensemble.whole();
  }

  const codes = await Promise.all(clients.map((client) => client.ended()));
  t.same([...new Set(codes)], [0], 'every client hears of its result');
  const all = [master, standby, ...workers];
  const anew = all.filter((program) => program.output().includes('beginning anew'));
  t.same(anew.length, 0, 'every session outlives the members');
  t.equal(standby.lines().filter((line) => line.endsWith('leading')).length, 0, 'anna leads on');

  const client = await WsDriver.connect(first.wsUrl);
  t.teardown(() => client.disconnect());
  await client.sync();
  t.same(await namesOf(client, '/tasks'), [], 'nothing is left to do');
  const done = await namesOf(client, '/status');
  t.equal(done.length, clients.length, 'every task is done');
  const results = await Promise.all(done.map((task) => client.get(`/status/${task}`)));
  for (const { data } of results) t.match(data, /^TEXT "\d+" by w[123]$/);
  t.equal(new Set(results.map(({ data }) => data.split(' by ')[0])).size, clients.length);
  const times = results.map(({ stat }) => stat.version);
  t.same([...new Set(times)], [0], 'and none has been recorded twice');
  for (const worker of await namesOf(client, '/assign')) {
    t.same(await namesOf(client, `/assign/${worker}`), [], `${worker} has nothing left`);
  }
});
