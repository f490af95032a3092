/**
 * A leader and its state without anything around them: requests are prepared, transactions wait in
 * `outstanding` until they are applied, as they wait for the disk in a member.
 */
import { formatZxid, type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { transactionOfAnswer } from '../../storage/tree/answer-text.ts';
import { applyTransaction } from '../../storage/tree/apply.ts';
import { decodeTransaction, encodeTransaction } from '../../storage/tree/codec.ts';
import type { ErrorCode, Refusal } from '../../storage/tree/errors.ts';
import { eventsOf } from '../../storage/tree/events.ts';
import { type Prepared, type PrepareLimits, Preparer } from '../../storage/tree/prepare.ts';
import { type ReadAnswer, type ReadRequest, read } from '../../storage/tree/reads.ts';
import { resultsOf } from '../../storage/tree/results.ts';
import { cversionOf } from '../../storage/tree/stat.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type {
  Acl,
  Identity,
  OpResult,
  RequestName,
  SessionId,
  Stat,
  Transaction,
  TreeEvent,
  WriteRequest,
  ZnodeData,
} from '../../storage/tree/types.ts';

export const EPOCH = 3;
export const START_TIME = 1_700_000_000_000;

export interface Done {
  readonly zxid: Zxid;
  readonly results: readonly OpResult[];
  readonly events: readonly TreeEvent[];
}

interface Outstanding {
  readonly zxid: Zxid;
  readonly request: WriteRequest;
  readonly transaction: Transaction;
}

export class Leader {
  readonly state = new ReplicatedState();
  readonly limits: PrepareLimits & { childrenPage: number };
  readonly preparer: Preparer;
  readonly outstanding: Outstanding[] = [];
  /** The clock; a test moves it. */
  time = START_TIME;
  /** For how long it has led, ms. */
  ledMs = 3_600_000;
  identities: readonly Identity[] = [];
  #counter = 0;

  constructor(limits: Partial<PrepareLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.preparer = new Preparer(this.state, this.limits);
  }

  /** Prepares without applying. */
  prepare(request: WriteRequest, session: SessionId | '' = '', name?: RequestName): Prepared {
    const zxid = zxidOf(EPOCH, this.#counter + 1);
    const { time, identities, ledMs } = this;
    const context = { zxid, time, session, identities, name, ledMs };
    const prepared = this.preparer.prepare(request, context);
    if (prepared.kind === 'transaction') {
      this.#counter += 1;
      this.outstanding.push({ zxid, request, transaction: prepared.transaction });
    }
    return prepared;
  }

  /** Applies the transaction that has been outstanding for longest. */
  applyNext(): Done {
    const next = this.outstanding.shift();
    if (next === undefined) throw new Error('nothing is outstanding');
    const { zxid, request, transaction } = next;
    applyTransaction(this.state, zxid, transaction);
    this.preparer.applied(zxid);
    return {
      zxid,
      results: resultsOf(zxid, transaction, request),
      events: eventsOf(zxid, transaction),
    };
  }

  /** Prepares and applies at once; the request must come to a transaction. */
  do(request: WriteRequest, session: SessionId | '' = '', name?: RequestName): Done {
    const prepared = this.prepare(request, session, name);
    if (prepared.kind !== 'transaction') throw new Error(`not done: ${JSON.stringify(prepared)}`);
    let done = this.applyNext();
    while (this.outstanding.length > 0) done = this.applyNext();
    return done;
  }

  /** The refusal that a request gets. */
  refused(request: WriteRequest, session: SessionId | '' = '', name?: RequestName): Refusal {
    const prepared = this.prepare(request, session, name);
    if (prepared.kind !== 'refused') throw new Error(`not refused: ${JSON.stringify(prepared)}`);
    return prepared.refusal;
  }

  code(request: WriteRequest, session: SessionId | '' = '', name?: RequestName): ErrorCode {
    return this.refused(request, session, name).code;
  }

  /** Creates a persistent znode and returns its final path. */
  create(path: string, more: Partial<Extract<WriteRequest, { op: 'create' }>> = {}): string {
    const session = more.mode?.startsWith('ephemeral') ? this.session : '';
    const { results } = this.do(create(path, more), session);
    return results[0]?.path ?? '';
  }

  /** The session that `openSession` opened last. */
  session: SessionId = '';

  openSession(timeoutMs = 10_000): SessionId {
    const { results } = this.do({ op: 'openSession', secretHash: 'ab'.repeat(32), timeoutMs });
    this.session = results[0]?.session ?? '';
    return this.session;
  }

  stat(path: string): Stat {
    const znode = this.state.tree.get(path);
    if (znode === undefined) throw new Error(`there is no ${path}`);
    return znode.stat;
  }

  /** The stat as a client sees it, zxids as counters of the epoch. */
  seen(path: string): Record<string, number> {
    return seenStat(this.stat(path));
  }

  has(path: string): boolean {
    return this.state.tree.get(path) !== undefined;
  }

  children(path: string): string[] {
    const znode = this.state.tree.get(path);
    return znode === undefined ? [] : this.state.tree.childPage(znode, undefined, 1_000_000);
  }

  read(request: ReadRequest): ReadAnswer {
    return read(this.state, request, this.identities, this.limits);
  }
}

/** The results that are kept for a name; undefined when there are none. */
export function keptResults(
  { answers }: ReplicatedState,
  request: WriteRequest,
  name: RequestName,
  session: SessionId | '' = '',
): { readonly zxid: Zxid; readonly results: readonly OpResult[] } | undefined {
  const kept = 'id' in name ? answers.ofSession(session)?.find(name.id) : answers.ofKey(name.key);
  if (kept === undefined) return undefined;
  const { zxid, text } = kept;
  return { zxid, results: resultsOf(zxid, transactionOfAnswer(text), request) };
}

/** The fields of a stat that have numbers; a zxid as its counter, a time since `START_TIME`. */
export function seenStat(stat: Stat): Record<string, number> {
  const counter = (zxid: Zxid) => (zxid === 0 ? 0 : zxid - zxidOf(EPOCH, 0));
  const since = (time: number) => (time === 0 ? 0 : time - START_TIME);
  return {
    czxid: counter(stat.czxid),
    mzxid: counter(stat.mzxid),
    pzxid: counter(stat.pzxid),
    ctime: since(stat.ctime),
    mtime: since(stat.mtime),
    version: stat.version,
    cversion: cversionOf(stat),
    aversion: stat.aversion,
    dataLength: stat.dataLength,
    numChildren: stat.numChildren,
  };
}

/** What differs between two such stats. */
export function moved(
  before: Record<string, number>,
  after: Record<string, number>,
): Record<string, number> {
  return Object.fromEntries(Object.entries(after).filter(([name, n]) => before[name] !== n));
}

export function data(text: string): ZnodeData {
  return { text, encoding: 'utf8', length: Buffer.byteLength(text) };
}

export function create(
  path: string,
  more: Partial<Extract<WriteRequest, { op: 'create' }>> = {},
): Extract<WriteRequest, { op: 'create' }> {
  return { op: 'create', path, data: data(''), mode: 'persistent', ...more };
}

export function set(
  path: string,
  text = 'x',
  more: Partial<Extract<WriteRequest, { op: 'set' }>> = {},
): Extract<WriteRequest, { op: 'set' }> {
  return { op: 'set', path, data: data(text), ...more };
}

export function remove(
  path: string,
  more: Partial<Extract<WriteRequest, { op: 'delete' }>> = {},
): Extract<WriteRequest, { op: 'delete' }> {
  return { op: 'delete', path, ...more };
}

/** An ACL that gives everyone these permissions. */
export function world(perms: string): Acl {
  return [{ perms, scheme: 'world', id: 'anyone' }];
}

/** Events as short lines. */
export function lines(events: readonly TreeEvent[]): string[] {
  return events.map(({ type, path }) => `${type} ${path}`);
}

/** A transaction as another member gets it. */
export function overTheWire(transaction: Transaction): Transaction {
  return decodeTransaction(encodeTransaction(transaction));
}

export function zxid(counter: number): Zxid {
  return zxidOf(EPOCH, counter);
}

export function sessionId(counter: number): SessionId {
  return formatZxid(zxid(counter));
}
