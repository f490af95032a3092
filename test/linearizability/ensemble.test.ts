/**
 * Linearizable reads of an ensemble whose leaders are paused and killed are never stale: the
 * history of all reads and writes of a register is one that a register can have. Plain reads of the
 * same run show staleness, which proves that the check could have found it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { startEnsemble } from '../ensemble/setup.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { isLinearizable, type Operation } from './checker.ts';

const TARGET = '/v1/znodes/register';
const LINEARIZABLE = `${TARGET}?consistency=linearizable`;
/** More of them with `LINEARIZABILITY_ROUNDS=20`. */
const ROUNDS = Number(process.env['LINEARIZABILITY_ROUNDS'] ?? 1);
/** So that a history is thousands of operations at most, ms. */
const PAUSE_MS = 10;

t.setTimeout(120_000);

class Recorder {
  readonly history: Operation[] = [];
  readonly findings: string[] = [];
  /** No write is begun, so that none is under way that an old value could be taken for. */
  quiet = false;
  writing = 0;
  #last = 0;
  #stopped = false;

  get writes(): number {
    return this.history.filter(({ kind }) => kind === 'write').length;
  }

  get reads(): number {
    return this.history.length - this.writes;
  }

  stop(): void {
    this.#stopped = true;
  }

  async write(http: HttpClient): Promise<boolean> {
    this.#last += 1;
    const value = `${this.#last}`;
    const called = performance.now();
    let status = 0;
    try {
      ({ status } = await http.send({ method: 'PUT', target: TARGET, json: { data: value } }));
    } catch {
      // The member was killed: whether it was done is not known.
    }
    if (status === 503) return false;
    const isDone = status === 200 || status === 201;
    const answered = isDone ? performance.now() : undefined;
    if (!isDone && status !== 504 && status !== 0) this.findings.push(`a write: ${status}`);
    this.history.push({ kind: 'write', value, called, answered });
    return isDone;
  }

  /** What was read; undefined when there was no answer. */
  async read(http: HttpClient, target = LINEARIZABLE): Promise<Operation | undefined> {
    const called = performance.now();
    try {
      const answer = await http.send({ target });
      if (answer.status === 503) return undefined;
      if (answer.status !== 200) this.findings.push(`a read: ${answer.status} ${answer.text}`);
      const value = answer.json<{ data: string }>().data;
      return { kind: 'read', value, called, answered: performance.now() };
    } catch {
      return undefined;
    }
  }

  async keepReading(http: HttpClient): Promise<void> {
    while (!this.#stopped) {
      const read = await this.read(http);
      if (read !== undefined) this.history.push(read);
      await sleep(PAUSE_MS);
    }
  }

  async keepWriting(http: HttpClient): Promise<void> {
    while (!this.#stopped) {
      if (!this.quiet) {
        this.writing += 1;
        await this.write(http);
        this.writing -= 1;
      }
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * The leader is paused, the others go on without it; what it is asked meanwhile it finds when it
 * wakes up, before it can have learnt of anything.
 */
async function askPausedLeader(
  t: Test,
  ensemble: Ensemble,
  recorder: Recorder,
  clients: ReadonlyMap<EnsembleMember, HttpClient>,
): Promise<readonly Operation[]> {
  const leader = await ensemble.whole();
  const [other] = ensemble.others(leader);
  const [atLeader, atOther] = [clients.get(leader), other && clients.get(other)];
  if (atLeader === undefined || atOther === undefined) throw new Error('there is no other member');
  recorder.quiet = true;
  await ensemble.until('no write is under way', async () => recorder.writing === 0);
  await ensemble.until('one is done', () => recorder.write(atOther));
  leader.pause();
  await ensemble.until('the others go on', () => recorder.write(atOther));
  const plain = recorder.read(atLeader, TARGET);
  const confirmed = recorder.read(atLeader);
  // Both have reached its sockets before it runs again.
  await sleep(100);
  leader.resume();
  const [stale, fresh] = await Promise.all([plain, confirmed]);
  recorder.quiet = false;
  if (fresh !== undefined) recorder.history.push(fresh);
  t.ok(stale, 'it answers a plain read from what it has');
  return stale === undefined ? [] : [stale];
}

await t.test('reads and writes of one register', async (t) => {
  const ensemble = await startEnsemble(t);
  const clients = new Map(ensemble.members.map((each) => [each, new HttpClient(each.port)]));
  t.teardown(() => [...clients.values()].map((http) => http.close()));
  const recorder = new Recorder();
  const [first] = clients.values();
  if (first === undefined) throw new Error('there is no member');
  await ensemble.until('it is there', () => recorder.write(first));
  const begun = [...clients.values()].flatMap((http) => [
    recorder.keepReading(http),
    recorder.keepWriting(http),
  ]);
  const stale: Operation[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    stale.push(...(await askPausedLeader(t, ensemble, recorder, clients)));
    const leader = await ensemble.whole();
    await leader.kill();
    await ensemble.leader();
    const reached = recorder.writes;
    await ensemble.until('writes go on', async () => recorder.writes > reached + 20);
    await leader.start();
  }
  await ensemble.whole();
  await ensemble.until('there is enough to judge', async () => recorder.reads > 100);
  recorder.stop();
  await Promise.all(begun);

  const { history, findings, reads, writes } = recorder;
  t.same(
    findings,
    [],
    `${reads} reads and ${writes} writes, none refused but for want of a leader`,
  );
  t.ok(isLinearizable(history, ''), 'linearizable reads are');
  t.notOk(isLinearizable([...history, ...stale], ''), 'plain ones are not, and that is found');
});
