/**
 * A connection is a queue: whatever is sent ahead on it, in whatever frames, takes effect and is
 * answered in the order in which it was sent. Shown against a model that does one thing at a time.
 */
import t from 'tap';
import { WsDriver } from '../conformance/ws-driver.ts';
import { between, type Random, randomFrom, SEED } from '../crash/random.ts';
import { startMember } from '../harness/member.ts';

t.setTimeout(60_000);

interface Step {
  readonly request: { readonly op: string; readonly [parameter: string]: unknown };
  /** What of the answer matters: the code of its error, or the version and data that it shows. */
  readonly expected: string;
}

/** One znode as its only client knows it. */
class Model {
  readonly #path: string;
  #data: string | undefined;
  #version = 0;

  constructor(path: string) {
    this.#path = path;
  }

  step(random: Random): Step {
    const path = this.#path;
    const choice = random();
    if (choice < 0.25) return { request: { op: 'get', path }, expected: this.#shown() };
    if (choice < 0.35) {
      const known = this.#data !== undefined;
      return { request: { op: 'exists', path }, expected: known ? `v${this.#version}` : 'absent' };
    }
    if (choice < 0.6) return this.#set(`${Math.floor(random() * 1e6)}`);
    if (choice < 0.7) {
      // A refusal that rests on everything before it.
      const request = { op: 'set', path, data: 'x', version: this.#version + 7 };
      return { request, expected: this.#data === undefined ? 'NoNode' : 'BadVersion' };
    }
    if (choice < 0.75) return { request: { op: 'set', path: '//' }, expected: 'BadArguments' };
    if (choice < 0.8) return { request: { op: 'sync' }, expected: 'done' };
    if (choice < 0.85) return { request: { op: 'ping' }, expected: 'done' };
    if (choice < 0.93) return this.#create();
    return this.#delete();
  }

  #shown(): string {
    return this.#data === undefined ? 'NoNode' : `v${this.#version} ${this.#data}`;
  }

  #set(data: string): Step {
    const request = { op: 'set', path: this.#path, data };
    if (this.#data === undefined) return { request, expected: 'NoNode' };
    this.#data = data;
    this.#version += 1;
    return { request, expected: `v${this.#version}` };
  }

  #create(): Step {
    const request = { op: 'create', path: this.#path, data: 'new' };
    if (this.#data !== undefined) return { request, expected: 'NodeExists' };
    this.#data = 'new';
    this.#version = 0;
    return { request, expected: 'v0' };
  }

  #delete(): Step {
    const request = { op: 'delete', path: this.#path };
    if (this.#data === undefined) return { request, expected: 'NoNode' };
    this.#data = undefined;
    return { request, expected: 'done' };
  }
}

function shownBy(answer: WsDriver['arrived'][0] | undefined): string {
  if (answer?.error !== undefined) return answer.error.code;
  const { stat, data, exists } = (answer?.result ?? {}) as {
    stat?: { version: number };
    data?: string;
    exists?: boolean;
  };
  if (exists === false) return 'absent';
  if (stat === undefined) return 'done';
  return data === undefined ? `v${stat.version}` : `v${stat.version} ${data}`;
}

/** Sends all of it at once: single frames and array frames of every length, by chance. */
function sendAhead(client: WsDriver, steps: readonly Step[], random: Random): Promise<unknown> {
  const sent: Promise<unknown>[] = [];
  for (let at = 0; at < steps.length; ) {
    const count = random() < 0.5 ? 1 : between(random, 1, 20);
    const requests = steps.slice(at, at + count).map(({ request }) => request);
    sent.push(client.frame(requests, count > 1 || random() < 0.2));
    at += count;
  }
  return Promise.all(sent);
}

async function converse(client: WsDriver, path: string, random: Random, length: number) {
  const model = new Model(path);
  const steps = Array.from({ length }, () => model.step(random));
  const from = client.arrived.length;
  await sendAhead(client, steps, random);
  const answers = client.arrived.slice(from).filter(({ id }) => id !== undefined);
  const ids = answers.map(({ id }) => id ?? 0);
  return {
    ids,
    zxids: answers.map(({ zxid }) => zxid ?? ''),
    shown: answers.map(shownBy),
    expected: steps.map(({ expected }) => expected),
  };
}

/** How many may be under way: the fewer, the more of the order rests on what waits. */
for (const inFlight of [1, 3, 8, 1000]) {
  await t.test(`${inFlight} requests in flight (seed ${SEED})`, async (t) => {
    const random = randomFrom(SEED + inFlight);
    const member = await startMember({
      args: ['--limit', `inFlightPerConnection=${inFlight}`, '--limit', 'outboxBytes=4000'],
    });
    t.teardown(() => member.stop());
    const clients = await Promise.all(
      Array.from({ length: 4 }, () => WsDriver.connect(member.wsUrl)),
    );
    for (let round = 0; round < 3; round += 1) {
      const conversations = clients.map((client, number) =>
        converse(client, `/z-${number}-${round}`, random, 400),
      );
      for (const { ids, zxids, shown, expected } of await Promise.all(conversations)) {
        t.strictSame(
          ids,
          ids.toSorted((a, b) => a - b),
          'answers come in the order of the requests',
        );
        t.equal(new Set(ids).size, 400, 'one for each');
        t.strictSame(shown, expected, 'and say what a queue would have said');
        t.strictSame(zxids, zxids.toSorted(), 'never from an older state than the one before');
      }
    }
    for (const client of clients) client.disconnect();
  });
}

await t.test('a refusal does not overtake the reads that were sent before it', async (t) => {
  const member = await startMember({ args: ['--limit', 'inFlightPerConnection=100'] });
  t.teardown(() => member.stop());
  const client = await WsDriver.connect(member.wsUrl);
  await client.create('/x');
  const answers = await client.frame([
    { op: 'set', path: '/x', data: 'y' },
    ...Array.from({ length: 99 }, () => ({ op: 'get', path: '/x' })),
    // It is begun within the answer to the first one, when nothing that it rests on is pending.
    { op: 'set', path: '/x', data: 'z', version: 77 },
  ]);
  t.match(answers.at(-1), { error: { code: 'BadVersion' } });
  const ids = client.arrived.flatMap(({ id }) => id ?? []);
  t.strictSame(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  client.disconnect();
});
