/**
 * `/v1/transactions`: several operations under one zxid, all or nothing. `/v1/batch-reads`: several
 * reads at one point in time. `/v1/sync`: the barrier.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Coordinator, WriteAnswer } from '../server/types.ts';
import type { ReadAnswer, ReadRequest } from '../storage/tree/reads.ts';
import type { WriteRequest } from '../storage/tree/types.ts';
import { checkNoBody, jsonOf } from './bodies.ts';
import { whenFresh } from './consistency.ts';
import type { RouteContext } from './context.ts';
import { RequestError, wireError } from './errors.ts';
import { nameOf, REPEATABLE, tellReplayed } from './idempotency.ts';
import { operation, type Schemas } from './openapi.ts';
import { booleanOf, queryOf } from './query.ts';
import { sendJson, sendProblem, sendRefusal } from './replies.ts';
import {
  proofBy,
  type ReadParameters,
  readRequests,
  type TransactionOpParameters,
  transactionOps,
} from './requests.ts';
import { serialiseBatchRead, serialiseTransaction } from './serialisers.ts';
import { checkBody } from './validators.ts';
import { wireAcl, wireChildren, wireOpResult, wireStat, wireZnode, zxidText } from './wire.ts';
import { whenProved } from './young-sessions.ts';

const { query: TRANSACTION_PARAMETERS } = operation('transact');
const { query: BATCH_PARAMETERS } = operation('batchRead');
const { query: SYNC_PARAMETERS } = operation('sync');

export function registerTransactions(app: FastifyInstance, context: RouteContext): void {
  const bodyLimit = context.coordinator.limits.bodyBytes;
  app.post('/v1/transactions', { bodyLimit, config: REPEATABLE }, (request, reply) => {
    transact(context, request, reply);
  });
  app.post('/v1/batch-reads', { bodyLimit }, (request, reply) => {
    batchRead(context, request, reply);
  });
  app.post('/v1/sync', (request, reply) => sync(context, request, reply));
}

function transact(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  whenProved(context.coordinator, reply, (known) => change(context, request, reply, known));
}

/** `known`: as in `Coordinator.authenticate`. */
function change(
  context: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  known: boolean,
): void {
  const { coordinator } = context;
  const { limits } = coordinator;
  const query = queryOf(request.raw.url ?? '', TRANSACTION_PARAMETERS);
  const body = checkBody('TransactionRequest', jsonOf(request, limits.jsonDepth));
  // Each operation has been validated by the schema of its own `op`.
  const ops = body.ops as readonly TransactionOpParameters[];
  const shown: string[] = [];
  const write: WriteRequest = {
    op: 'transaction',
    ops: transactionOps(ops, limits, proofBy(coordinator, shown, known)),
    dryRun: body.dryRun === true || booleanOf(query, 'dryRun'),
  };
  const answered = (answer: WriteAnswer) => {
    if (!answer.ok) {
      sendProblem(reply, coordinator, answer.refusal, {});
      return;
    }
    tellReplayed(reply, answer);
    sendJson(reply, 200, serialiseTransaction({ results: answer.results.map(wireOpResult) }));
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write, shown));
}

function batchRead(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator } = context;
  const { limits } = coordinator;
  const query = queryOf(request.raw.url ?? '', BATCH_PARAMETERS);
  const { ops } = checkBody('BatchReadRequest', jsonOf(request, limits.jsonDepth));
  const reads = readRequests(ops as readonly ReadParameters[], limits);
  whenFresh(coordinator, reply, query, () => {
    const results = batchResults(coordinator, request.caller, reads);
    sendJson(reply, 200, serialiseBatchRead({ results }));
  });
}

/**
 * The results of a batch, read in one turn of the event loop: nothing is applied between two of
 * them. Throws `RequestError`: TooLarge when they come to more than a batch may hold, NotReady when
 * the member answers no reads.
 */
export function batchResults(
  coordinator: Coordinator,
  caller: Caller,
  reads: readonly ReadRequest[],
): Schemas['ReadResult'][] {
  const { batchReadBytes: value } = coordinator.limits;
  let bytes = 0;
  return reads.map((read) => {
    const answer = coordinator.read(caller, read);
    // That is no answer to one of them: the member reads nothing for this caller at present.
    if (!answer.ok && answer.refusal.code === 'NotReady') throw new RequestError(answer.refusal);
    bytes += bytesOf(answer);
    if (bytes > value) {
      const detail = 'these reads come to more than one answer may hold';
      throw new RequestError({
        code: 'TooLarge',
        detail,
        limit: { name: 'batchReadBytes', value },
      });
    }
    return wireRead(read, answer);
  });
}

/** What a child costs in an answer beside its name and data: a stat. An estimate. */
const CHILD_BYTES = 300;
/** The same of an entry of an ACL beside its id. */
const ENTRY_BYTES = 60;

function bytesOf(answer: ReadAnswer): number {
  if (!answer.ok) return 0;
  if (answer.op === 'get') return answer.znode.text.length;
  if (answer.op === 'getAcl') {
    return answer.acl.reduce((sum, { id }) => sum + ENTRY_BYTES + id.length, 0);
  }
  if (answer.op === 'exists') return 0;
  let bytes = 0;
  for (const { name, znode } of answer.page.children) {
    bytes += name.length + (znode === undefined ? 0 : CHILD_BYTES + znode.text.length);
  }
  return bytes;
}

/** One read's result, or its error in its place. */
function wireRead(request: ReadRequest, answer: ReadAnswer): Schemas['ReadResult'] {
  if (!answer.ok) return { error: wireError(answer.refusal) };
  switch (answer.op) {
    case 'get':
      return wireZnode(answer.znode);
    case 'exists':
      if (answer.znode === undefined) return { exists: false };
      return { exists: true, stat: wireStat(answer.znode.stat) };
    case 'children': {
      const asked =
        request.op === 'children' ? request : { includeStat: false, includeData: false };
      return wireChildren(answer.page, { stat: asked.includeStat, data: asked.includeData });
    }
    case 'getAcl':
      return wireAcl(answer.path, answer.acl, answer.stat);
  }
}

function sync({ coordinator }: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  queryOf(request.raw.url ?? '', SYNC_PARAMETERS);
  checkNoBody(request);
  coordinator.sync((answer) => {
    if (!answer.ok) sendRefusal(reply, coordinator, answer.refusal);
    else sendJson(reply, 200, JSON.stringify({ zxid: zxidText(answer.zxid) }));
  }, request.caller);
}
