/**
 * Scenario "master and workers": a master, a standby and three workers; one after the other the
 * master, a worker and the member are killed, and a worker is cut off. Every task is done once.
 */
import t from 'tap';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { eventually, type Program, startProgram } from './programs.ts';

/** Tasks submitted before each death, so that there is work in the middle of it. */
const WAVE = 7;
const SESSION_TIMEOUT_MS = 3000;

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
  const clients: Program[] = [];
  const submit = () => {
    for (let n = 0; n < WAVE; n += 1) clients.push(start('submit.sh', `text "${clients.length}"`));
  };
  const hasWork = (worker: string) =>
    eventually(`${worker} has work`, async () => (await heldBy(member, worker)) > 0);
  const isDismissed = (worker: string) =>
    eventually(`${worker} is dismissed`, async () => {
      return !(await names(member, '/assign')).includes(worker);
    });

  const master = start('master.ts', 'anna');
  await eventually('anna leads', () => leads(master));
  const standby = start('master.ts', 'bert');
  await eventually('bert stands by', () => standby.output().includes('standing by'));
  const w1 = start('worker.sh', 'w1');
  const w2 = start('worker.sh', 'w2');
  const w3 = start('worker.sh', 'w3');

  submit();
  await hasWork('w1');
  await w1.kill();
  await isDismissed('w1');

  submit();
  await hasWork('w2');
  await master.kill();
  await eventually('the standby leads', () => leads(standby));

  submit();
  await hasWork('w2');
  w2.signal('SIGSTOP');
  await isDismissed('w2');
  w2.signal('SIGCONT');
  await eventually('it notices', () => w2.output().includes('beginning anew'));

  submit();
  await eventually('all is submitted', () =>
    clients.every((client) => client.output().includes('submitted')),
  );
  await member.kill('SIGKILL');
  member = await startMember({ dataDir: member.dataDir, port: member.port });
  submit();

  // The sessions outlive the member: only the one that was cut off before had to begin anew.
  const begunAnew = (program: Program) => program.output().split('beginning anew').length - 1;

  const codes = await Promise.all(clients.map((client) => client.ended()));
  t.ok(
    codes.every((code) => code === 0),
    'every client hears of its result',
  );
  t.same([standby, w2, w3].map(begunAnew), [0, 1, 0], 'sessions outlive a restart of the member');
  t.same(await names(member, '/tasks'), [], 'nothing is left to do');
  const done = await names(member, '/status');
  t.equal(done.length, clients.length, 'every task is done');
  const results = await Promise.all(done.map((task) => textOf(member, `/status/${task}`)));
  for (const result of results) t.match(result, /^TEXT "\d+" by w[123]$/);
  t.equal(new Set(results.map((result) => result.split(' by ')[0])).size, clients.length);
  for (const worker of await names(member, '/assign')) {
    t.equal(await heldBy(member, worker), 0, `${worker} has nothing left`);
  }
});
