/**
 * `/v1/znodes`: get, exists, set, create, delete. Each handler reads the request, asks the
 * coordinator once and answers; what is allowed and what becomes of it is the tree's to decide.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WriteAnswer } from '../server/types.ts';
import type { Znode } from '../storage/tree/tree.ts';
import {
  CREATE_MODES,
  type CreateMode,
  type Stat,
  type WriteRequest,
  type ZnodeData,
} from '../storage/tree/types.ts';
import { bytesOf, checkNoBody, hasBody, isJson, jsonOf } from './bodies.ts';
import { clientHas, ifMatchHolds, jsonTag, writeCondition } from './conditions.ts';
import { whenFresh } from './consistency.ts';
import type { RouteContext } from './context.ts';
import { dataOfBytes } from './data.ts';
import { type Addressed, badArguments } from './errors.ts';
import { nameOf, REPEATABLE, tellReplayed } from './idempotency.ts';
import { operation } from './openapi.ts';
import { pathOf, urlOf } from './paths.ts';
import { booleanOf, integerOf, type Query, queryOf } from './query.ts';
import { sendJson, sendProblem, sendProblemAs } from './replies.ts';
import {
  type Representation,
  representationFor,
  STAT_HEADER,
  sendZnode,
  statHeader,
  tagOf,
  tellTag,
} from './representations.ts';
import { type CreateParameters, createRequest, dataOf, type Prove, proofBy } from './requests.ts';
import { serialiseWrite } from './serialisers.ts';
import { checkBody } from './validators.ts';
import { parseUntil, preferredWait, type Until } from './waiting.ts';
import { wireWrite } from './wire.ts';
import { whenProved } from './young-sessions.ts';

const RESOURCE = '/v1/znodes';

const { query: READ_PARAMETERS } = operation('getZnodeAt');
const { query: SET_PARAMETERS } = operation('setZnodeAt');
const { query: CREATE_PARAMETERS } = operation('createZnodeAt');
const { query: DELETE_PARAMETERS } = operation('deleteZnodeAt');

export function registerZnodes(app: FastifyInstance, context: RouteContext): void {
  const bodyLimit = context.coordinator.limits.bodyBytes;
  const options = { bodyLimit, config: REPEATABLE };
  for (const url of [RESOURCE, `${RESOURCE}/*`]) {
    app.head(url, (request, reply) => getZnode(context, request, reply));
    app.get(url, (request, reply) => getZnode(context, request, reply));
    app.put(url, options, (request, reply) => setData(context, request, reply));
    app.post(url, options, (request, reply) => createZnode(context, request, reply));
    app.delete(url, { config: REPEATABLE }, (request, reply) =>
      deleteZnode(context, request, reply),
    );
  }
}

// ------------------------------------------------------------------------------------- reads

interface GetTarget {
  readonly path: string;
  readonly representation: Representation;
  readonly until: Until | undefined;
}

function getZnode(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, READ_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const representation = representationFor(headers.accept);
  const wanted = query.get('until');
  const until = wanted === undefined ? undefined : parseUntil(wanted);
  whenFresh(coordinator, reply, query, () => {
    if (until !== undefined || 'if-none-match' in headers || 'if-match' in headers) {
      getConditionally(context, request, reply, { path, representation, until });
      return;
    }
    const answer = coordinator.read(request.caller, { op: 'get', path });
    if (!answer.ok) sendProblem(reply, coordinator, answer.refusal, { path });
    else if (answer.op === 'get') show(request, reply, answer.znode, representation);
  });
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  znode: Znode,
  representation: Representation,
): void {
  if (request.method === 'HEAD') reply.header(STAT_HEADER, statHeader(znode.stat));
  sendZnode(reply, znode, representation);
}

/** A get that may have nothing to say yet, and is held then if the client prefers to wait. */
function getConditionally(
  context: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  target: GetTarget,
): void {
  const { coordinator, waits } = context;
  const { prefer } = request.headers;
  const seconds = preferredWait(prefer, coordinator.limits.waitSeconds);
  if (seconds > 0) reply.header('preference-applied', `wait=${seconds}`);
  if (answeredGet(context, request, reply, target, seconds === 0)) return;
  waits.hold(request, reply, {
    path: target.path,
    seconds,
    answered: () => answeredGet(context, request, reply, target, false),
    timeUp: () => answeredGet(context, request, reply, target, true),
  });
}

/**
 * Answers and says true; false when there is nothing to say yet, which cannot be the `last` time.
 */
function answeredGet(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, representation, until }: GetTarget,
  last: boolean,
): boolean {
  const answer = coordinator.read(request.caller, { op: 'get', path });
  if (!answer.ok && answer.refusal.code !== 'NoNode') {
    sendProblem(reply, coordinator, answer.refusal, { path });
    return true;
  }
  const znode = answer.ok && answer.op === 'get' ? answer.znode : undefined;
  if (until !== undefined && !until.holds(znode?.stat)) {
    if (last) sendProblemAs(reply, coordinator, until.refusal(path, znode?.stat), 412);
    return last;
  }
  if (znode === undefined) {
    answerAbsence(coordinator, request, reply, path, until);
    return true;
  }
  const tag = tagOf(znode, representation);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch !== undefined && !ifMatchHolds(ifMatch, tag)) {
    const refusal = { code: 'BadVersion', path, stat: znode.stat } as const;
    sendProblem(reply, coordinator, refusal, { path });
    return true;
  }
  if (ifNoneMatch !== undefined && clientHas(ifNoneMatch, tag)) {
    if (last) {
      tellTag(reply, tag);
      reply.code(304).send();
    }
    return last;
  }
  show(request, reply, znode, representation);
  return true;
}

/**
 * Absence that was waited for is a success without a body; otherwise it is a 404, or a failed
 * condition.
 */
function answerAbsence(
  coordinator: RouteContext['coordinator'],
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  until: Until | undefined,
): void {
  if (until?.absence === true) {
    reply.code(204).send();
    return;
  }
  const conditional = 'if-match' in request.headers;
  sendProblem(reply, coordinator, { code: 'NoNode', path }, { path, conditional });
}

// ------------------------------------------------------------------------------------- writes

function setData(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, SET_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const { condition, conditional, needsZnode } = writeCondition(headers, query, () =>
    currentStat(context, request, path),
  );
  const data = dataOfBody(context, request);
  const write: WriteRequest = {
    op: 'set',
    path,
    data,
    create: !needsZnode,
    ...(condition === undefined ? undefined : { condition }),
  };
  const answered = (answer: WriteAnswer) =>
    answerWritten(context, reply, answer, { path, conditional });
  coordinator.write(request.caller, write, answered, nameOf(request, write));
}

/** The data of a set: the envelope's, or the body's bytes as they are. */
function dataOfBody({ coordinator }: RouteContext, request: FastifyRequest): ZnodeData {
  const { limits } = coordinator;
  if (!isJson(request)) return dataOfBytes(bytesOf(request), limits.dataBytes);
  return dataOf(checkBody('SetDataRequest', jsonOf(request, limits.jsonDepth)), limits);
}

function createZnode(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  whenProved(context.coordinator, reply, (known) => create(context, request, reply, known));
}

/** `known`: as in `Coordinator.authenticate`. */
function create(
  context: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  known: boolean,
): void {
  const { coordinator } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, CREATE_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const conditional = absenceAsked(headers['if-none-match'], headers['if-match']);
  const shown: string[] = [];
  const write = createOf(context, request, path, query, proofBy(coordinator, shown, known));
  const answered = (answer: WriteAnswer) => {
    const created = answer.ok ? answer.results[0]?.path : undefined;
    if (created !== undefined) reply.header('location', urlOf(RESOURCE, created));
    answerWritten(context, reply, answer, { path, conditional });
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write, shown));
}

/** A create never overwrites, so `If-None-Match: *` asks for nothing new but turns 409 into 412. */
function absenceAsked(ifNoneMatch: string | undefined, ifMatch: string | undefined): boolean {
  if (ifMatch !== undefined) throw badArguments('a create has no If-Match');
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() !== '*') throw badArguments('on a write If-None-Match is "*"');
  return true;
}

function createOf(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  path: string,
  query: Query,
  prove: Prove,
): WriteRequest {
  const { limits } = coordinator;
  const ttlMs = integerOf(query, 'ttlMs', 1, Number.MAX_SAFE_INTEGER);
  const parameters: CreateParameters = {
    path,
    mode: modeOf(query),
    parents: booleanOf(query, 'parents'),
    ...(ttlMs === undefined ? undefined : { ttlMs }),
  };
  if (!hasBody(request)) return createRequest(parameters, limits, prove);
  if (isJson(request)) {
    const envelope = checkBody('CreateRequest', jsonOf(request, limits.jsonDepth));
    return createRequest({ ...envelope, ...parameters }, limits, prove);
  }
  const data = dataOfBytes(bytesOf(request), limits.dataBytes);
  return { ...createRequest(parameters, limits, prove), data };
}

function modeOf(query: Query): CreateMode {
  const text = query.get('mode') ?? 'persistent';
  const mode = CREATE_MODES.find((known) => known === text);
  if (mode === undefined) throw badArguments(`mode is one of ${CREATE_MODES.join(', ')}`);
  return mode;
}

function deleteZnode(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, DELETE_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  checkNoBody(request);
  const { condition, conditional } = writeCondition(headers, query, () =>
    currentStat(context, request, path),
  );
  const write: WriteRequest = {
    op: 'delete',
    path,
    recursive: booleanOf(query, 'recursive'),
    ...(condition === undefined ? undefined : { condition }),
  };
  const answered = (answer: WriteAnswer) => {
    if (answer.ok) {
      tellReplayed(reply, answer);
      reply.code(204).send();
    } else sendProblem(reply, coordinator, answer.refusal, { path, conditional });
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write));
}

function currentStat(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  path: string,
): Stat | undefined {
  // A hint, not an answer: whether the condition holds is judged with the write.
  const caller = { ...request.caller, readOnly: true };
  const answer = coordinator.read(caller, { op: 'get', path });
  return answer.ok && answer.op === 'get' ? answer.znode.stat : undefined;
}

/** Answers a set or create: 201 when there is a new znode, 200 when an old one has new data. */
function answerWritten(
  { coordinator }: RouteContext,
  reply: FastifyReply,
  answer: WriteAnswer,
  addressed: Addressed,
): void {
  if (!answer.ok) {
    sendProblem(reply, coordinator, answer.refusal, addressed);
    return;
  }
  const [result] = answer.results;
  if (result?.path === undefined || result.stat === undefined) {
    const detail = 'the write was applied and came to nothing';
    sendProblemAs(reply, coordinator, { code: 'OutcomeUnknown', detail }, 500);
    return;
  }
  tellReplayed(reply, answer);
  reply.header('etag', jsonTag(result.stat));
  const status = result.op === 'create' ? 201 : 200;
  sendJson(reply, status, serialiseWrite(wireWrite(result.path, result.stat)));
}
