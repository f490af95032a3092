/**
 * An ensemble of real members on this machine, each of which can be killed, paused, started again
 * and robbed of its disk. What is known of them here is what they say of themselves.
 *
 * Nothing here waits for a while: each wait is for a state, with a time after which it is given up.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContextOptions } from 'node:tls';
import { reservePorts } from './ports.ts';
import { type MemberProcess, newDirectory, startMember } from './process.ts';

/** The shortest patience of a member whose leader is silent: server/replica.ts. */
export const ELECTION_TIMEOUT_MS = 1000;

/** An ensemble that has not come to rest by then will not, ms. */
const PATIENCE_MS = 30_000;
/** A member that does not answer so long is taken for one that does not, ms. */
const ANSWER_MS = 1000;
const LOOK_MS = 40;

export interface EnsembleOptions {
  readonly voters?: number;
  readonly observers?: number;
  /** Further flags, for each member alike. */
  readonly args?: readonly string[];
  /** The flags make them speak TLS to clients: whom those believe. */
  readonly tls?: SecureContextOptions;
}

/** What a member says of one, as it travels. */
export interface StatusOf {
  readonly id: number;
  readonly votes: boolean;
  readonly reachable: boolean;
  readonly role?: 'looking' | 'following' | 'leading' | 'observing';
  readonly epoch?: number;
  readonly zxid?: string;
  readonly digest?: string;
  readonly ready?: boolean;
  readonly reason?: string;
  readonly lag?: number;
}

export interface EnsembleView {
  /** Absent when the member knows none. */
  readonly leader?: number;
  readonly members: readonly StatusOf[];
}

export class EnsembleMember {
  readonly id: number;
  readonly votes: boolean;
  readonly port: number;
  readonly peerPort: number;
  readonly url: string;
  readonly wsUrl: string;
  readonly dataDir: string;
  /** Whom its clients believe over TLS; absent: it is plain. */
  readonly tls: SecureContextOptions | undefined;
  /** Flags that tell it who it is; a test may start another process with them. */
  args: readonly string[] = [];
  /** Beside what this process has in its environment. */
  env: Readonly<Record<string, string>> = {};
  #process: MemberProcess | undefined;
  #paused = false;
  #former = '';

  constructor(
    id: number,
    votes: boolean,
    ports: readonly [number, number],
    dataDir: string,
    tls?: SecureContextOptions,
  ) {
    this.id = id;
    this.votes = votes;
    [this.port, this.peerPort] = ports;
    const secure = tls === undefined ? '' : 's';
    this.url = `http${secure}://127.0.0.1:${this.port}`;
    this.wsUrl = `ws${secure}://127.0.0.1:${this.port}/v1/ws`;
    this.dataDir = dataDir;
    this.tls = tls;
  }

  /** Whether its process is there and is not paused. */
  get running(): boolean {
    return this.#process?.gone === false && !this.#paused;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Everything that it has printed, in this life and those before. */
  get output(): string {
    return this.#former + this.lifeOutput;
  }

  /** What it has printed since it was started last. */
  get lifeOutput(): string {
    return this.#process?.output() ?? '';
  }

  /** Starts it, on what it left. Resolves when it listens, whether it has a leader or not. */
  async start(): Promise<void> {
    this.#former = this.output;
    this.#process = undefined;
    this.#paused = false;
    const { port, dataDir, args, env } = this;
    this.#process = await startMember({ port, dataDir, args, env });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#process?.kill(signal);
  }

  /** Asks it to stop in good order. */
  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  pause(): void {
    this.#paused = true;
    this.#process?.signal('SIGSTOP');
  }

  resume(): void {
    this.#process?.signal('SIGCONT');
    this.#paused = false;
  }

  /** Its disk is a new one. Only when it does not run. */
  loseDisk(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
    mkdirSync(this.dataDir);
  }

  /** The ensemble as this member sees it; undefined when it does not answer. */
  async view(): Promise<EnsembleView | undefined> {
    if (!this.running) return undefined;
    try {
      const url = `${this.url}/v1/ensemble`;
      if (this.tls !== undefined) return await viewOverTls(url, this.tls);
      const signal = AbortSignal.timeout(ANSWER_MS);
      const answer = await fetch(url, { signal });
      // One that has too much to do says so, and nothing of the ensemble.
      return answer.ok ? ((await answer.json()) as EnsembleView) : undefined;
    } catch {
      return undefined;
    }
  }

  /** What it says of itself. */
  async status(): Promise<StatusOf | undefined> {
    return (await this.view())?.members.find(({ id }) => id === this.id);
  }
}

export class Ensemble {
  /** In the order of their ids, voters first. */
  readonly members: readonly EnsembleMember[];
  readonly secretFile: string;

  private constructor(members: readonly EnsembleMember[], secretFile: string) {
    this.members = members;
    this.secretFile = secretFile;
  }

  /** Resolves once it has a leader and every member serves. */
  static async start(options: EnsembleOptions = {}): Promise<Ensemble> {
    const ensemble = await Ensemble.prepare(options);
    await Promise.all(ensemble.members.map((member) => member.start()));
    await ensemble.whole();
    return ensemble;
  }

  /** Everything but the processes. */
  static async prepare(options: EnsembleOptions = {}): Promise<Ensemble> {
    const { voters = 3, observers = 0, args = [], tls } = options;
    const count = voters + observers;
    const ports = await reservePorts(2 * count);
    const directory = newDirectory();
    const secretFile = join(directory, 'secret');
    writeFileSync(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    const members = Array.from({ length: count }, (_, at) => {
      const pair = [ports[at] ?? 0, ports[count + at] ?? 0] as const;
      const dataDir = join(directory, `member-${at + 1}`);
      return new EnsembleMember(at + 1, at < voters, pair, dataDir, tls);
    });
    for (const member of members) member.args = [...flagsOf(member, members, secretFile), ...args];
    return new Ensemble(members, secretFile);
  }

  member(id: number): EnsembleMember {
    const member = this.members.find((one) => one.id === id);
    if (member === undefined) throw new Error(`there is no member ${id}`);
    return member;
  }

  get running(): readonly EnsembleMember[] {
    return this.members.filter((member) => member.running);
  }

  others(than: EnsembleMember): readonly EnsembleMember[] {
    return this.members.filter((member) => member !== than);
  }

  /**
   * Whom all that run follow, once that is so. Right after a death it may be the dead one that they
   * agree on: it is not running then, and waited for no less.
   */
  async leader(timeoutMs = PATIENCE_MS): Promise<EnsembleMember> {
    let found: EnsembleMember | undefined;
    await this.until(
      'all that run follow one leader',
      async () => {
        const views = await Promise.all(this.running.map((member) => member.view()));
        const [id] = views.map((view) => view?.leader);
        if (id === undefined || views.some((view) => view?.leader !== id)) return false;
        found = this.member(id);
        const status = await found.status();
        return status?.role === 'leading' && status.ready === true;
      },
      timeoutMs,
    );
    return found as EnsembleMember;
  }

  /** Those that run and do not lead, once somebody does. */
  async followers(): Promise<readonly [EnsembleMember, EnsembleMember, ...EnsembleMember[]]> {
    const leader = await this.leader();
    const [first, second, ...rest] = this.running.filter((member) => member !== leader);
    if (first === undefined || second === undefined) throw new Error('there are not two followers');
    return [first, second, ...rest];
  }

  /** Waits until every member that runs serves; resolves with who leads. */
  async whole(timeoutMs = PATIENCE_MS): Promise<EnsembleMember> {
    const leader = await this.leader(timeoutMs);
    await this.until(
      'every member that runs is ready',
      async () => {
        const statuses = await Promise.all(this.running.map((member) => member.status()));
        return statuses.every((status) => status?.ready === true);
      },
      timeoutMs,
    );
    return leader;
  }

  /**
   * Waits until all that run have applied the same, which they do when nobody writes; resolves with
   * their digests, one for each. Equal positions with different digests end the wait, too: it is
   * for the test to say so.
   */
  async digests(timeoutMs = PATIENCE_MS): Promise<readonly string[]> {
    let digests: string[] = [];
    await this.whole(timeoutMs);
    await this.until(
      'all that run have applied the same',
      async () => {
        const statuses = await Promise.all(this.running.map((member) => member.status()));
        digests = statuses.map((status) => status?.digest ?? 'none');
        return new Set(statuses.map((status) => status?.zxid)).size === 1;
      },
      timeoutMs,
    );
    return digests;
  }

  /** The latest epoch that a member which runs knows of. */
  async epoch(): Promise<number> {
    const statuses = await Promise.all(this.running.map((member) => member.status()));
    return Math.max(...statuses.map((status) => status?.epoch ?? 0));
  }

  /** Asks again until it is so; what its members say goes into the error when it never is. */
  async until(what: string, isSo: () => Promise<boolean>, timeoutMs = PATIENCE_MS): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error(await this.#describe(what, timeoutMs));
      await sleep(LOOK_MS);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
  }

  async #describe(what: string, timeoutMs: number): Promise<string> {
    const lines = await Promise.all(
      this.members.map(async (member) => {
        const { leader, members } = (await member.view()) ?? {};
        const own = members?.find(({ id }) => id === member.id);
        const last = member.output.trimEnd().split('\n').slice(-4).join('\n    ');
        return `  member ${member.id}, leader ${leader}: ${JSON.stringify(own)}\n    ${last}`;
      }),
    );
    return `not within ${timeoutMs} ms: ${what}\n${lines.join('\n')}`;
  }
}

/** `fetch` believes no authority but the system's. */
function viewOverTls(url: string, tls: SecureContextOptions): Promise<EnsembleView | undefined> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const outgoing = request(url, { ...tls, signal, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve(incoming.statusCode === 200 ? (JSON.parse(text) as EnsembleView) : undefined);
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function flagsOf(
  member: EnsembleMember,
  members: readonly EnsembleMember[],
  secretFile: string,
): string[] {
  const others = members.flatMap(({ id, votes, peerPort }) => [
    votes ? '--member' : '--observer',
    `${id}=127.0.0.1:${peerPort}`,
  ]);
  return [
    ...['--id', String(member.id), '--peer-listen', `127.0.0.1:${member.peerPort}`],
    ...[...others, '--cluster-secret-file', secretFile],
  ];
}
