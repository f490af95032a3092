/**
 * A conversation over WebSocket with a real member: every frame of the client that the document has
 * is sent, and every frame of the member is exactly what the document says of it.
 */
import t, { type Test } from 'tap';
import { WebSocket } from 'ws';
import { openapi, type SchemaName } from '../../routes/openapi.ts';
import { startTestMember } from '../routes/member.ts';
import { problemsWithNamed } from './strict-schemas.ts';

const { schemas } = openapi.components;
const member = await startTestMember(t);

interface MemberFrame {
  readonly id?: number;
  readonly zxid?: string;
  readonly result?: object;
  readonly error?: object;
  readonly event?: string;
  readonly state?: string;
}

/** The schema of the frame of an `op`, like `GetAclFrame` of `getAcl`. */
function frameName(op: string): SchemaName {
  return `${op.charAt(0).toUpperCase()}${op.slice(1)}Frame` as SchemaName;
}

/** What the document says that an operation is answered with. */
function resultName(op: string): string {
  const { description = '' } = schemas[frameName(op)];
  return /Answered with an? (\w+)/.exec(description)?.[1] ?? 'nothing';
}

/** Operations that were answered with a result, and kinds of frames that came unasked. */
const seen = new Set<string>();

class Conversation {
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #frames: MemberFrame[] = [];
  #arrived: (() => void) | undefined;
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data) => {
      this.#frames.push(...([JSON.parse(String(data))].flat() as MemberFrame[]));
      this.#arrived?.();
    });
  }

  static async open(t: Test): Promise<Conversation> {
    const url = `${member.url.replace('http', 'ws')}/v1/ws`;
    const socket = new WebSocket(url, 'paddock.v1.json');
    const conversation = new Conversation(socket);
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    t.equal(socket.protocol, 'paddock.v1.json');
    t.teardown(() => socket.terminate());
    return conversation;
  }

  /** Sends a request and gives back its result or error; the frames before it are checked too. */
  async ask(t: Test, op: string, fields: object = {}): Promise<Record<string, unknown>> {
    this.#id += 1;
    const id = this.#id;
    this.#socket.send(JSON.stringify({ id, op, ...fields }));
    const answer = await this.until(t, (frame) => frame.id === id);
    t.equal(problemsWithNamed('AnswerFrame', answer), '', op);
    t.not('result' in answer, 'error' in answer, `${op} has a result or an error`);
    if (answer.result === undefined) return { ...answer.error };
    t.equal(problemsWithNamed(resultName(op), answer.result), '', `${op}: its result`);
    seen.add(op);
    return { ...answer.result };
  }

  async until(t: Test, wanted: (frame: MemberFrame) => boolean): Promise<MemberFrame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame === undefined) {
        await new Promise<void>((resolve) => {
          this.#arrived = resolve;
        });
        continue;
      }
      if (frame.id === undefined) told(t, frame);
      if (wanted(frame)) return frame;
    }
  }
}

/** A frame that answers nothing. */
function told(t: Test, frame: MemberFrame): void {
  const { event } = frame;
  const name =
    event === undefined
      ? 'ProgressFrame'
      : event === 'session'
        ? 'SessionNoticeFrame'
        : event === 'resync'
          ? 'ResyncFrame'
          : 'EventFrame';
  t.equal(problemsWithNamed(name, frame), '', JSON.stringify(frame));
  seen.add(name);
}

const acl = [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }];

t.test('every operation is answered as the document says', async (t) => {
  const one = await Conversation.open(t);
  const { token } = await one.ask(t, 'connect', { timeoutMs: 5000, heartbeat: 'pong' });
  await one.ask(t, 'ping');
  await one.ask(t, 'whoami');
  await one.ask(t, 'auth', { scheme: 'digest', user: 'bob', password: 'secret' });
  await one.ask(t, 'sync');
  const whole = { path: '/', mode: 'persistentRecursive', include: ['stat', 'data'] };
  const { watch } = await one.ask(t, 'addWatch', whole);
  await one.ask(t, 'create', { path: '/a', data: 'x', acl });
  await one.ask(t, 'create', { path: '/a/b/', mode: 'ephemeral_sequential', parents: true });
  await one.ask(t, 'create', { path: '/t', mode: 'persistent_ttl', ttlMs: 60_000 });
  await one.ask(t, 'get', { path: '/a', watch: true });
  await one.ask(t, 'exists', { path: '/missing', watch: true });
  await one.ask(t, 'exists', { path: '/a' });
  await one.ask(t, 'children', { path: '/a', include: ['stat', 'data'], limit: 1, watch: true });
  await one.ask(t, 'set', { path: '/a', data: 'aGVsbG//', encoding: 'base64', version: 0 });
  await one.ask(t, 'getAcl', { path: '/a' });
  await one.ask(t, 'setAcl', { path: '/a', acl, version: -1 });
  const ops = [
    { op: 'checkAbsent', path: '/missing' },
    { op: 'create', path: '/missing', data: 'x' },
    { op: 'set', path: '/missing', data: 'y' },
    { op: 'check', path: '/missing', version: 1 },
    { op: 'delete', path: '/missing' },
  ];
  await one.ask(t, 'transaction', { ops });
  await one.ask(t, 'transaction', { ops, dryRun: true });
  const reads = [
    { op: 'get', path: '/a' },
    { op: 'exists', path: '/missing' },
    { op: 'children', path: '/', include: ['stat'] },
    { op: 'getAcl', path: '/a' },
    { op: 'get', path: '/missing' },
  ];
  await one.ask(t, 'read', { ops: reads });
  await one.ask(t, 'ephemerals', { prefix: '/a/', limit: 5 });
  await one.ask(t, 'descendants', { path: '/a' });
  await one.ask(t, 'setQuota', { path: '/a', countLimit: 5, bytesSoftLimit: 1 });
  await one.ask(t, 'getQuota', { path: '/a' });
  t.match(await one.ask(t, 'create', { path: '/a/1/2/3/4/5', parents: true }), { quota: '/a' });
  await one.ask(t, 'removeQuota', { path: '/a' });
  const since = '0000000000000000';
  await one.ask(t, 'setWatches', { since, data: ['/a'], child: ['/a', '/missing'] });
  await one.ask(t, 'watchers', { path: '/a' });
  await one.ask(t, 'explainSession');
  await one.ask(t, 'get', { path: '/a', consistency: 'linearizable', minZxid: since });
  await one.ask(t, 'delete', { path: '/a', recursive: true });
  await one.ask(t, 'removeWatch', { watch });
  const other = await Conversation.open(t);
  const resumed = await other.ask(t, 'connect', { session: token });
  t.match(resumed, { resumed: true });
  await one.until(t, ({ state }) => state === 'moved');
  t.equal(await one.closed, 4409);
  await other.ask(t, 'close');
  t.equal(await other.closed, 1000);
});

t.test('what is refused is refused as the document says, and the connection goes on', async (t) => {
  const one = await Conversation.open(t);
  await one.ask(t, 'connect');
  t.match(await one.ask(t, 'get', { path: '/missing' }), { code: 'NoNode', path: '/missing' });
  t.match(await one.ask(t, 'get', { path: 'nonsense' }), { code: 'BadArguments' });
  t.match(await one.ask(t, 'get', { nonsense: 1 }), { code: 'BadArguments' });
  t.match(await one.ask(t, 'set', { path: '/', data: '', version: 99 }), { code: 'BadVersion' });
  t.match(await one.ask(t, 'removeWatch', { watch: 99 }), { code: 'NoWatch' });
  const failing = { ops: [{ op: 'delete', path: '/missing' }] };
  t.match(await one.ask(t, 'transaction', failing), { code: 'NoNode', index: 0 });
  t.match(await one.ask(t, 'ping'), { expiresInMs: Number });
});

t.test('every frame of the client has been answered, and what is told has been told', async (t) => {
  for (const [name, { properties }] of Object.entries(schemas)) {
    if (!name.endsWith('Frame')) continue;
    const op = properties?.['op'];
    if (op !== undefined && 'enum' in op) t.ok(seen.has(op.enum?.[0] ?? ''), name);
  }
  for (const name of ['EventFrame', 'SessionNoticeFrame']) t.ok(seen.has(name), name);
});
