/**
 * Every code of the contract is an answer that a client can get: here is how, over HTTP and, where
 * it has it, over WebSocket, from members as they are started in earnest. What is answered is what
 * the document says: the code, what it means for the request, and the status that it goes with.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { openapi } from '../../routes/openapi.ts';
import type { ErrorCode } from '../../storage/tree/errors.ts';
import { world } from '../conformance/driver.ts';
import { type HttpAnswer, HttpClient, type HttpRequest } from '../conformance/http-exchange.ts';
import { type Request, WsDriver } from '../conformance/ws-driver.ts';
import { Ensemble } from '../harness/ensemble.ts';
import { type MemberProcess, newDirectory, startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';
import { sendRaw } from '../routes/member.ts';
import { problemsWithNamed } from './strict-schemas.ts';

t.setTimeout(120_000);

/** Error objects as they came: problem documents with their status, and those of frames. */
interface Produced {
  readonly status?: number;
  readonly error: unknown;
}

const clients: { close(): void }[] = [];
t.teardown(() => {
  for (const client of clients) client.close();
});

/** What a client can say to one member. */
class Talk {
  readonly member: { readonly port: number; readonly wsUrl: string };
  readonly #http: HttpClient;

  constructor(member: { readonly port: number; readonly wsUrl: string }) {
    this.member = member;
    this.#http = new HttpClient(member.port);
    clients.push(this.#http);
  }

  send(method: string, target: string, more: Omit<HttpRequest, 'target'> = {}) {
    return this.#http.send({ method, target: `/v1${target}`, ...more });
  }

  async http(...request: Parameters<Talk['send']>): Promise<Produced> {
    return problem(await this.send(...request));
  }

  async socket(options: Parameters<typeof WsDriver.connect>[1] = {}): Promise<WsDriver> {
    const socket = await WsDriver.open(this.member.wsUrl);
    clients.push({ close: () => socket.disconnect() });
    await socket.begin(options);
    return socket;
  }

  /** The error of the last of these requests, over a connection of their own. */
  async ws(requests: readonly Request[], options?: Parameters<Talk['socket']>[0]) {
    const answers = await (await this.socket(options)).pipeline(requests);
    return { error: answers.at(-1)?.error };
  }

  /** The error of `connect`, which is the first frame. */
  async connect(options: Readonly<Record<string, unknown>>): Promise<Produced> {
    const socket = await WsDriver.open(this.member.wsUrl);
    clients.push({ close: () => socket.disconnect() });
    const [answer] = await socket.pipeline([{ op: 'connect', timeoutMs: 10_000, ...options }]);
    return { error: answer?.error };
  }

  async token(): Promise<Record<string, string>> {
    const json = { timeoutMs: 30_000 };
    const { token } = (await this.send('POST', '/sessions', { json })).json<{ token: string }>();
    return { 'paddock-session': token };
  }
}

function problem(answer: HttpAnswer): Produced {
  return { status: answer.status, error: answer.json() };
}

const LIMITS = [
  'dataBytes=1000',
  'ephemeralsPerSession=1',
  'idempotencyKeys=2',
  'historyEntries=2',
];
const member = await startMember({ args: LIMITS.flatMap((limit) => ['--limit', limit]) });
const one = new Talk(member);
const NEVER = '001fffff00000000';
const json = (value: object) => ({ json: value });

for (const path of ['here', 'parent', 'parent/child', 'closed', 'watched']) {
  const acl = world(path === 'closed' ? 'r' : 'cdrwa');
  await one.send('POST', `/znodes/${path}`, json({ data: 'x', acl }));
}
const session = await one.token();
await one.send('POST', '/znodes/mine?mode=ephemeral', { headers: session });

type Case = () => Promise<readonly Produced[]>;
const all = (...produced: Promise<Produced>[]) => Promise.all(produced);

/** What the tree and the routes answer, one member suffices. */
const ALONE: Partial<Record<ErrorCode, Case>> = {
  BadArguments: () =>
    all(
      one.http('GET', '/znodes/a//b'),
      one.http('GET', '/znodes/here?nonsense=1'),
      one.ws([{ op: 'get', path: 'no-slash' }]),
    ),
  NoNode: () =>
    all(
      one.http('GET', '/znodes/missing'),
      one.http('POST', '/znodes/missing/child'),
      one.http('PUT', '/znodes/missing', { headers: { 'if-match': '*' } }),
      one.ws([{ op: 'get', path: '/missing' }]),
    ),
  NodeExists: () =>
    all(
      one.http('POST', '/znodes/here'),
      one.http('PUT', '/znodes/here', { headers: { 'if-none-match': '*' }, body: 'x' }),
      one.ws([{ op: 'create', path: '/here' }]),
    ),
  BadVersion: () =>
    all(
      one.http('PUT', '/znodes/here?version=7', { body: 'x' }),
      one.ws([{ op: 'set', path: '/here', data: 'x', version: 7 }]),
    ),
  NotEmpty: () =>
    all(one.http('DELETE', '/znodes/parent'), one.ws([{ op: 'delete', path: '/parent' }])),
  NoChildrenForEphemerals: () =>
    all(one.http('POST', '/znodes/mine/child'), one.ws([{ op: 'create', path: '/mine/child' }])),
  NoAuth: () =>
    all(
      one.http('PUT', '/znodes/closed', { body: 'x' }),
      one.ws([{ op: 'set', path: '/closed', data: 'x' }]),
    ),
  AuthFailed: () => {
    const nameless = { scheme: 'digest', user: '', password: 'x' };
    return all(
      one.http('GET', '/whoami', { headers: { authorization: 'Bearer x' } }),
      one.ws([{ op: 'auth', ...nameless }]),
      one.connect({ auth: [nameless] }),
    );
  },
  InvalidACL: () => {
    const acl = [{ perms: 'r', scheme: 'world', id: 'bob' }];
    const setAcl = { op: 'setAcl', path: '/here', acl };
    return all(one.http('PUT', '/acls/here', json({ acl })), one.ws([setAcl]));
  },
  SessionExpired: () => {
    const token = `${'0'.repeat(16)}.${'A'.repeat(43)}`;
    return all(
      one.http('POST', '/znodes/e?mode=ephemeral', { headers: { 'paddock-session': token } }),
      one.connect({ session: token }),
    );
  },
  RepeatMismatch: async () => {
    const headers = { 'idempotency-key': 'twice' };
    await one.send('POST', '/znodes/twice', { headers });
    return all(one.http('POST', '/znodes/another', { headers }));
  },
  IdPassed: () => {
    const child = { id: 2, op: 'create', path: '/late/child' };
    return passed(child, { id: 3, op: 'create', path: '/late' });
  },
  NoWatch: () => all(one.ws([{ op: 'removeWatch', watch: 99 }])),
  HistoryGone: () => all(gone()),
  AheadOfEnsemble: () =>
    all(
      one.http('GET', '/znodes/here', { headers: { 'paddock-min-zxid': NEVER } }),
      one.connect({ lastZxid: NEVER }),
    ),
  TooLarge: () => {
    const data = 'x'.repeat(1001);
    const set = { op: 'set', path: '/here', data };
    return all(one.http('PUT', '/znodes/here', { body: data }), one.ws([set]));
  },
  LimitExceeded: () => {
    const create = { op: 'create', path: '/e-', mode: 'ephemeral_sequential' };
    return all(
      one.http('POST', '/znodes/e?mode=ephemeral', { headers: session }),
      one.ws([create, create]),
    );
  },
  QuotaExceeded: async () => {
    await one.send('POST', '/znodes/bounded');
    await one.send('PUT', '/quotas/bounded', json({ countLimit: 1 }));
    return all(
      one.http('POST', '/znodes/bounded/child'),
      one.ws([{ op: 'create', path: '/bounded/child' }]),
    );
  },
  Throttled: async () => {
    const put = (key: string) =>
      one.send('PUT', `/znodes/key-${key}`, { headers: { 'idempotency-key': key }, body: 'x' });
    await Promise.all(['a', 'b'].map(put));
    return [problem(await put('c'))];
  },
  NotFound: () => all(one.http('GET', '/nothing')),
  MethodNotAllowed: () => all(one.http('PATCH', '/znodes/here')),
  NotAcceptable: () => all(one.http('GET', '/znodes/here', { headers: { accept: 'image/png' } })),
  UnsupportedMediaType: () => {
    const headers = { 'content-type': 'text/plain' };
    return all(one.http('POST', '/transactions', { headers, body: 'x' }));
  },
  MisdirectedRequest: () =>
    all(one.http('GET', '/znodes/here', { headers: { host: 'elsewhere.example' } })),
  OriginNotAllowed: () =>
    all(one.http('GET', '/znodes/here', { headers: { origin: 'https://elsewhere.example' } })),
  RequestTimeout: async () => {
    const answer = await sendRaw(member.port, 'GET /v1/znodes HTTP/1.1\r\nHost:', 20_000);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return [{ status: Number(head.split(' ')[1]), error: JSON.parse(body) }];
  },
};

async function passed(late: Request, next: Request): Promise<Produced[]> {
  const first = await one.socket({ exactlyOnce: true });
  await first.pipeline([late, next]);
  const options = { session: first.token, exactlyOnce: true };
  first.disconnect();
  return all(one.ws([late], options));
}

/** The log is trimmed behind the tables when there was a moment without writes. */
async function gone(): Promise<Produced> {
  for (let round = 0; round < 20; round += 1) {
    for (let n = 0; n < 8; n += 1) await one.send('PUT', '/znodes/watched', { body: 'x' });
    await sleep(1500);
    const answer = await one.send('GET', '/events?path=/watched&since=0000000100000001');
    if (answer.status !== 200) return problem(answer);
  }
  throw new Error('the history is never trimmed');
}

/** A member that follows a leader, and then loses it: of two, so nobody else can lead. */
async function withoutLeader(): Promise<Record<string, readonly Produced[]>> {
  const ensemble = await Ensemble.start({ voters: 2 });
  t.teardown(() => ensemble.end());
  const leader = await ensemble.leader();
  const follower = ensemble.running.find((each) => each !== leader) ?? leader;
  const talk = new Talk(follower);
  const forwarded = async () => {
    const text = await (await fetch(`${follower.url}/metrics`)).text();
    return Number(/^requests_forwarded (\d+)$/m.exec(text)?.[1]);
  };
  const sockets = [await talk.socket(), await talk.socket({ readOnly: true })];
  const before = await forwarded();
  leader.pause();
  const lost = talk.http('POST', '/znodes/lost');
  await eventually('the leader was asked', async () => (await forwarded()) > before);
  await leader.kill();
  const unknown = await lost;
  const refused = await talk.http('POST', '/znodes/x');
  const writes = sockets.map((socket) => socket.pipeline([{ op: 'create', path: '/x' }]));
  const [plain, allowing] = (await Promise.all(writes)).flat();
  return {
    OutcomeUnknown: [unknown],
    NotReady: [refused, { error: plain?.error }],
    ReadOnly: [{ error: allowing?.error }],
  };
}

/** Its volume is full until somebody makes room. */
async function onFullDisk(): Promise<{ made: readonly Produced[]; after: number[] }> {
  const directory = newDirectory();
  const file = join(directory, 'free-bytes');
  const free = (bytes: number) => writeFileSync(file, `${bytes}`);
  const preload = fileURLToPath(new URL('../harness/full-disk.ts', import.meta.url));
  free(1e9);
  const env = { NODE_OPTIONS: `--import ${preload}`, FREE_BYTES_FILE: file };
  const full: MemberProcess = await startMember({ env });
  const talk = new Talk(full);
  await talk.send('POST', '/znodes/large');
  const socket = await talk.socket();
  free(1e6);
  let refused: HttpAnswer | undefined;
  await eventually('the member has looked', async () => {
    refused = await talk.send('PUT', '/znodes/x', { body: 'x' });
    return refused.status === 503;
  });
  const [create] = await socket.pipeline([{ op: 'create', path: '/y' }]);
  const made = [problem(refused as HttpAnswer), { error: create?.error }];
  const after = [
    (await talk.send('GET', '/znodes/large')).status,
    (await talk.send('DELETE', '/znodes/large')).status,
  ];
  free(1e9);
  await eventually(
    'there is room',
    async () => (await talk.send('POST', '/znodes/z')).status === 201,
  );
  return { made, after };
}

const [lost, disk, ...produced] = await Promise.all([
  withoutLeader(),
  onFullDisk(),
  ...Object.entries(ALONE).map(async ([code, make]) => [code, await make()] as const),
]);
const answers: Record<string, readonly Produced[]> = {
  ...Object.fromEntries(produced),
  ...lost,
  DiskFull: disk.made,
};

const codes = openapi.components.schemas.ErrorCode.enum as readonly string[];

await t.test('every code of the document is answered by a member', async (t) => {
  t.same(Object.keys(answers).sort(), [...codes].sort());
});

for (const code of codes) {
  await t.test(code, async (t) => {
    for (const { status, error } of answers[code] ?? []) {
      t.match(error, { code });
      const { title } = error as { title: string };
      if (status === undefined) {
        t.equal(problemsWithNamed('OperationError', error), '', `over WebSocket: ${title}`);
        continue;
      }
      t.equal(problemsWithNamed('Problem', error), '', `${status} over HTTP: ${title}`);
      t.match(error, { status });
    }
  });
}

await t.test(
  'a disk that is almost full keeps what there is, and takes what makes room',
  async (t) => {
    t.same(disk.after, [200, 204], 'read and deleted meanwhile');
  },
);
