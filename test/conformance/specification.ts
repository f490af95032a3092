/**
 * Runs cases against real members: each over HTTP and over WebSocket, or over the one of them that
 * it is about. Every case has a subtree of its own, so cases do not see each other.
 *
 * A file of cases that is run by itself runs them against one member, and so does alone.test.ts
 * with all files. The through-*.test.ts run the same files against an ensemble, with the client at
 * a member of a certain role and all further clients at the other members, one after the other. So
 * a case that is about what one connection sees of another one's write has to say why it sees it:
 * by `sync`, by a zxid, or by waiting for it.
 */
import type { SecureContextOptions } from 'node:tls';
import t, { type Test } from 'tap';
import { type MemberProcess, startMember } from '../harness/member.ts';
import type { Driver } from './driver.ts';
import { HttpDriver } from './http-driver.ts';
import { type ConnectOptions, WsDriver } from './ws-driver.ts';

/** Where a member takes its clients. */
export interface Endpoint {
  /** By which the ensemble knows it. */
  readonly id: number;
  /** Like `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  /** Like `ws://127.0.0.1:41234/v1/ws`. */
  readonly wsUrl: string;
  readonly port: number;
  /** Whom its clients believe over TLS, and the certificate that they show; absent: it is plain. */
  readonly tls?: SecureContextOptions;
  /** Everything that it has printed so far. */
  output(): string;
}

/** Where cases run. */
export interface Place {
  /** What they are part of. */
  readonly t: Pick<Test, 'test' | 'teardown'>;
  /** Before the names of the cases. */
  readonly name: string;
  /** The first of the members leads. */
  readonly leads: boolean;
  /** Of the case's client first, then those of further clients. */
  readonly members: readonly [Endpoint, ...Endpoint[]];
}

export interface Setting<Client extends Driver> {
  readonly t: Test;
  /** The member that `client` is at. */
  readonly member: Endpoint;
  /** The others of the ensemble. */
  readonly others: readonly Endpoint[];
  /** A client with a session of its own. */
  readonly client: Client;
  /** That member judges requests: it leads, or is alone. */
  readonly leads: boolean;
  /** A further client, with a further session; at another member, if there is one. */
  connect(options?: ConnectOptions): Promise<Client>;
  /** One at the same member as `client`. */
  connectHere(options?: ConnectOptions): Promise<Client>;
  /** One at the same member that shows another certificate, or none. */
  connectWith(tls: SecureContextOptions): Promise<Client>;
  /** A path of this case: `at('a/b')`; the case's own znode for `at('')`. */
  at(relative: string): string;
}

export type Cases<Client extends Driver> = Readonly<
  Record<string, (setting: Setting<Client>) => Promise<void>>
>;

type Connect<Client> = (member: Endpoint, options?: ConnectOptions) => Promise<Client>;

const http: Connect<HttpDriver> = ({ port, tls }, options) =>
  HttpDriver.open(port, options?.timeoutMs, tls);
const webSocket: Connect<WsDriver> = ({ wsUrl, tls }, options) =>
  WsDriver.connect(wsUrl, options, tls);

/** Where the cases of the file run, if `runAt` has said so; otherwise with a member of its own. */
let there: Place | undefined;
let place: Promise<Place> | undefined;

/** The cases of all files that are imported from now on run there. */
export function runAt(somewhere: Place): void {
  there = somewhere;
  place = Promise.resolve(somewhere);
}

function isAlone(): boolean {
  return there === undefined || there.members.length === 1;
}

/**
 * The file's member has these flags, and is not the plain one; to be said before the first case.
 * With `tls` its clients come over TLS, with what that says.
 * Members of an ensemble have them anyway: roles.ts.
 */
export function withMember(args: readonly string[], tls?: SecureContextOptions): void {
  if (isAlone()) place = oneMember(args, tls);
}

async function oneMember(args: readonly string[] = [], tls?: SecureContextOptions): Promise<Place> {
  const around = there ?? { t, name: '' };
  const member = await startMember({ args: [...args] });
  around.t.teardown(() => member.stop());
  return { ...around, leads: true, members: [endpointOf(member, tls)] };
}

/** A member that is alone, as its clients know it. */
export function endpointOf(member: MemberProcess, tls?: SecureContextOptions): Endpoint {
  const { url, wsUrl, port, output } = member;
  return { id: 1, url, wsUrl, port, output, ...(tls === undefined ? {} : { tls }) };
}

/** A test that starts the members it needs itself: it is the same wherever the cases run. */
export async function withOwnMembers(
  name: string,
  body: (t: Test) => Promise<void>,
): Promise<void> {
  if (!isAlone()) return;
  await (there?.t ?? t).test(`${there?.name ?? ''}${name}`, body);
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

/**
 * Ends the session too where other cases follow for long: it would expire while one of them looks
 * at something that this changes.
 */
async function leave(client: Driver): Promise<void> {
  if (there !== undefined)
    await Promise.race([client.closeSession().catch(() => undefined), sleep(1000)]);
  client.disconnect();
}

let caseNumber = 0;

async function run<Client extends Driver>(
  transport: string,
  connectTo: Connect<Client>,
  cases: Cases<Client>,
  { jobs = 1 }: RunOptions = {},
): Promise<void> {
  place ??= oneMember();
  const { t: around, name: where, leads, members } = await place;
  const [member, ...others] = members;
  await around.test(`${where}over ${transport}`, async (t) => {
    t.jobs = jobs;
    const running = Object.entries(cases).map(([name, body]) =>
      t.test(name, { buffered: jobs > 1 }, async (t) => {
        caseNumber += 1;
        const base = `/case-${caseNumber}`;
        const opened = async (at: Endpoint, options?: ConnectOptions): Promise<Client> => {
          const client = await connectTo(at, options);
          t.teardown(() => leave(client));
          return client;
        };
        let further = 0;
        const connect = (options?: ConnectOptions): Promise<Client> => {
          const at = others[further % others.length] ?? member;
          further += 1;
          return opened(at, options);
        };
        const connectHere = (options?: ConnectOptions): Promise<Client> => opened(member, options);
        const connectWith = (tls: SecureContextOptions): Promise<Client> =>
          opened({ ...member, tls });
        const client = await opened(member);
        await client.create(base);
        const at = (relative: string) => (relative === '' ? base : `${base}/${relative}`);
        const clients = { client, connect, connectHere, connectWith };
        await body({ t, member, others, leads, ...clients, at });
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
