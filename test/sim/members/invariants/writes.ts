/**
 * I9:  what was acknowledged has happened, at the zxid and with the results that its client was
 *      told, and after everything that had happened when it was asked for.
 * I10: what was refused never happens; nothing happens twice; and what a refusal says was so at
 *      some time between the request and its answer; a leader that has not heard of its successor
 *      yet may refuse by what it has, and never by what is lost.
 * I15: the requests of a connection happen in the order in which they were sent, and are answered
 *      in it.
 * I17: a transaction happens whole, under one zxid, or not at all.
 * I18: nothing of a session happens after its end.
 */
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import type { WriteAnswer } from '../../../../server/types.ts';
import { ERROR_CATALOGUE, type Refusal } from '../../../../storage/tree/errors.ts';
import type {
  OpResult,
  SessionId,
  Transaction,
  WriteRequest,
} from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';
import { above } from '../model.ts';

export interface Write {
  /** Its data is `#<id>`: what happens can be told from everything else. */
  readonly id: number;
  readonly request: WriteRequest;
  readonly session: SessionId | '';
  /** Of all that were ever made; requests of one are in order. */
  readonly connection: number;
  /** The last that had happened when it was asked for. */
  readonly after: Zxid;
  state: 'asked' | 'acknowledged' | 'refused' | 'unknown';
  happened: Zxid | undefined;
}

/** What these say rests on nothing that has happened. */
const ABOUT_THE_MEMBER: ReadonlySet<Refusal['code']> = new Set([
  'NotReady',
  'DiskFull',
  'Throttled',
]);

const MARK = /^#(\d+)$/;

export class WriteRules {
  readonly #chronicle: Chronicle;
  readonly #writes: Write[] = [];
  /** The last write of each connection that happened. */
  readonly #lastOf = new Map<number, number>();
  /** What was answered, for statistics. */
  acknowledged = 0;

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** The next write will have this number. */
  get next(): number {
    return this.#writes.length;
  }

  asked(request: WriteRequest, session: SessionId | '', connection: number): Write {
    const write: Write = {
      ...{ id: this.#writes.length, request, session, connection },
      ...{ after: this.#chronicle.lastZxid, state: 'asked', happened: undefined },
    };
    this.#writes.push(write);
    return write;
  }

  /** A transaction has happened. */
  happened(zxid: Zxid, transaction: Transaction): void {
    const ids = new Set<number>();
    for (const change of transaction.changes) {
      const data = change.op === 'create' || change.op === 'set' ? change.data.text : '';
      const id = MARK.exec(data)?.[1];
      if (id !== undefined) ids.add(Number(id));
    }
    const [id, more] = ids;
    if (more !== undefined) violated('I17', `${formatZxid(zxid)} is one request: ${[...ids]}`);
    const write = id === undefined ? undefined : this.#writes[id];
    if (write !== undefined) this.#checkHappened(write, zxid, transaction);
  }

  #checkHappened(write: Write, zxid: Zxid, { changes }: Transaction): void {
    const { id, request, connection, session } = write;
    if (write.state === 'refused') violated('I10', `write ${id} was refused and happens`);
    if (write.happened !== undefined) violated('I10', `write ${id} happens a second time`);
    write.happened = zxid;
    if (request.op === 'transaction') {
      const expected = request.ops.filter(({ op }) => op !== 'check' && op !== 'checkAbsent');
      if (changes.length !== expected.length) {
        violated('I17', `write ${id} happens with ${changes.length} of ${expected.length} changes`);
      }
    }
    const last = this.#lastOf.get(connection) ?? -1;
    if (id < last) violated('I15', `write ${id} happens after ${last}, and was sent before it`);
    this.#lastOf.set(connection, id);
    if (session !== '' && !this.#chronicle.model.sessions.has(session)) {
      violated('I18', `write ${id} of session ${session} happens after its end`);
    }
  }

  /** Nobody will hear of it any more. */
  lost(write: Write): void {
    if (write.state === 'asked') write.state = 'unknown';
  }

  answered(write: Write, answer: WriteAnswer): void {
    if (!answer.ok) {
      this.#refused(write, answer.refusal, answer.zxid);
      return;
    }
    this.acknowledged += 1;
    write.state = 'acknowledged';
    const { id, request, happened, after } = write;
    const { zxid, results } = answer;
    if (request.op === 'transaction' && request.ops.every(({ op }) => op.startsWith('check'))) {
      if (zxid < after) violated('I10', `write ${id} was checked against what is older than it`);
      return;
    }
    const entry = this.#chronicle.of(zxid);
    if (entry?.transaction === undefined) {
      violated('I9', `write ${id} is acknowledged at ${formatZxid(zxid)} and has happened`);
    }
    if (zxid <= after) violated('I9', `write ${id} happens after it was asked for`);
    const isMarked = request.op === 'create' || request.op === 'set';
    if (isMarked && happened !== zxid) violated('I9', `write ${id} happened where it was told`);
    if (request.op === 'delete') this.#checkDeleted(write, entry.transaction);
    // Of several operations of a transaction on a znode the last one says what it came to.
    const last = new Map(results.map((result) => [result.path, result]));
    for (const result of last.values()) this.#checkResult(write, zxid, result);
  }

  #checkDeleted({ id, request }: Write, { changes }: Transaction): void {
    const path = request.op === 'delete' ? request.path : '';
    if (!changes.some((change) => change.op === 'delete' && change.path === path)) {
      violated('I9', `write ${id}: ${path} was deleted where it was told`);
    }
  }

  #checkResult({ id }: Write, zxid: Zxid, { path, stat }: OpResult): void {
    if (path === undefined || stat === undefined) return;
    const znode = this.#chronicle.model.at(path, zxid);
    // It may be gone by the end of its own transaction.
    if (znode === undefined) return;
    const { czxid, mzxid, version } = znode;
    const isSame = czxid === stat.czxid && mzxid === stat.mzxid && version === stat.version;
    if (!isSame) violated('I9', `write ${id} was told of ${path} as it was then`);
  }

  #refused(write: Write, refusal: Refusal, zxid: Zxid): void {
    const { id, after } = write;
    if (ERROR_CATALOGUE[refusal.code].outcome === 'unknown') {
      this.lost(write);
      return;
    }
    if (write.happened !== undefined) violated('I10', `write ${id} has happened: ${refusal.code}`);
    write.state = 'refused';
    if (zxid < after && !ABOUT_THE_MEMBER.has(refusal.code)) {
      violated('I10', `write ${id}: ${refusal.code} rests on what is older than the request`);
    }
    const wasSo = this.#wasSo(write, refusal, zxid);
    if (!wasSo) violated('I10', `write ${id}: ${JSON.stringify(refusal)} was so at some time`);
  }

  /** Whether it was so at some time between the request and its answer. */
  #wasSo({ after, session }: Write, refusal: Refusal, zxid: Zxid): boolean {
    const { code, path = '', index, stat } = refusal;
    // Within a transaction it may be so by what comes before it there.
    if (index !== undefined && index > 0) return true;
    const { model } = this.#chronicle;
    const states = model.during(path, after, zxid);
    switch (code) {
      case 'NoNode':
        return states.includes(undefined);
      case 'NodeExists':
        return states.some((znode) => znode !== undefined);
      case 'NotEmpty':
        return states.some((znode) => (znode?.numChildren ?? 0) > 0);
      case 'BadVersion':
        return states.some(
          (znode) => znode !== undefined && (stat === undefined || znode.mzxid === stat.mzxid),
        );
      case 'NoChildrenForEphemerals': {
        const parents = [...model.during(above(path), after, zxid), ...states];
        return parents.some((znode) => znode !== undefined && znode.owner !== '');
      }
      case 'SessionExpired':
        return session === '' || !model.sessions.has(session);
      default:
        return true;
    }
  }
}
