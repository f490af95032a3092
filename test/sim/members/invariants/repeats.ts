/**
 * I15, exactly once: what is sent under a name happens at most once, however often it is sent; all
 * answers to a name are one answer; whoever asks again for what had happened is given it, as a
 * repeat; and who is told that it is too late for an id never sees anything come of it.
 */
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import type { RequestName, WriteAnswer } from '../../../../server/types.ts';
import { ERROR_CATALOGUE, type Refusal } from '../../../../storage/tree/errors.ts';
import type { Transaction, WriteRequest, ZnodeData } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';

/** A write with a name: its data is `~<number>`, which no other write has. */
export interface Named {
  readonly number: number;
  readonly request: WriteRequest;
  readonly name: RequestName;
  happened: Zxid | undefined;
  /** The first answer that told what it came to. */
  told: string | undefined;
  /** Somebody was told that it is too late for it. */
  passed: boolean;
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

const MARK = /^~(\d+)$/;

/** As these rules recognise it. */
export function markedNamed(number: number): ZnodeData {
  const text = `~${number}`;
  return { text, encoding: 'utf8', length: text.length };
}

export class RepeatRules {
  readonly #chronicle: Chronicle;
  readonly #all: Named[] = [];
  /** Answers that were given as those to a repeat, for statistics. */
  replayed = 0;

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** The next one will have this number. */
  get next(): number {
    return this.#all.length;
  }

  named(request: WriteRequest, name: RequestName): Named {
    const number = this.#all.length;
    const named: Named = {
      ...{ number, request, name, happened: undefined, told: undefined, passed: false },
    };
    this.#all.push(named);
    return named;
  }

  sent(named: Named): Attempt {
    return { named, after: this.#chronicle.lastZxid };
  }

  /** A transaction has happened. */
  happened(zxid: Zxid, { changes, name }: Transaction): void {
    for (const change of changes) {
      if (change.op !== 'create' && change.op !== 'set') continue;
      const number = MARK.exec(change.data.text)?.[1];
      const named = number === undefined ? undefined : this.#all[Number(number)];
      if (named === undefined) continue;
      const what = `named write ${number}`;
      if (named.happened !== undefined) {
        const first = formatZxid(named.happened);
        violated('I15', `${what} happens a second time at ${formatZxid(zxid)}, after ${first}`);
      }
      if (named.passed) violated('I15', `${what} happens, and it was told to be too late for it`);
      named.happened = zxid;
      const expected = labelOf(named.name);
      const logged = name === undefined ? 'none' : labelOf(name);
      if (logged !== expected) violated('I15', `${what} is logged as ${expected}: ${logged}`);
    }
  }

  answered({ named, after }: Attempt, answer: WriteAnswer): void {
    const { number, happened } = named;
    const hadHappened = happened !== undefined && happened <= after;
    if (!answer.ok) {
      this.#refused(named, hadHappened, answer.refusal);
      return;
    }
    const { zxid, results, replayed } = answer;
    if (happened !== zxid) {
      violated('I15', `named write ${number} is said to be ${formatZxid(zxid)}: ${happened}`);
    }
    if (hadHappened && replayed !== true) {
      violated('I15', `named write ${number} had happened: its answer is that to a repeat`);
    }
    if (replayed === true) this.replayed += 1;
    const text = JSON.stringify(results);
    if (named.told === undefined) this.#checkFirst(number, zxid, answer);
    else if (named.told !== text) {
      violated('I15', `named write ${number} has one answer: ${named.told}, then ${text}`);
    }
    named.told = text;
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

  #refused(named: Named, hadHappened: boolean, { code }: Refusal): void {
    if (NOT_ABOUT_IT.has(code) || ERROR_CATALOGUE[code].outcome === 'unknown') return;
    const { number } = named;
    if (code === 'RepeatMismatch') violated('I15', `named write ${number} is the same each time`);
    if (code === 'IdPassed') {
      if (named.happened !== undefined) {
        violated('I15', `named write ${number} has happened, and its repeat comes too late`);
      }
      named.passed = true;
    }
    if (hadHappened) violated('I15', `named write ${number} had happened, its repeat has ${code}`);
  }
}

function labelOf(name: RequestName): string {
  return `${'id' in name ? name.id : name.key} ${name.fingerprint}`;
}
