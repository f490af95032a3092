/**
 * Writers that keep many writes under way until their member is killed, and know for each kind of
 * write what must be found afterwards: what was acknowledged is there, what was not may be, nothing
 * is there twice, and the stat agrees with it.
 *
 * Each writer is one connection, and a member takes the writes of one connection in their order. So
 * what is found must be the first so many that were sent, at least as many as were acknowledged.
 */
import type { Child, Op, Page } from '../conformance/driver.ts';
import { sleep } from '../conformance/specification.ts';
import { type Request, WsDriver } from '../conformance/ws-driver.ts';

/** Writes that each writer keeps under way. */
const OUTSTANDING = 64;

/** Long enough that no session ends while the test runs. */
const TIMEOUT_MS = 120_000;

/** What a writer found wrong, in words; nothing when all is well. */
export type Findings = string[];

interface Written {
  readonly path?: string;
  readonly results?: readonly { readonly path?: string }[];
}

/** One kind of write, under a znode of its own. Numbers what it sends 0, 1, 2, … within a cycle. */
abstract class Writer {
  sent = 0;
  acked = 0;
  protected readonly root: string;
  #client: WsDriver | undefined;
  #stopped = false;

  constructor(root: string) {
    this.root = root;
  }

  /** What must be there before the first write. */
  abstract prepare(client: WsDriver): Promise<void>;
  protected abstract request(number: number): Request;
  /** Compares what is there with what was sent and acknowledged. */
  abstract verify(client: WsDriver): Promise<Findings>;
  /** Takes the result of an acknowledged write. */
  protected onAck(_number: number, _result: Written): void {
    // Most kinds need to know only how many there were.
  }

  async connect(wsUrl: string): Promise<void> {
    this.#client = await WsDriver.connect(wsUrl, { timeoutMs: TIMEOUT_MS });
    await this.prepare(this.#client);
  }

  begin(): void {
    if (this.#client === undefined) return;
    for (let n = 0; n < OUTSTANDING; n += 1) this.#sendNext(this.#client);
  }

  /** No more is sent, since something was not acknowledged. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves when the connection has ended and every answer that came has been taken. */
  async ended(): Promise<void> {
    await this.#client?.closed;
    this.#stopped = true;
  }

  #sendNext(client: WsDriver): void {
    if (this.#stopped) return;
    const number = this.sent;
    this.sent += 1;
    client.request(this.request(number)).then(
      ({ result }) => {
        this.acked += 1;
        this.onAck(number, result as Written);
        this.#sendNext(client);
      },
      () => {
        // Not acknowledged: it may have been done or not.
        this.#stopped = true;
      },
    );
  }

  /** Says whether `found` writes can be what is left of those that were sent. */
  protected judge(found: number): Findings {
    if (found < this.acked) {
      return [`${this.root}: ${this.acked} were acknowledged and ${found} are there`];
    }
    if (found > this.sent) return [`${this.root}: ${this.sent} were sent and ${found} are there`];
    return [];
  }
}

/** Sets one znode to 1, 2, 3, …: the data counts the sets, and so must the version. */
export class SetWriter extends Writer {
  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.root, { data: '0', parents: true });
  }

  protected request(number: number): Request {
    return { op: 'set', path: this.root, data: `${number + 1}` };
  }

  async verify(client: WsDriver): Promise<Findings> {
    const { data, stat } = await client.get(this.root);
    const findings = this.judge(Number(data));
    if (stat.version !== Number(data)) {
      findings.push(`${this.root}: set ${data} times, but at version ${stat.version}`);
    }
    if (stat.dataLength !== data.length) findings.push(`${this.root}: wrong dataLength`);
    return findings;
  }
}

/** Creates znodes with names of their own. */
export class CreateWriter extends Writer {
  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.root, { parents: true });
  }

  protected request(number: number): Request {
    return { op: 'create', path: `${this.root}/${number}`, data: `data ${number}` };
  }

  async verify(client: WsDriver): Promise<Findings> {
    const { stat, children } = await allChildren(client, this.root);
    const findings = [...this.judge(children.length), ...statFindings(this.root, stat, children)];
    const found = new Map(children.map(({ name, data }) => [name, data]));
    for (let number = 0; number < children.length; number += 1) {
      if (found.get(`${number}`) === `data ${number}`) continue;
      findings.push(`${this.root}: ${number} is missing or has other data, a later one is there`);
    }
    return findings;
  }
}

/** Creates sequential znodes: each number once, each acknowledged name with its own data. */
export class QueueWriter extends Writer {
  readonly #names = new Map<number, string>();

  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.root, { parents: true });
  }

  protected request(number: number): Request {
    const mode = 'persistent_sequential';
    return { op: 'create', path: `${this.root}/job-`, mode, data: `${number}` };
  }

  protected override onAck(number: number, { path = '' }: Written): void {
    this.#names.set(number, path.slice(this.root.length + 1));
  }

  async verify(client: WsDriver): Promise<Findings> {
    const { stat, children } = await allChildren(client, this.root);
    const findings = this.judge(children.length);
    findings.push(...statFindings(this.root, stat, children));
    for (const [position, { name, data }] of children.entries()) {
      const expected = `job-${String(position).padStart(10, '0')}`;
      if (name !== expected) findings.push(`${this.root}: ${name} where ${expected} should be`);
      if (data !== `${position}`) findings.push(`${this.root}: ${name} holds ${data}`);
    }
    for (const [number, name] of this.#names) {
      if (children[number]?.name !== name) {
        findings.push(`${this.root}: ${number} was acknowledged as ${name}`);
      }
    }
    if ((await nextNumber(client, this.root)) !== children.length) {
      findings.push(`${this.root}: the counter is not where ${children.length} creates leave it`);
    }
    return findings;
  }
}

/** Transactions of two sets and a sequential create: all three are there equally often. */
export class TransactionWriter extends Writer {
  async prepare(client: WsDriver): Promise<void> {
    await client.transaction([
      { op: 'create', path: this.root, parents: true },
      { op: 'create', path: `${this.root}/a`, data: '0' },
      { op: 'create', path: `${this.root}/b`, data: '0' },
      { op: 'create', path: `${this.root}/log` },
    ]);
  }

  protected request(number: number): Request {
    const data = `${number + 1}`;
    return {
      op: 'transaction',
      ops: [
        { op: 'set', path: `${this.root}/a`, data },
        { op: 'create', path: `${this.root}/log/`, mode: 'persistent_sequential', data },
        { op: 'set', path: `${this.root}/b`, data },
      ],
    };
  }

  async verify(client: WsDriver): Promise<Findings> {
    const a = await client.get(`${this.root}/a`);
    const b = await client.get(`${this.root}/b`);
    const { stat, children } = await allChildren(client, `${this.root}/log`);
    const findings = [...this.judge(Number(a.data)), ...statFindings(this.root, stat, children)];
    const whole =
      a.data === b.data &&
      // Before the first transaction each still has the zxid of its own create.
      (a.data === '0' || a.stat.mzxid === b.stat.mzxid) &&
      a.stat.version === Number(a.data) &&
      b.stat.version === Number(b.data) &&
      children.length === Number(a.data) &&
      children.every(({ data }, position) => data === `${position + 1}`);
    if (!whole) {
      findings.push(`${this.root}: torn: ${a.data}, ${b.data} and ${children.length} entries`);
    }
    return findings;
  }
}

/** Creates and deletes by turns: the counter of creates goes on, and cversion with it. */
export class ChurnWriter extends Writer {
  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.root, { parents: true });
  }

  protected request(number: number): Request {
    const path = `${this.root}/x${number >> 1}`;
    return number % 2 === 0 ? { op: 'create', path } : { op: 'delete', path };
  }

  async verify(client: WsDriver): Promise<Findings> {
    const { stat, children } = await allChildren(client, this.root);
    // cversion counts every create and every delete.
    const changes = stat.cversion;
    const findings = this.judge(changes);
    const left = changes % 2 === 0 ? [] : [`x${(changes - 1) / 2}`];
    if (children.map(({ name }) => name).join() !== left.join()) {
      findings.push(`${this.root}: after ${changes} changes [${left}] should be there`);
    }
    if (stat.numChildren !== children.length) findings.push(`${this.root}: wrong numChildren`);
    const creates = (stat.cversion + stat.numChildren) / 2;
    const next = await nextNumber(client, this.root);
    if (next !== creates) findings.push(`${this.root}: ${creates} creates, but ${next} is next`);
    return findings;
  }
}

/** The number that the next sequential child would get; asking leaves no trace. */
async function nextNumber(client: WsDriver, root: string): Promise<number> {
  const probe: Op = { op: 'create', path: `${root}/n-`, mode: 'persistent_sequential' };
  const [result] = await client.transaction([probe], { dryRun: true });
  return Number(result?.path?.slice(-10));
}

/** Of a znode of whose children none was deleted. */
function statFindings(root: string, stat: Page['stat'], children: readonly Child[]): Findings {
  const findings: Findings = [];
  if (stat.numChildren !== children.length) {
    findings.push(`${root}: ${stat.numChildren} by its stat, ${children.length} listed`);
  }
  const creates = (stat.cversion + stat.numChildren) / 2;
  if (creates !== children.length) findings.push(`${root}: cversion ${stat.cversion} is wrong`);
  return findings;
}

async function allChildren(client: WsDriver, path: string): Promise<Page> {
  const children: Child[] = [];
  let page = await client.children(path, { include: ['data'] });
  children.push(...page.children);
  while (page.next !== undefined) {
    page = await client.children(path, { include: ['data'], after: page.next });
    children.push(...page.children);
  }
  return { ...page, children };
}

/** All kinds of writers, for one cycle. */
export class Workload {
  readonly #writers: readonly Writer[];

  constructor(root: string) {
    this.#writers = [
      new SetWriter(`${root}/set-1`),
      new SetWriter(`${root}/set-2`),
      new CreateWriter(`${root}/create`),
      new QueueWriter(`${root}/queue`),
      new TransactionWriter(`${root}/transaction`),
      new ChurnWriter(`${root}/churn`),
    ];
  }

  /** All begin to write at the same time. */
  async start(wsUrl: string): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.connect(wsUrl)));
    for (const writer of this.#writers) writer.begin();
  }

  /** Resolves in the middle of the work: when so many writes are acknowledged. */
  async acknowledged(count: number): Promise<void> {
    while (this.acked < count && this.#writers.every(({ stopped }) => !stopped)) await sleep(1);
  }

  /** Resolves when every writer's connection has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.ended()));
  }

  get sent(): number {
    return this.#writers.reduce((sum, { sent }) => sum + sent, 0);
  }

  get acked(): number {
    return this.#writers.reduce((sum, { acked }) => sum + acked, 0);
  }

  async verify(client: WsDriver): Promise<Findings> {
    const findings = await Promise.all(this.#writers.map((writer) => writer.verify(client)));
    return findings.flat();
  }
}

/** What is wrong with what all of them wrote, one after the other. */
export async function verifyAll(workloads: readonly Workload[], wsUrl: string): Promise<Findings> {
  const client = await WsDriver.connect(wsUrl);
  const findings: Findings = [];
  for (const workload of workloads) findings.push(...(await workload.verify(client)));
  client.disconnect();
  return findings;
}
