/**
 * I15, exactly once: what is sent under a name happens at most once, however often it is sent; all
 * answers to a name are one answer; whoever asks again for what had happened is given it, as a
 * repeat; and who is told that it is too late for an id never sees anything come of it. Under a key
 * that holds for as long as answers to keys are kept, whatever the clocks of members show; under an
 * id of a session until so much has happened after it that its answer had to make room.
 * I25: no more answers to keys are kept than may be, nor to ids.
 */
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import { DEFAULT_LIMITS } from '../../../../server/limits.ts';
import type { RequestName, WriteAnswer } from '../../../../server/types.ts';
import { ERROR_CATALOGUE, type Refusal } from '../../../../storage/tree/errors.ts';
import { KEPT_OPERATIONS } from '../../../../storage/tree/session-answers.ts';
import type { ReplicatedState } from '../../../../storage/tree/state.ts';
import type {
  SessionId,
  Transaction,
  WriteRequest,
  ZnodeData,
} from '../../../../storage/tree/types.ts';
import type { Scheduler } from '../../scheduler.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';
import type { MembersSwarm } from '../swarm.ts';

/** A write with a name: its data is `~<number>`, which no other write has. */
export interface Named {
  readonly number: number;
  readonly request: WriteRequest;
  readonly name: RequestName;
  /** Its session, of one with an id. */
  readonly session: SessionId;
  /** The last time that it did. */
  happened: Zxid | undefined;
  /** All the times: under a key whose answer is forgotten it may happen again. */
  readonly times: Set<Zxid>;
  /** The first answers that told what it came to, by when it had happened. */
  readonly told: Map<Zxid, string>;
  /** Somebody was told that it is too late for it. */
  passed: boolean;
  /** How often its client was told that the outcome is unknown. */
  unknown: number;
}

/** One of the times that it is sent. */
export interface Attempt {
  readonly named: Named;
  /** The last that had happened when it was sent. */
  readonly after: Zxid;
}

/** What these say is not about the write. */
const NOT_ABOUT_IT: ReadonlySet<Refusal['code']> = new Set([
  ...(['NotReady', 'DiskFull', 'Throttled', 'SessionExpired'] as const),
]);

/** What is said of an id that is older than the answers that are kept. */
const ID_FORGOTTEN = 'the id is older than the answers that are kept for the session';
/** Milliseconds that rounding may take. */
const ROUNDING_MS = 2;

const MARK = /^~(\d+)$/;

/** As these rules recognise it. */
export function markedNamed(number: number): ZnodeData {
  const text = `~${number}`;
  return { text, encoding: 'utf8', length: text.length };
}

export class RepeatRules {
  readonly #chronicle: Chronicle;
  readonly #mostKeys: number;
  /** Of answers to ids; undefined: so much that a session always keeps as many as it may. */
  readonly #mostUnits: number | undefined;
  readonly #keptFor: number;
  readonly #scheduler: Pick<Scheduler, 'now'>;
  readonly #all: Named[] = [];
  /** What has happened under ids of each session, the newest last. */
  readonly #ofSession = new Map<
    SessionId,
    { readonly id: number; readonly operations: number }[]
  >();
  /** Answers that were given as those to a repeat, for statistics. */
  replayed = 0;
  /** Named writes that happened again when their first answer was forgotten, for statistics. */
  again = 0;
  forgotten = 0;

  constructor(
    chronicle: Chronicle,
    { keyLifeMs, drift, limits }: Pick<MembersSwarm, 'keyLifeMs' | 'drift' | 'limits'>,
    scheduler: Pick<Scheduler, 'now'>,
  ) {
    this.#chronicle = chronicle;
    this.#mostKeys = limits.idempotencyKeys ?? DEFAULT_LIMITS.idempotencyKeys;
    this.#mostUnits = limits.exactlyOnceBytes;
    this.#keptFor = keyLifeMs / (1 + drift) - ROUNDING_MS;
    this.#scheduler = scheduler;
  }

  /** The next one will have this number. */
  get next(): number {
    return this.#all.length;
  }

  named(request: WriteRequest, name: RequestName, session: SessionId): Named {
    const number = this.#all.length;
    const named: Named = {
      ...{ number, request, name, session, happened: undefined, passed: false, unknown: 0 },
      ...{ told: new Map(), times: new Set() },
    };
    this.#all.push(named);
    return named;
  }

  sent(named: Named): Attempt {
    return { named, after: this.#chronicle.lastZxid };
  }

  /** A transaction has happened, and come to this state. */
  happened(zxid: Zxid, { changes, name }: Transaction, { answers }: ReplicatedState): void {
    for (const change of changes) {
      if (change.op !== 'create' && change.op !== 'set') continue;
      const number = MARK.exec(change.data.text)?.[1];
      const named = number === undefined ? undefined : this.#all[Number(number)];
      if (named === undefined) continue;
      const what = `named write ${number}`;
      const decidedAt = this.#chronicle.decidedAt.get(zxid) ?? Number.POSITIVE_INFINITY;
      if (named.happened !== undefined) {
        const first = formatZxid(named.happened);
        if (!this.#isForgotten(named, decidedAt)) {
          violated('I15', `${what} happens a second time at ${formatZxid(zxid)}, after ${first}`);
        }
        this.again += 1;
      }
      if (named.passed) violated('I15', `${what} happens, and it was told to be too late for it`);
      named.happened = zxid;
      named.times.add(zxid);
      const expected = labelOf(named.name);
      const logged = name === undefined ? 'none' : labelOf(name);
      if (logged !== expected) violated('I15', `${what} is logged as ${expected}: ${logged}`);
      if ('id' in named.name) this.#count(named.session, named.name.id, named.request);
    }
    if (answers.keys > this.#mostKeys) {
      violated('I25', `answers to ${answers.keys} keys are kept, limit ${this.#mostKeys}`);
    }
    if (this.#mostUnits !== undefined && answers.sessionUnits > this.#mostUnits) {
      const { sessionUnits } = answers;
      violated('I25', `${sessionUnits} units of answers to ids are kept, limit ${this.#mostUnits}`);
    }
  }

  #count(session: SessionId, id: number, request: WriteRequest): void {
    const operations = request.op === 'transaction' ? request.ops.length : 1;
    const all = this.#ofSession.get(session);
    if (all === undefined) this.#ofSession.set(session, [{ id, operations }]);
    else all.push({ id, operations });
  }

  /** Whether the answer to a key need not be known any more. */
  #isForgotten({ name, happened }: Named, now: number): boolean {
    if (!('key' in name) || happened === undefined) return false;
    const judgedFrom = this.#chronicle.judgedFrom.get(happened) ?? Number.POSITIVE_INFINITY;
    return now - judgedFrom >= this.#keptFor;
  }

  answered({ named, after }: Attempt, answer: WriteAnswer): void {
    const { number, happened, times, told } = named;
    const hadHappened = happened !== undefined && happened <= after;
    if (!answer.ok) {
      this.#refused(named, hadHappened, answer.refusal);
      return;
    }
    const { zxid, results, replayed } = answer;
    if (!times.has(zxid)) {
      violated('I15', `named write ${number} is said to be ${formatZxid(zxid)}: ${happened}`);
    }
    if (zxid <= after && replayed !== true) {
      violated('I15', `named write ${number} had happened: its answer is that to a repeat`);
    }
    if (replayed === true) this.replayed += 1;
    const text = JSON.stringify(results);
    const first = told.get(zxid);
    if (first === undefined) this.#checkFirst(number, zxid, answer);
    else if (first !== text) {
      violated('I15', `named write ${number} has one answer: ${first}, then ${text}`);
    }
    told.set(zxid, text);
  }

  /** What it says is what has happened, and nothing else is. */
  #checkFirst(number: number, zxid: Zxid, { results }: Extract<WriteAnswer, { ok: true }>): void {
    const { path = '', stat } = results.at(-1) ?? {};
    const znode = this.#chronicle.model.at(path, zxid);
    const isSame =
      znode !== undefined &&
      stat !== undefined &&
      znode.czxid === stat.czxid &&
      znode.mzxid === stat.mzxid &&
      znode.version === stat.version;
    if (!isSame || stat?.mzxid !== zxid) {
      violated('I15', `named write ${number} was told of ${path} as it came to be`);
    }
  }

  #refused(named: Named, hadHappened: boolean, { code, detail }: Refusal): void {
    if (detail === ID_FORGOTTEN) this.#checkForgotten(named);
    if (NOT_ABOUT_IT.has(code) || ERROR_CATALOGUE[code].outcome === 'unknown') return;
    const { number } = named;
    if (code === 'RepeatMismatch') violated('I15', `named write ${number} is the same each time`);
    if (code === 'IdPassed') {
      if (named.happened !== undefined) {
        violated('I15', `named write ${number} has happened, and its repeat comes too late`);
      }
      named.passed = true;
    }
    if (hadHappened && !this.#isForgotten(named, this.#scheduler.now)) {
      violated('I15', `named write ${number} had happened, its repeat has ${code}`);
    }
  }

  /** Nobody knows what became of it: then so much has happened since, if there is room. */
  #checkForgotten({ number, name, session }: Named): void {
    const id = 'id' in name ? name.id : 0;
    const since = (this.#ofSession.get(session) ?? []).filter((one) => one.id >= id);
    const operations = since.reduce((sum, one) => sum + one.operations, 0);
    this.forgotten += 1;
    if (operations > KEPT_OPERATIONS || this.#mostUnits !== undefined) return;
    violated('I15', `the answer to named write ${number} is kept behind ${operations} operations`);
  }
}

function labelOf(name: RequestName): string {
  return `${'id' in name ? name.id : name.key} ${name.fingerprint}`;
}
