/**
 * What each operation of the WebSocket does: read the frame, ask the coordinator once, say the
 * result as JSON text. The order of answers is the conversation's business (`Conversation`), the
 * connection's life `connection.ts`'s.
 */
import type { Caller, WriteAnswer } from '../../server/types.ts';
import type { ReadAnswer, ReadRequest } from '../../storage/tree/reads.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';
import { badArguments, RequestError } from '../errors.ts';
import { fingerprintOf } from '../idempotency.ts';
import { setQuotaRequest } from '../quotas.ts';
import {
  childrenRequest,
  createRequest,
  deleteRequest,
  type Prove,
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
import { type Conversation, done, EMPTY, refused } from './conversation.ts';
import { whenFresh } from './freshness.ts';
import { inspect } from './inspect-operations.ts';
import type { Request } from './requests.ts';
import { whenProved } from './takeovers.ts';
import { addWatch, removeWatch, setWatches } from './watch-operations.ts';

/** Runs a validated request. Throws `RequestError` for what a schema cannot say. */
export function perform(talk: Conversation, request: Request, frame: ClientFrame): void {
  const { limits } = talk.coordinator;
  switch (frame.op) {
    case 'connect':
      throw badArguments('this connection is connected already');
    case 'create':
      whenProved(talk, request, (prove, shown) =>
        write(talk, request, createRequest(plain(frame), limits, prove), writtenText, shown),
      );
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
    case 'setQuota':
      write(talk, request, setQuotaRequest(frame.path, frame), emptyText);
      return;
    case 'removeQuota':
      write(talk, request, { op: 'setQuota', path: frame.path }, emptyText);
      return;
    case 'transaction':
      whenProved(talk, request, (prove, shown) => transact(talk, request, frame, prove, shown));
      return;
    case 'sync':
      sync(talk, request);
      return;
    case 'close':
      closeSession(talk, request);
      return;
    case 'auth':
      authenticate(talk, request, frame);
      return;
    default: {
      // Nothing of these is answered later, so they wait for what the connection sent before.
      const { caller } = talk;
      whenFresh(talk, request, frame, () => answerNow(talk, caller, request, frame));
    }
  }
}

/** Counts for everything that is begun behind it, writes included, so it does not wait. */
function authenticate(talk: Conversation, request: Request, frame: FrameOf<'auth'>): void {
  const identities = talk.authenticate([frame]);
  talk.later(request, () => done(talk, request, JSON.stringify({ identities })));
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
      | 'setQuota'
      | 'removeQuota'
      | 'transaction'
      | 'sync'
      | 'close'
      | 'auth';
  }
>;

/** `caller` is who the connection was when the request was begun. */
function answerNow(talk: Conversation, caller: Caller, request: Request, frame: Immediate): void {
  const { coordinator } = talk;
  const { limits } = coordinator;
  switch (frame.op) {
    case 'get':
    case 'exists':
    case 'getAcl': {
      const watch = frame.op === 'getAcl' ? undefined : frame.watch;
      const kind = watch === true ? 'data' : undefined;
      read(talk, caller, request, { op: frame.op, path: frame.path }, kind);
      return;
    }
    case 'children':
      read(
        talk,
        caller,
        request,
        childrenRequest(plain(frame), limits),
        frame.watch === true ? 'child' : undefined,
      );
      return;
    case 'read': {
      const { ops } = plain<{ ops: readonly ReadParameters[] }>(frame);
      const results = batchResults(coordinator, caller, readRequests(ops, limits));
      const text = serialiseBatchRead({ results });
      checkRoom(talk, text);
      done(talk, request, text);
      return;
    }
    case 'whoami': {
      const { session, identities } = caller;
      const shown = session === '' ? { identities } : { identities, sessionId: session };
      done(talk, request, JSON.stringify(shown));
      return;
    }
    case 'ping':
      done(talk, request, JSON.stringify({ expiresInMs: talk.session.expiresInMs }));
      return;
    case 'getQuota':
    case 'descendants':
    case 'ephemerals':
    case 'watchers':
    case 'explainSession':
      inspect(talk, request, frame);
      return;
    case 'addWatch':
      addWatch(talk, request, frame);
      return;
    case 'setWatches':
      setWatches(talk, request, frame);
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

// ------------------------------------------------------------------------------------ writes

/** No tokens of former sessions. */
const NONE: readonly string[] = [];

type AnswerOk = Extract<WriteAnswer, { readonly ok: true }>;

function write(
  talk: Conversation,
  request: Request,
  change: WriteRequest,
  resultText: (answer: AnswerOk) => string,
  shown: readonly string[] = NONE,
): void {
  talk.turns.started();
  const answered = (answer: WriteAnswer) => {
    if (answer.ok) talk.answer(request, answer.zxid, resultText(answer), answer.replayed);
    else talk.refuse(request, answer.zxid, answer.refusal);
    talk.turns.finished();
  };
  const name = talk.exactlyOnce ? nameOf(request, change, talk.caller, shown) : undefined;
  talk.coordinator.write(talk.caller, change, answered, name);
}

/** For a client that sends a request again whose answer it has missed. */
function nameOf({ id }: Request, change: WriteRequest, caller: Caller, shown: readonly string[]) {
  return { id, fingerprint: fingerprintOf([change, caller.chroot ?? '', shown]) };
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

function transact(
  talk: Conversation,
  request: Request,
  frame: FrameOf<'transaction'>,
  prove: Prove,
  shown: readonly string[],
): void {
  const { ops } = plain<{ ops: readonly TransactionOpParameters[] }>(frame);
  const dryRun = frame.dryRun === true;
  const operations = transactionOps(ops, talk.coordinator.limits, prove);
  const change: WriteRequest = { op: 'transaction', ops: operations, dryRun };
  const resultText = ({ results }: AnswerOk) =>
    serialiseTransaction({ results: results.map(wireOpResult) });
  write(talk, request, change, resultText, shown);
}

/**
 * Writes are applied while a sync is being confirmed. So that no read between the two shows one
 * that was sent behind it, nothing is begun behind a sync.
 */
function sync(talk: Conversation, request: Request): void {
  talk.turns.started();
  talk.turns.hold();
  talk.coordinator.sync((answer) => {
    if (answer.ok) talk.answer(request, answer.zxid, `{"zxid":"${zxidText(answer.zxid)}"}`);
    else refused(talk, request, answer.refusal);
    talk.turns.release();
    talk.turns.finished();
  }, talk.caller);
}

/** Behind the end of the session nothing is begun: it has no answer, and leaves nothing behind. */
function closeSession(talk: Conversation, request: Request): void {
  const { caller } = talk;
  if (caller.session === '') {
    talk.later(request, () => {
      done(talk, request, EMPTY);
      talk.sessionClosed();
    });
    return;
  }
  talk.turns.started();
  talk.turns.hold();
  const change: WriteRequest = { op: 'closeSession', session: caller.session, reason: 'closed' };
  talk.coordinator.write(caller, change, (answer) => {
    if (answer.ok) {
      talk.answer(request, answer.zxid, EMPTY);
      talk.sessionClosed();
      return;
    }
    talk.refuse(request, answer.zxid, answer.refusal);
    talk.turns.release();
    talk.turns.finished();
  });
}

// ------------------------------------------------------------------------------------- reads

/**
 * Reads, and in the same turn leaves a one-shot watch when one is asked for and the read allows it.
 */
function read(
  talk: Conversation,
  caller: Caller,
  request: Request,
  what: ReadRequest,
  watchKind: 'data' | 'child' | undefined,
): void {
  const answer = talk.coordinator.read(caller, what);
  if (!answer.ok) {
    refused(talk, request, answer.refusal);
    return;
  }
  const text = readText(what, answer);
  checkRoom(talk, text);
  if (watchKind === undefined) {
    done(talk, request, text);
    return;
  }
  const left = talk.coordinator.watch(talk.subscriber, { kind: watchKind, path: what.path });
  if (!left.ok) {
    refused(talk, request, left.refusal);
    return;
  }
  talk.progress.watching(left.watch, false);
  done(talk, request, `${text.slice(0, -1)},"watch":${left.watch}}`);
}

/** As many of these as may be in flight are not much, characters. */
const SMALL_ANSWER = 4096;

/**
 * Reads are begun while there is room, but those behind a write have their turn together, and may
 * then be more than can wait to be sent.
 */
function checkRoom({ full, coordinator }: Conversation, text: string): void {
  if (text.length <= SMALL_ANSWER || !full) return;
  const detail = 'the answers before this one are more than may wait to be sent';
  const limit = { name: 'outboxBytes', value: coordinator.limits.outboxBytes };
  throw new RequestError({ code: 'Throttled', detail, limit, retryAfter: 1 });
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
