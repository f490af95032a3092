/**
 * The WebSocket load generator, a process of its own: `node bench/ws-load.ts JOB`, where JOB is a
 * JSON object with `mode` and what the mode needs. Prints one JSON object of numbers: latencies in
 * milliseconds, CPU in microseconds per operation.
 */
import { randomBytes } from 'node:crypto';
import { cpuSeconds, sleep } from './process.ts';
import { Samples } from './statistics.ts';
import { Driver, type Flow, type Plan } from './ws-driver.ts';
import { FrameWriter } from './ws-frames.ts';

export interface LoadJob {
  readonly mode: 'load' | 'create-delete' | 'serial' | 'watch' | 'fill' | 'idle';
  readonly port: number;
  /** The member's process, for its CPU. */
  readonly pid: number;
  readonly sessions: number;
  /** Requests that each session keeps under way. */
  readonly outstanding?: number;
  readonly requestsPerFrame?: number;
  /** Bytes of a znode's data. */
  readonly size?: number;
  readonly readPercent?: number;
  readonly warmSeconds?: number;
  readonly seconds?: number;
  /** Of modes that end by themselves: operations, watchers, znodes or rounds. */
  readonly count?: number;
}

const KEYS = 1000;
const MAX_SAMPLES = 4_000_000;
const ID = '"id":##########';
/** Parents among which a filled tree is spread. */
const FILL_PARENTS = 100;
const WATCH_ROUNDS = 7;
const WATCH_WARM_ROUNDS = 2;

const job = JSON.parse(process.argv[2] ?? '{}') as LoadJob;
const requestsPerFrame = job.requestsPerFrame ?? 1;
const outstanding = job.outstanding ?? 1;
// Real clients mask with random bytes; a zero mask would spare the member the unmasking.
const mask = randomBytes(4);
mask[0] = (mask[0] ?? 0) | 1;
const writer = new FrameWriter(requestsPerFrame, mask);
const driver = new Driver({
  port: job.port,
  mask,
  sessions: job.sessions,
  frames: Math.max(1, Math.floor(outstanding / requestsPerFrame)),
  writer,
});
const data = 'Paddock0123456789'.repeat(1 + (job.size ?? 0) / 16).slice(0, job.size ?? 0);

const modes = { load, 'create-delete': createDelete, serial, watch, fill, idle };
await driver.open();
const result = await modes[job.mode]();
driver.close();
process.stdout.write(`${JSON.stringify({ ...result, errors: driver.errors })}\n`);
process.exit(0);

/** Closed loop over random keys for a time, after a warm-up that is not measured. */
async function load(): Promise<Record<string, number>> {
  await populate();
  const set = writer.template(`{${ID},"op":"set","path":"/bench/k$$$","data":"${data}"}`);
  const get = writer.template(`{${ID},"op":"get","path":"/bench/k$$$"}`);
  const readPercent = job.readPercent ?? 0;
  const samples = new Samples(MAX_SAMPLES);
  let stopping = false;
  const finished = driver.run(
    (flow) => {
      if (stopping) return false;
      for (let i = 0; i < requestsPerFrame; i++) {
        flow.templates[i] = Math.random() * 100 < readPercent ? get : set;
        flow.keys[i] = Math.floor(Math.random() * KEYS);
      }
      return true;
    },
    [samples],
  );
  await sleep((job.warmSeconds ?? 1) * 1000);
  samples.clear();
  const before = measure();
  await sleep((job.seconds ?? 3) * 1000);
  const result = { ...since(before), ...latencies(samples) };
  stopping = true;
  await finished;
  return result;
}

/** Creates `count` ephemeral sequential znodes, then deletes every one of them. */
async function createDelete(): Promise<Record<string, number>> {
  const parents = job.sessions;
  const first = await firstFlow();
  const tag = `/bench-${process.hrtime.bigint().toString(36)}`;
  await driver.ask(first, [{ op: 'create', path: tag }]);
  for (let i = 0; i < parents; i++)
    await driver.ask(first, [{ op: 'create', path: `${tag}/p${i}` }]);
  const each = Math.floor((job.count ?? 0) / job.sessions);
  const mode = '"mode":"ephemeral_sequential"';
  const creates = driver.flows.map((flow) =>
    writer.template(`{${ID},"op":"create","path":"${tag}/p${flow.index}/e-",${mode}}`),
  );
  const deletes = driver.flows.map((flow) =>
    writer.template(`{${ID},"op":"delete","path":"${tag}/p${flow.index}/e-$$$$$$$$$$"}`),
  );
  const result: Record<string, number> = {};
  for (const [name, templates] of [
    ['create', creates],
    ['delete', deletes],
  ] as const) {
    const samples = new Samples(MAX_SAMPLES);
    const before = measure();
    await driver.run(
      counted(each, (flow) => templates[flow.index]),
      [samples],
    );
    for (const [key, value] of Object.entries({ ...since(before), ...latencies(samples) })) {
      result[`${name}-${key}`] = value;
    }
  }
  return result;
}

/** One session, one request at a time: create, set, get and delete of the same znode, by turns. */
async function serial(): Promise<Record<string, number>> {
  const tag = `/serial-${process.hrtime.bigint().toString(36)}`;
  await driver.ask(await firstFlow(), [{ op: 'create', path: tag }]);
  const path = `"path":"${tag}/x$$$$$$$$"`;
  const steps = [
    writer.template(`{${ID},"op":"create",${path},"data":"${data}"}`),
    writer.template(`{${ID},"op":"set",${path},"data":"${data}"}`),
    writer.template(`{${ID},"op":"get",${path}}`),
    writer.template(`{${ID},"op":"delete",${path}}`),
  ];
  const series = steps.map(() => new Samples(MAX_SAMPLES / 4));
  const turns = (times: number, from: number): Plan => {
    return (flow) => {
      if (flow.planned === times * steps.length) return false;
      const step = steps[flow.planned % steps.length];
      if (step === undefined) return false;
      flow.templates[0] = step;
      flow.keys[0] = from + Math.floor(flow.planned / steps.length);
      flow.series = flow.planned % steps.length;
      flow.planned += 1;
      return true;
    };
  };
  const count = job.count ?? 2000;
  await driver.run(turns(Math.floor(count / 4), 0), []);
  await driver.run(turns(count, count), series);
  const result: Record<string, number> = {};
  for (const [i, name] of ['create', 'set', 'get', 'delete'].entries()) {
    const [p50, p99] = series[i]?.quantiles([0.5, 0.99]) ?? [];
    result[`${name}-p50`] = p50 ?? Number.NaN;
    result[`${name}-p99`] = p99 ?? Number.NaN;
  }
  return result;
}

/** `count` one-shot watches on one znode, over all sessions: from the set to the last event. */
async function watch(): Promise<Record<string, number>> {
  const first = await firstFlow();
  const path = `/watch-${process.hrtime.bigint().toString(36)}`;
  await driver.ask(first, [{ op: 'create', path, data: 'x' }]);
  const each = Math.floor((job.count ?? 0) / job.sessions);
  const reads = new Array<object>(each).fill({ op: 'get', path, watch: true });
  const times: number[] = [];
  for (let round = 0; round < WATCH_ROUNDS + WATCH_WARM_ROUNDS; round++) {
    // Equal watches of one connection are one watch, in ZooKeeper's server as in the member: what
    // comes back is as many numbers as were given out.
    let expected = 0;
    for (let i = 0; i < driver.flows.length; i += 100) {
      const group = driver.flows.slice(i, i + 100);
      const answers = await Promise.all(group.map((flow) => driver.ask(flow, reads)));
      for (const results of answers) expected += new Set(results.map(({ watch }) => watch)).size;
    }
    await sleep(200);
    driver.watchesFired = 0;
    const startedAt = performance.now();
    first.socket?.send(`{"id":${first.nextId++},"op":"set","path":"${path}","data":"y"}`);
    const deadline = startedAt + 20_000;
    while (driver.watchesFired < expected && performance.now() < deadline) await sleep(5);
    if (driver.watchesFired !== expected) {
      throw new Error(`${driver.watchesFired} of ${expected} watches fired`);
    }
    if (round >= WATCH_WARM_ROUNDS) times.push(driver.lastEventAt - startedAt);
    first.answered = 0;
  }
  times.sort((a, b) => a - b);
  return {
    last: times[times.length >> 1] ?? Number.NaN,
    fastest: times[0] ?? Number.NaN,
    slowest: times.at(-1) ?? Number.NaN,
  };
}

/** Creates `count` persistent znodes below a hundred parents. */
async function fill(): Promise<Record<string, number>> {
  const first = await firstFlow();
  await driver.ask(first, [{ op: 'create', path: '/fill' }]);
  for (let i = 0; i < FILL_PARENTS; i++) {
    await driver.ask(first, [{ op: 'create', path: `/fill/p${i}` }]);
  }
  const templates = Array.from({ length: FILL_PARENTS }, (_, i) =>
    writer.template(`{${ID},"op":"create","path":"/fill/p${i}/n$$$$$$$$","data":"${data}"}`),
  );
  let next = 0;
  const plan: Plan = (flow) => {
    if (next >= (job.count ?? 0)) return false;
    for (let i = 0; i < requestsPerFrame; i++, next++) {
      const template = templates[next % FILL_PARENTS];
      if (template !== undefined) flow.templates[i] = template;
      flow.keys[i] = next;
    }
    return true;
  };
  const samples = new Samples(MAX_SAMPLES);
  const before = measure();
  await driver.run(plan, [samples]);
  return { ...since(before), ...latencies(samples) };
}

/** Keeps its sessions open, answering pings, until its standard input ends. */
async function idle(): Promise<Record<string, number>> {
  process.stdout.write('OPEN\n');
  await new Promise((resolve) => process.stdin.resume().once('end', resolve));
  return {};
}

/** Every key of the load exists, with data of the right size. */
async function populate(): Promise<void> {
  const flow = await firstFlow();
  await driver.ask(flow, [{ op: 'set', path: '/bench', data: '', create: true }]);
  for (let i = 0; i < KEYS; i += 100) {
    const sets = Array.from({ length: 100 }, (_, k) => {
      const path = `/bench/k${String(i + k).padStart(3, '0')}`;
      return { op: 'set', path, data, create: true };
    });
    await driver.ask(flow, sets);
  }
}

/** The same request `each` times per session with growing keys. */
function counted(
  each: number,
  choose: (flow: Flow) => ReturnType<FrameWriter['template']> | undefined,
): Plan {
  return (flow) => {
    if (flow.planned + requestsPerFrame > each) return false;
    for (let i = 0; i < requestsPerFrame; i++) {
      const template = choose(flow);
      if (template === undefined) return false;
      flow.templates[i] = template;
      flow.keys[i] = flow.planned++;
    }
    return true;
  };
}

async function firstFlow(): Promise<Flow> {
  const flow = driver.flows[0];
  if (flow === undefined) throw new Error('a job needs at least one session');
  return flow;
}

interface Mark {
  readonly at: number;
  readonly answers: number;
  readonly memberCpu: number;
  readonly ownCpu: number;
}

function measure(): Mark {
  return {
    at: performance.now(),
    answers: driver.answers,
    memberCpu: cpuSeconds(job.pid),
    ownCpu: cpuSeconds(process.pid),
  };
}

function since(mark: Mark): Record<string, number> {
  const now = measure();
  const answers = now.answers - mark.answers;
  const seconds = (now.at - mark.at) / 1000;
  return {
    rate: answers / seconds,
    seconds,
    cpu: ((now.memberCpu - mark.memberCpu) * 1e6) / answers,
    'client-cpu': ((now.ownCpu - mark.ownCpu) * 1e6) / answers,
  };
}

function latencies(samples: Samples): Record<string, number> {
  const [p50, p99] = samples.quantiles([0.5, 0.99]);
  return { p50: p50 ?? Number.NaN, p99: p99 ?? Number.NaN };
}
