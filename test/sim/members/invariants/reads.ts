/**
 * I13: a read that is linearizable, or behind a sync, shows everything that had happened when that
 *      was asked for.
 * I14: what a client is shown never goes back, on whichever member; a read shows its own writes.
 * I16: a read shows the znode as it was at the zxid that comes with it.
 */
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';

/** What a read came to, as its client has it. */
export interface Shown {
  readonly path: string;
  /** The data of a znode, or the names of its children; undefined when it was not there. */
  readonly data?: string;
  readonly mzxid?: Zxid;
  readonly names?: readonly string[];
}

export class ReadRules {
  readonly #chronicle: Chronicle;
  checked = 0;

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** A client that has seen `seen` is answered from `zxid`. */
  answered(who: number, seen: Zxid, zxid: Zxid): void {
    if (zxid < seen) {
      const text = `${formatZxid(zxid)} after ${formatZxid(seen)}`;
      violated('I14', `what client ${who} is shown never goes back: ${text}`);
    }
  }

  /** What rests on a barrier is answered from `zxid`; so much had happened before it. */
  linearizable(who: number, before: Zxid, zxid: Zxid): void {
    if (zxid < before) {
      const text = `${formatZxid(zxid)}, and ${formatZxid(before)} had happened`;
      violated('I13', `a linearizable read of client ${who} shows ${text}`);
    }
  }

  shown({ path, data, mzxid, names }: Shown, zxid: Zxid): void {
    this.checked += 1;
    const { model } = this.#chronicle;
    if (this.#chronicle.indexOf(zxid) === undefined) {
      violated('I6', `a member shows ${formatZxid(zxid)}, which has not happened`);
    }
    const znode = model.at(path, zxid);
    if (names !== undefined) {
      const expected = model.childrenAt(path, zxid);
      if (znode === undefined || expected.join(' ') !== names.join(' ')) {
        violated('I16', `${path} has the children ${expected} at ${formatZxid(zxid)}: ${names}`);
      }
    } else if (znode?.data !== data || (mzxid !== undefined && znode?.mzxid !== mzxid)) {
      const text = `${znode?.data} at ${formatZxid(zxid)}, and not ${data}`;
      violated('I16', `${path} is ${text}`);
    }
  }
}
