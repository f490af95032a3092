/**
 * `/v1/transactions`: several operations under one zxid, all or nothing. `/v1/batch-reads`: several
 * reads at one point in time. `/v1/sync`: the barrier.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReadAnswer, ReadRequest } from '../storage/tree/reads.ts';
import { checkNoBody, jsonOf } from './bodies.ts';
import type { RouteContext } from './context.ts';
import { wireError } from './errors.ts';
import { booleanOf, queryOf } from './query.ts';
import { sendJson, sendProblem, sendRefusal } from './replies.ts';
import {
  type ReadParameters,
  readRequests,
  type TransactionOpParameters,
  transactionOps,
} from './requests.ts';
import { wireAcl, wireChildren, wireOpResult, wireStat, wireZnode, zxidText } from './wire.ts';

const NO_PARAMETERS: ReadonlySet<string> = new Set();
const TRANSACTION_PARAMETERS = new Set(['dryRun']);

export function registerTransactions(app: FastifyInstance, context: RouteContext): void {
  const bodyLimit = context.coordinator.limits.bodyBytes;
  app.post('/v1/transactions', { bodyLimit }, (request, reply) => {
    transact(context, request, reply);
  });
  app.post('/v1/batch-reads', { bodyLimit }, (request, reply) => {
    batchRead(context, request, reply);
  });
  app.post('/v1/sync', (request, reply) => sync(context, request, reply));
}

interface TransactionBody {
  readonly ops: readonly TransactionOpParameters[];
  readonly dryRun?: boolean;
}

function transact(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator, contract } = context;
  const { limits } = coordinator;
  const query = queryOf(request.raw.url ?? '', TRANSACTION_PARAMETERS);
  const body = contract.check('TransactionRequest', jsonOf(request, limits.jsonDepth));
  const { ops, dryRun } = body as TransactionBody;
  coordinator.write(
    request.caller,
    {
      op: 'transaction',
      ops: transactionOps(ops, limits),
      dryRun: dryRun === true || booleanOf(query, 'dryRun'),
    },
    (answer) => {
      if (!answer.ok) sendProblem(reply, coordinator, answer.refusal, {});
      else sendJson(reply, 200, JSON.stringify({ results: answer.results.map(wireOpResult) }));
    },
  );
}

function batchRead(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator, contract } = context;
  const { limits } = coordinator;
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  const body = contract.check('BatchReadRequest', jsonOf(request, limits.jsonDepth));
  const { ops } = body as { readonly ops: readonly ReadParameters[] };
  // One turn of the event loop: nothing is applied between two of these reads.
  const results = readRequests(ops, limits).map((read) =>
    wireRead(read, coordinator.read(request.caller, read)),
  );
  sendJson(reply, 200, JSON.stringify({ results }));
}

/** One read's result, or its error in its place. */
export function wireRead(request: ReadRequest, answer: ReadAnswer): object {
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
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  checkNoBody(request);
  coordinator.sync((answer) => {
    if (!answer.ok) sendRefusal(reply, coordinator, answer.refusal);
    else sendJson(reply, 200, JSON.stringify({ zxid: zxidText(answer.zxid) }));
  });
}
