/**
 * What clients of a few znodes did and were told, each znode a history of its own: linearizability
 * is local, all are as soon as each is.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { between, type Random } from '../crash/random.ts';
import type { Asked, Door, Told, Wish } from './doors.ts';
import type { Call, Outcome, RegisterOperation } from './register.ts';

/** Between two requests of a client, so that a history is a thousand operations or so, ms. */
const PAUSE_MS = 100;

/** The ways to a read that is never stale. */
export const FRESH = ['linearizable', 'sync', 'minZxid'] as const satisfies readonly Wish[];

/** Certainly not done, for want of a leader or of a connection. */
const NOT_DONE = ['NotReady', 'ConnectionLost'];

interface Histories {
  readonly writes: RegisterOperation[];
  /** In any of the ways of `FRESH`. */
  readonly fresh: RegisterOperation[];
  readonly plain: RegisterOperation[];
}

export class Recorder {
  readonly paths: readonly string[];
  /** What a member said that none may say. */
  readonly findings: string[] = [];
  /** Reads that were answered, by the wish and how they came. */
  readonly reads = new Map<string, number>();
  readonly #histories = new Map<string, Histories>();
  readonly #random: Random;
  /** The last versions seen, for those who compare before they set. */
  readonly #versions = new Map<string, number>();
  /** What anybody knows to be there; clients pass it on to each other. */
  #seen = '0000000000000000';
  #values = 0;
  #stopped = false;
  #isQuiet = false;
  #writing = 0;

  constructor(paths: readonly string[], random: Random) {
    this.paths = paths;
    this.#random = random;
    for (const path of paths) this.#histories.set(path, { writes: [], fresh: [], plain: [] });
  }

  of(path: string): Histories {
    const histories = this.#histories.get(path);
    if (histories === undefined) throw new Error(`nobody asks for ${path}`);
    return histories;
  }

  /** Writes that were answered as done. */
  get done(): number {
    const all = [...this.#histories.values()].flatMap(({ writes }) => writes);
    return all.filter(({ answered }) => answered !== undefined).length;
  }

  /** No write is begun by `keepWriting` until `isQuiet` is false again. */
  set quiet(isQuiet: boolean) {
    this.#isQuiet = isQuiet;
  }

  /** Writes of `keepWriting` that are not answered. */
  get writing(): number {
    return this.#writing;
  }

  stop(): void {
    this.#stopped = true;
  }

  // ---------------------------------------------------------------------------- one request

  /** What was read; undefined when there was no answer. */
  async read(door: Door, path: string, wish: Wish): Promise<RegisterOperation | undefined> {
    const { called, told } = await this.#ask(door, { op: 'get', path, wish, seen: this.#seen });
    const answered = performance.now();
    if (told.code !== '' && told.code !== 'NoNode') {
      this.#refused(door, `a read (${wish})`, told);
      return undefined;
    }
    const { version, data } = told;
    const shown =
      version === undefined || data === undefined ? undefined : { version, value: data };
    if (shown !== undefined) this.#versions.set(path, shown.version);
    const operation = { call: { kind: 'read', shown } as const, called, answered };
    const { fresh, plain } = this.of(path);
    (wish === 'plain' ? plain : fresh).push(operation);
    const kind = `${wish}, ${door.transport}`;
    this.reads.set(kind, (this.reads.get(kind) ?? 0) + 1);
    return operation;
  }

  /** Whether the znode certainly has the value now that was to be written. */
  async set(door: Door, path: string, version?: number): Promise<boolean> {
    this.#values += 1;
    const value = `${this.#values}`;
    const under = version === undefined ? {} : { version };
    const { called, told } = await this.#ask(door, { op: 'set', path, data: value, ...under });
    const expected = version === undefined ? {} : { expected: version };
    return this.#wrote(door, path, called, told, (outcome) => {
      return { kind: 'set', value, ...expected, outcome };
    });
  }

  async delete(door: Door, path: string, version?: number): Promise<boolean> {
    const under = version === undefined ? {} : { version };
    const { called, told } = await this.#ask(door, { op: 'delete', path, ...under });
    const expected = version === undefined ? {} : { expected: version };
    return this.#wrote(door, path, called, told, (outcome) => {
      return { kind: 'delete', ...expected, outcome };
    });
  }

  // --------------------------------------------------------------------------- many of them

  async keepReading(door: Door, wishes: readonly Wish[]): Promise<void> {
    for (let turn = 0; !this.#stopped; turn += 1) {
      const wish = wishes[turn % wishes.length];
      if (wish !== undefined) await this.read(door, this.#anyPath(), wish);
      await sleep(PAUSE_MS);
    }
  }

  async keepWriting(door: Door): Promise<void> {
    while (!this.#stopped) {
      if (!this.#isQuiet) {
        this.#writing += 1;
        await this.#write(door);
        this.#writing -= 1;
      }
      await sleep(PAUSE_MS);
    }
  }

  async #write(door: Door): Promise<void> {
    const path = this.#anyPath();
    const version = this.#versions.get(path) ?? 0;
    const choice = this.#random();
    if (choice < 0.6) await this.set(door, path);
    else if (choice < 0.85) await this.set(door, path, version);
    else if (choice < 0.95) await this.delete(door, path, version);
    else await this.delete(door, path);
  }

  #anyPath(): string {
    return this.paths[between(this.#random, 0, this.paths.length - 1)] ?? '';
  }

  async #ask(door: Door, asked: Asked): Promise<{ called: number; told: Told }> {
    const called = performance.now();
    const told = await door.ask(asked);
    if (told.zxid > this.#seen) this.#seen = told.zxid;
    return { called, told };
  }

  #wrote(
    door: Door,
    path: string,
    called: number,
    told: Told,
    call: (outcome: Outcome) => Call,
  ): boolean {
    const answered = told.applied === 'unknown' ? undefined : performance.now();
    const outcome = outcomeOf(told);
    if (outcome === undefined) this.#refused(door, 'a write', told);
    else this.of(path).writes.push({ call: call(outcome), called, answered });
    if (told.version !== undefined) this.#versions.set(path, told.version);
    return outcome?.kind === 'done';
  }

  #refused({ member, transport }: Door, what: string, { code, applied }: Told): void {
    if (NOT_DONE.includes(code) || code === 'OutcomeUnknown') return;
    this.findings.push(`${what} at member ${member.id} over ${transport}: ${code}, ${applied}`);
  }
}

/** Undefined: it was not done, and says nothing about the znode. */
function outcomeOf({ code, applied, version }: Told): Outcome | undefined {
  if (applied === 'unknown') return { kind: 'unknown' };
  if (code === '') return { kind: 'done', ...(version === undefined ? {} : { version }) };
  if (code === 'BadVersion' && version !== undefined) return { kind: 'badVersion', version };
  return code === 'NoNode' ? { kind: 'noNode' } : undefined;
}
