/**
 * What each operation of the WebSocket does: read the frame, ask the coordinator once, say the
 * result as JSON text. The order of answers is the conversation's business (`Conversation`), the
 * connection's life `connection.ts`'s.
 */
import { parseZxid, type Zxid } from '../../raftlog/zxid.ts';
import type { Caller, Coordinator, Subscriber, WriteAnswer } from '../../server/types.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { ReadAnswer, ReadRequest } from '../../storage/tree/reads.ts';
import type { WatchKind, WriteRequest } from '../../storage/tree/types.ts';
import { badArguments, RequestError } from '../errors.ts';
import { checkPath } from '../paths.ts';
import {
  childrenRequest,
  createRequest,
  deleteRequest,
  type ReadParameters,
  readRequests,
  setAclRequest,
  setRequest,
  type TransactionOpParameters,
  transactionOps,
} from '../requests.ts';
import {
  serialiseAcl,
  serialiseBatchRead,
  serialiseChildren,
  serialiseTransaction,
  serialiseWrite,
} from '../serialisers.ts';
import { batchResults } from '../transactions.ts';
import type { ClientFrame, FrameOf } from '../validators.ts';
import {
  wireAcl,
  wireChildren,
  wireOpResult,
  wireStat,
  wireWrite,
  znodeJson,
  zxidText,
} from '../wire.ts';
import type { Request } from './requests.ts';

/** What an operation has of its connection. */
export interface Conversation {
  readonly coordinator: Coordinator;
  readonly caller: Caller;
  readonly subscriber: Subscriber;
  /** An operation that is answered later begins. */
  started(): void;
  /** It was answered. */
  finished(): void;
  /** Runs what is answered at once, when everything that the connection sent before is answered. */
  later(request: Request, operation: () => void): void;
  /** Sends the answer in its place. `result` is JSON text. */
  answer(request: Request, zxid: Zxid, result: string): void;
  refuse(request: Request, zxid: Zxid, refusal: Refusal): void;
  /** A watch was left. One that begins in the past holds back progress until it has caught up. */
  watching(watch: number, fromThePast: boolean): void;
  /** Ends the connection after the session has been closed. */
  sessionClosed(): void;
}

const EMPTY = '{}';

/** Runs a validated request. Throws `RequestError` for what a schema cannot say. */
export function perform(talk: Conversation, request: Request, frame: ClientFrame): void {
  const { limits } = talk.coordinator;
  switch (frame.op) {
    case 'connect':
      throw badArguments('this connection is connected already');
    case 'create':
      write(talk, request, createRequest(plain(frame), limits), writtenText);
      return;
    case 'set':
      write(talk, request, setRequest(plain(frame), limits), writtenText);
      return;
    case 'delete':
      write(talk, request, deleteRequest(plain(frame)), emptyText);
      return;
    case 'setAcl':
      write(talk, request, setAclRequest(frame), aclText);
      return;
    case 'transaction':
      transact(talk, request, frame);
      return;
    case 'sync':
      sync(talk, request);
      return;
    case 'close':
      closeSession(talk, request);
      return;
    default:
      // Nothing of these is answered later, so they wait for what the connection sent before.
      talk.later(request, () => answerInTurn(talk, request, frame));
  }
}

type Immediate = Exclude<
  ClientFrame,
  {
    readonly op:
      | 'connect'
      | 'create'
      | 'set'
      | 'delete'
      | 'setAcl'
      | 'transaction'
      | 'sync'
      | 'close';
  }
>;

/**
 * Its turn may come long after the request was begun, from within the answer to another one: nobody
 * above is left then to catch what is wrong with it.
 */
function answerInTurn(talk: Conversation, request: Request, frame: Immediate): void {
  try {
    answerNow(talk, request, frame);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    refused(talk, request, error.refusal);
  }
}

function answerNow(talk: Conversation, request: Request, frame: Immediate): void {
  const { coordinator, caller } = talk;
  const { limits } = coordinator;
  switch (frame.op) {
    case 'get':
    case 'exists':
    case 'getAcl': {
      const watch = frame.op === 'getAcl' ? undefined : frame.watch;
      read(talk, request, { op: frame.op, path: frame.path }, watch === true ? 'data' : undefined);
      return;
    }
    case 'children':
      read(
        talk,
        request,
        childrenRequest(plain(frame), limits),
        frame.watch === true ? 'child' : undefined,
      );
      return;
    case 'read': {
      const { ops } = plain<{ ops: readonly ReadParameters[] }>(frame);
      const results = batchResults(coordinator, caller, readRequests(ops, limits));
      done(talk, request, serialiseBatchRead({ results }));
      return;
    }
    case 'whoami': {
      const { session, identities } = caller;
      done(talk, request, JSON.stringify({ identities, sessionId: session }));
      return;
    }
    case 'ping':
      done(talk, request, EMPTY);
      return;
    case 'addWatch':
      addWatch(talk, request, frame);
      return;
    case 'removeWatch':
      removeWatch(talk, request, frame);
      return;
  }
}

/** The generated types spell "absent" as "or undefined"; frames never hold undefined. */
function plain<T>(frame: object): T {
  return frame as T;
}

function done(talk: Conversation, request: Request, result: string): void {
  talk.answer(request, talk.coordinator.zxid(), result);
}

function refused(talk: Conversation, request: Request, refusal: Refusal): void {
  talk.refuse(request, talk.coordinator.zxid(), refusal);
}

// ------------------------------------------------------------------------------------ writes

type AnswerOk = Extract<WriteAnswer, { readonly ok: true }>;

function write(
  talk: Conversation,
  request: Request,
  change: WriteRequest,
  resultText: (answer: AnswerOk) => string,
): void {
  talk.started();
  talk.coordinator.write(talk.caller, change, (answer) => {
    if (answer.ok) talk.answer(request, answer.zxid, resultText(answer));
    else talk.refuse(request, answer.zxid, answer.refusal);
    talk.finished();
  });
}

function writtenText({ results: [result] }: AnswerOk): string {
  if (result?.path === undefined || result.stat === undefined) return EMPTY;
  return serialiseWrite(wireWrite(result.path, result.stat));
}

function aclText({ results: [result] }: AnswerOk): string {
  const { path, acl, stat } = result ?? {};
  if (path === undefined || acl === undefined || stat === undefined) return EMPTY;
  return serialiseAcl(wireAcl(path, acl, stat));
}

function emptyText(): string {
  return EMPTY;
}

function transact(talk: Conversation, request: Request, frame: FrameOf<'transaction'>): void {
  const { ops } = plain<{ ops: readonly TransactionOpParameters[] }>(frame);
  const dryRun = frame.dryRun === true;
  const change: WriteRequest = {
    op: 'transaction',
    ops: transactionOps(ops, talk.coordinator.limits),
    dryRun,
  };
  write(talk, request, change, ({ results }) =>
    serialiseTransaction({ results: results.map(wireOpResult) }),
  );
}

function sync(talk: Conversation, request: Request): void {
  talk.started();
  talk.coordinator.sync((answer) => {
    if (answer.ok) talk.answer(request, answer.zxid, `{"zxid":"${zxidText(answer.zxid)}"}`);
    else refused(talk, request, answer.refusal);
    talk.finished();
  });
}

function closeSession(talk: Conversation, request: Request): void {
  const { caller } = talk;
  talk.started();
  const change: WriteRequest = { op: 'closeSession', session: caller.session, reason: 'closed' };
  talk.coordinator.write(caller, change, (answer) => {
    if (answer.ok) talk.answer(request, answer.zxid, EMPTY);
    else talk.refuse(request, answer.zxid, answer.refusal);
    talk.finished();
    if (answer.ok) talk.sessionClosed();
  });
}

// ------------------------------------------------------------------------------------- reads

/**
 * Reads, and in the same turn leaves a one-shot watch when one is asked for and the read allows it.
 */
function read(
  talk: Conversation,
  request: Request,
  what: ReadRequest,
  watchKind: 'data' | 'child' | undefined,
): void {
  const answer = talk.coordinator.read(talk.caller, what);
  if (!answer.ok) {
    refused(talk, request, answer.refusal);
    return;
  }
  const text = readText(what, answer);
  if (watchKind === undefined) {
    done(talk, request, text);
    return;
  }
  const left = talk.coordinator.watch(talk.subscriber, { kind: watchKind, path: what.path });
  if (!left.ok) {
    refused(talk, request, left.refusal);
    return;
  }
  talk.watching(left.watch, false);
  done(talk, request, `${text.slice(0, -1)},"watch":${left.watch}}`);
}

function readText(what: ReadRequest, answer: Extract<ReadAnswer, { readonly ok: true }>): string {
  switch (answer.op) {
    case 'get':
      return znodeJson(answer.znode);
    case 'exists': {
      const { znode } = answer;
      if (znode === undefined) return '{"exists":false}';
      return JSON.stringify({ exists: true, stat: wireStat(znode.stat) });
    }
    case 'children': {
      const { includeStat: stat, includeData: data } = what as { op: 'children' } & typeof what;
      return serialiseChildren(plain(wireChildren(answer.page, { stat, data })));
    }
    case 'getAcl':
      return serialiseAcl(wireAcl(answer.path, answer.acl, answer.stat));
  }
}

// ------------------------------------------------------------------------------------ watches

function addWatch(talk: Conversation, request: Request, frame: FrameOf<'addWatch'>): void {
  const { coordinator, subscriber } = talk;
  const { path, mode, include = [] } = frame;
  checkPath(path, coordinator.limits);
  const since = sinceOf(talk, frame);
  const answer = coordinator.watch(subscriber, {
    kind: mode,
    path,
    includeStat: include.includes('stat'),
    includeData: include.includes('data'),
    ...(since === undefined ? undefined : { since }),
  });
  if (!answer.ok) {
    refused(talk, request, answer.refusal);
    return;
  }
  talk.watching(answer.watch, since !== undefined);
  done(talk, request, `{"watch":${answer.watch}}`);
}

/** Events after a zxid that has not happened yet could not be told from those before it. */
function sinceOf(talk: Conversation, frame: FrameOf<'addWatch'>): Zxid | undefined {
  if (frame.since === undefined) return undefined;
  const since = parseZxid(frame.since);
  if (since === undefined || since > talk.coordinator.zxid()) {
    throw badArguments('since is a zxid that this member has not come to', frame.path);
  }
  return since;
}

function removeWatch(talk: Conversation, request: Request, frame: FrameOf<'removeWatch'>): void {
  const { coordinator, subscriber } = talk;
  const { watch, path, kind } = frame;
  if ((watch === undefined) === (path === undefined)) {
    throw badArguments('either watch, or path with kind, says what to remove');
  }
  const removed =
    watch === undefined
      ? coordinator.unwatchPath(subscriber, path ?? '', (kind ?? 'any') as WatchKind | 'any')
      : coordinator.unwatch(subscriber, watch);
  if (removed.length > 0) done(talk, request, EMPTY);
  else refused(talk, request, { code: 'NoWatch', ...(path === undefined ? undefined : { path }) });
}
