/**
 * Runs cases against one real member: each over HTTP and over WebSocket, or over the one of them
 * that it is about. Every case has a subtree of its own, so cases do not see each other.
 */
import t, { type Test } from 'tap';
import { startMember } from '../harness/member.ts';
import type { Driver } from './driver.ts';
import { HttpDriver } from './http-driver.ts';
import { type ConnectOptions, WsDriver } from './ws-driver.ts';

export type MemberProcess = Awaited<ReturnType<typeof startMember>>;

export interface Setting<Client extends Driver> {
  readonly t: Test;
  readonly member: MemberProcess;
  /** A client with a session of its own. */
  readonly client: Client;
  /** A further client, with a further session. */
  connect(options?: ConnectOptions): Promise<Client>;
  /** A path of this case: `at('a/b')`; the case's own znode for `at('')`. */
  at(relative: string): string;
}

export type Cases<Client extends Driver> = Readonly<
  Record<string, (setting: Setting<Client>) => Promise<void>>
>;

type Connect<Client> = (member: MemberProcess, options?: ConnectOptions) => Promise<Client>;

const http: Connect<HttpDriver> = ({ port }, options) => HttpDriver.open(port, options?.timeoutMs);
const webSocket: Connect<WsDriver> = ({ wsUrl }, options) => WsDriver.connect(wsUrl, options);

/** The member that the file's cases share; the file may ask for flags before its first case. */
let shared: Promise<MemberProcess> | undefined;

/** Starts the file's member with these flags, when it is not the plain one that the cases need. */
export function withMember(args: readonly string[]): void {
  if (shared !== undefined) throw new Error('the member has been started already');
  void start(args);
}

function start(args: readonly string[] = []): Promise<MemberProcess> {
  shared = startMember({ args: [...args] });
  t.teardown(async () => {
    await (await shared)?.stop();
  });
  return shared;
}

export interface RunOptions {
  /**
   * Cases that run at the same time: for those that mostly wait. They must not look at what others
   * change too, like the zxid or the root.
   */
  readonly jobs?: number;
}

/** Cases that hold over both transports alike. */
export async function overBoth(cases: Cases<Driver>, options?: RunOptions): Promise<void> {
  await run('HTTP', http, cases, options);
  await run('WebSocket', webSocket, cases, options);
}

export async function overHttp(cases: Cases<HttpDriver>, options?: RunOptions): Promise<void> {
  await run('HTTP', http, cases, options);
}

export async function overWebSocket(cases: Cases<WsDriver>, options?: RunOptions): Promise<void> {
  await run('WebSocket', webSocket, cases, options);
}

let caseNumber = 0;

async function run<Client extends Driver>(
  transport: string,
  connectTo: Connect<Client>,
  cases: Cases<Client>,
  { jobs = 1 }: RunOptions = {},
): Promise<void> {
  const member = await (shared ?? start());
  await t.test(`over ${transport}`, async (t) => {
    t.jobs = jobs;
    const running = Object.entries(cases).map(([name, body]) =>
      t.test(name, { buffered: jobs > 1 }, async (t) => {
        caseNumber += 1;
        const base = `/case-${caseNumber}`;
        const connect = async (options?: ConnectOptions): Promise<Client> => {
          const client = await connectTo(member, options);
          t.teardown(() => client.disconnect());
          return client;
        };
        const client = await connect();
        await client.create(base);
        const at = (relative: string) => (relative === '' ? base : `${base}/${relative}`);
        await body({ t, member, client, connect, at });
      }),
    );
    await Promise.all(running);
  });
}

/**
 * A session ends at most two rounds of 250 ms after its time; a machine under load adds to that.
 */
export const EXPIRY_SLACK_MS = 500 + 2000;

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks `probe` again until it says yes; rejects when it has not within `timeoutMs`. */
export async function eventually(
  what: string,
  probe: () => Promise<boolean>,
  timeoutMs = 10_000,
): Promise<true> {
  const deadline = performance.now() + timeoutMs;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(25);
  }
  return true;
}
