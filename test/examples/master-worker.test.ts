/**
 * Scenario "master and workers": a master, a standby and three workers; one after the other the
 * master, a worker and the member are killed, and a worker is cut off. Every task is done once.
 */
import t from 'tap';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { eventually, type Program, startProgram } from './programs.ts';

const TASKS = 24;
const SESSION_TIMEOUT_MS = 1500;

async function names(member: MemberProcess, path: string): Promise<string[]> {
  const answer = await fetch(`${member.url}/v1/children${path}`);
  if (answer.status === 404) return [];
  const { children } = (await answer.json()) as { children: { name: string }[] };
  return children.map(({ name }) => name);
}

async function textOf(member: MemberProcess, path: string): Promise<string> {
  const headers = { accept: 'application/octet-stream' };
  return await (await fetch(`${member.url}/v1/znodes${path}`, { headers })).text();
}

async function doneCount(member: MemberProcess): Promise<number> {
  return (await names(member, '/status')).length;
}

async function heldBy(member: MemberProcess, worker: string): Promise<number> {
  return (await names(member, `/assign/${worker}`)).length;
}

t.test('every task is done once, whoever dies', async (t) => {
  let member = await startMember();
  const env = {
    MEMBER: member.url,
    SESSION_TIMEOUT_MS: String(SESSION_TIMEOUT_MS),
    WORK_SECONDS: '0.3',
  };
  const start = (script: string, ...args: string[]) =>
    startProgram(t, `master-worker/${script}`, args, env);
  const leads = (program: Program) => program.lines().some((line) => line.endsWith(': leading'));

  const master = start('master.ts', 'anna');
  await eventually('anna leads', () => leads(master));
  const standby = start('master.ts', 'bert');
  await eventually('bert stands by', () => standby.output().includes('standing by'));
  const workers = ['w1', 'w2', 'w3'].map((name) => start('worker.sh', name));
  const [w1, w2] = workers as [Program, Program, Program];
  const clients = Array.from({ length: TASKS }, (_, i) => start('submit.sh', `text "${i}"`));

  await eventually('work has begun', async () => (await doneCount(member)) >= 3);
  await eventually('w1 has work', async () => (await heldBy(member, 'w1')) > 0);
  await w1.kill();
  await eventually('the dead worker is dismissed', async () => {
    return !(await names(member, '/assign')).includes('w1');
  });

  await master.kill();
  await eventually('the standby leads', () => leads(standby));

  await eventually('w2 has work', async () => (await heldBy(member, 'w2')) > 0);
  w2.signal('SIGSTOP');
  await eventually('the worker that was cut off is dismissed', async () => {
    return !(await names(member, '/assign')).includes('w2');
  });
  w2.signal('SIGCONT');
  await eventually('it notices', () => w2.output().includes('beginning anew'));

  await member.kill('SIGKILL');
  member = await startMember({ dataDir: member.dataDir, port: member.port });
  const late = start('submit.sh', 'after the restart');

  const codes = await Promise.all([...clients, late].map((client) => client.ended()));
  t.ok(
    codes.every((code) => code === 0),
    'every client hears of its result',
  );

  await eventually('nothing is left to do', async () => {
    return (await names(member, '/tasks')).length === 0;
  });
  const done = await names(member, '/status');
  t.equal(new Set(done).size, done.length);
  t.equal(done.length, TASKS + 1, 'every task is done');
  for (const task of done) {
    t.match(await textOf(member, `/status/${task}`), /^(TEXT "\d+"|AFTER THE RESTART) by w[123]$/);
  }
  const texts = await Promise.all(done.map((task) => textOf(member, `/status/${task}`)));
  t.equal(new Set(texts.map((text) => text.split(' by ')[0])).size, TASKS + 1, 'none twice');
  for (const worker of await names(member, '/assign')) {
    t.equal(await heldBy(member, worker), 0, `${worker} has nothing left`);
  }
});
