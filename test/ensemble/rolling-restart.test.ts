/**
 * Each member in turn is stopped in good order and started again, as for an upgrade, while clients
 * work that try a request again at most three times. None of them notices more than a retry.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { ELECTION_TIMEOUT_MS, type EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';

const CLIENTS = 8;
const RETRIES = 3;
const BACK_OFF_MS = 100;
const ROUNDS = 2;
/** Between two requests of a client: some are under way whenever a member goes, ms. */
const PAUSE_MS = 20;

t.setTimeout(120_000);

/** Creates one znode after the other; a request that fails is tried again at the next member. */
class RetryingClient {
  readonly done: string[] = [];
  readonly failed: string[] = [];
  /** How many requests needed how many retries. */
  readonly retries = new Map<number, number>();
  readonly successes: number[] = [];
  readonly #https: readonly HttpClient[];
  #at: number;
  #stopped = false;
  readonly #running: Promise<void>;

  constructor(name: string, members: readonly EnsembleMember[], first: number) {
    this.#https = members.map(({ port }) => new HttpClient(port));
    this.#at = first;
    this.#running = this.#run(name);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    for (const http of this.#https) http.close();
  }

  async #run(name: string): Promise<void> {
    for (let number = 0; !this.#stopped; number += 1) {
      const path = `/rolling/${name}-${number}`;
      const answers: string[] = [];
      for (let retry = 0; ; retry += 1) {
        const answer = await this.#try(path);
        answers.push(answer);
        // After an answer that was lost: the first attempt has done it.
        if (answer === '201' || (answer === '409 NodeExists' && retry > 0)) {
          this.done.push(path);
          this.successes.push(performance.now());
          this.retries.set(retry, (this.retries.get(retry) ?? 0) + 1);
          break;
        }
        if (retry === RETRIES) {
          this.failed.push(`${path}: ${answers.join(', ')}`);
          break;
        }
        this.#at += 1;
        await sleep(BACK_OFF_MS * 2 ** retry);
      }
      await sleep(PAUSE_MS);
    }
  }

  async #try(path: string): Promise<string> {
    const http = this.#https[this.#at % this.#https.length];
    if (http === undefined) throw new Error('there is no member');
    try {
      const answer = await http.send({ method: 'POST', target: `/v1/znodes${path}` });
      return answer.status === 201 ? '201' : `${answer.status} ${answer.json()['code']}`;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }
}

await t.test('a rolling restart under load', async (t) => {
  const ensemble = await startEnsemble(t);
  const client = await clientOf(t, await ensemble.leader(), 60_000);
  await client.create('/rolling');
  const clients = Array.from(
    { length: CLIENTS },
    (_, at) => new RetryingClient(`client-${at}`, ensemble.members, at),
  );
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const member of ensemble.members) {
      const led = (await ensemble.leader()) === member;
      await member.stop();
      const next = await ensemble.leader();
      t.not(next, member, led ? 'the leader has handed over' : 'a follower has gone');
      await member.start();
      await ensemble.whole();
    }
  }
  const ended = performance.now();
  await Promise.all(clients.map((one) => one.stop()));

  t.same(
    clients.flatMap(({ failed }) => failed),
    [],
    `no request fails with at most ${RETRIES} retries`,
  );
  const successes = clients.flatMap((one) => one.successes).sort((a, b) => a - b);
  let gap = 0;
  for (const [at, time] of successes.entries()) {
    gap = Math.max(gap, time - (successes[at - 1] ?? began));
  }
  t.ok(gap < ELECTION_TIMEOUT_MS, `${Math.round(gap)} ms at most without a success`);
  const retried: Record<number, number> = {};
  for (const { retries } of clients) {
    for (const [count, requests] of retries) retried[count] = (retried[count] ?? 0) + requests;
  }
  t.comment(`requests by retries in ${Math.round(ended - began)} ms: ${JSON.stringify(retried)}`);

  const digests = await ensemble.digests();
  t.equal(new Set(digests).size, 1);
  const reader = await clientOf(t, await ensemble.leader());
  const names = new Set<string>();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await reader.children('/rolling', after === '' ? {} : { after });
    for (const { name } of page.children) names.add(`/rolling/${name}`);
    after = page.next;
  }
  const done = clients.flatMap((one) => one.done);
  t.same(
    done.filter((path) => !names.has(path)),
    [],
    'everything that was done is there',
  );
  t.equal(names.size, done.length, 'and nothing else');
});
