/**
 * `/v1/sessions`: liveness over plain HTTP. A session is known by its id, which is no secret, and
 * used by whoever shows its token in `Paddock-Session`; the token never stands in a URL.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  Coordinator,
  OpenSessionAnswer,
  RepeatableOpening,
  SessionInfo,
  WriteAnswer,
} from '../server/types.ts';
import type { SessionId, WriteRequest } from '../storage/tree/types.ts';
import { hasBody, jsonOf } from './bodies.ts';
import type { RouteContext } from './context.ts';
import { badArguments, RequestError } from './errors.ts';
import { keyOf, nameOf, REPEATABLE, tellReplayed } from './idempotency.ts';
import { ephemeralsRequest, ephemeralsText } from './inspections.ts';
import { operation, type Schemas } from './openapi.ts';
import { integerOf, queryOf } from './query.ts';
import { sendJson, sendRefusal } from './replies.ts';
import { checkBody } from './validators.ts';

const RESOURCE = '/v1/sessions';
/** None of these resources has a parameter in its query. */
const { query: NO_PARAMETERS } = operation('openSession');
const { query: EPHEMERALS_PARAMETERS } = operation('listEphemerals');

/** What a client gets that names no timeout, ms. */
const DEFAULT_TIMEOUT_MS = 30_000;

export function registerSessions(app: FastifyInstance, context: RouteContext): void {
  app.post(RESOURCE, { config: REPEATABLE }, (request, reply) =>
    openSession(context, request, reply),
  );
  app.get(`${RESOURCE}/:sessionId`, (request, reply) => showSession(context, request, reply));
  app.get(`${RESOURCE}/:sessionId/ephemerals`, (request, reply) =>
    listEphemerals(context, request, reply),
  );
  app.delete(`${RESOURCE}/:sessionId`, { config: REPEATABLE }, (request, reply) =>
    closeSession(context, request, reply),
  );
  // Proving the token was the sign of life already; the answer is what is left.
  app.post(`${RESOURCE}/:sessionId/heartbeat`, (request, reply) =>
    showSession(context, request, reply),
  );
}

function openSession(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  const body: Schemas['OpenSessionRequest'] = hasBody(request)
    ? checkBody('OpenSessionRequest', jsonOf(request, coordinator.limits.jsonDepth))
    : {};
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = body;
  const answered = (answer: OpenSessionAnswer) => {
    if (!answer.ok) {
      sendRefusal(reply, coordinator, answer.refusal);
      return;
    }
    const { session, token, timeoutMs: granted, expiresInMs } = answer;
    tellReplayed(reply, answer);
    reply.header('location', `${RESOURCE}/${session}`);
    const opened = { sessionId: session, token, timeoutMs: granted, expiresInMs };
    sendJson(reply, 201, JSON.stringify(opened));
  };
  coordinator.openSession(timeoutMs, answered, repeatable(request, timeoutMs));
}

/** Characters of a key that opens a session: the token is made of it, and is not to be guessed. */
const SECRET_KEY_LENGTH = 22;

function repeatable(request: FastifyRequest, timeoutMs: number): RepeatableOpening | undefined {
  const key = keyOf(request);
  // What is secret about the request differs between its attempts, and is not asked for.
  const name = nameOf(request, { op: 'openSession', secretHash: '', timeoutMs });
  if (key === undefined || name === undefined) return undefined;
  if (key.length >= SECRET_KEY_LENGTH) return { name, key };
  throw badArguments(
    `a key that opens a session is as secret as its token: at least ${SECRET_KEY_LENGTH} characters, ` +
      'chosen at random',
  );
}

function showSession(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  const { session, timeoutMs, expiresInMs, ephemerals } = ownSession(coordinator, request);
  const shown = { sessionId: session, timeoutMs, expiresInMs, ephemerals };
  sendJson(reply, 200, JSON.stringify(shown));
}

function listEphemerals(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const query = queryOf(request.raw.url ?? '', EPHEMERALS_PARAMETERS);
  const limit = integerOf(query, 'limit', 1, Number.MAX_SAFE_INTEGER);
  const [prefix, after] = [query.get('prefix'), query.get('after')];
  ownSession(coordinator, request);
  const what = ephemeralsRequest(coordinator.limits, prefix, limit, after);
  const text = ephemeralsText(coordinator, request.caller, what);
  if (typeof text === 'string') sendJson(reply, 200, text);
  else sendRefusal(reply, coordinator, text);
}

function closeSession(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  const session = sessionToClose(coordinator, request);
  const write: WriteRequest = { op: 'closeSession', session, reason: 'closed' };
  const answered = (answer: WriteAnswer) => {
    if (answer.ok) {
      tellReplayed(reply, answer);
      reply.code(204).send();
    } else sendRefusal(reply, coordinator, answer.refusal);
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write));
}

/** With a key the session may have ended: by the first attempt, which is still to be answered. */
function sessionToClose(coordinator: Coordinator, request: FastifyRequest): SessionId {
  const { sessionId } = request.params as { sessionId: string };
  if (keyOf(request) !== undefined && request.caller.session === sessionId) return sessionId;
  return ownSession(coordinator, request).session;
}

/** The session in the URL, which must be the one whose token was shown. */
function ownSession(coordinator: Coordinator, request: FastifyRequest): SessionInfo {
  const { sessionId } = request.params as { sessionId: string };
  const { session } = request.caller;
  if (session === '') {
    throw new RequestError({
      code: 'NoAuth',
      detail: "the session's token is needed in the header Paddock-Session",
    });
  }
  if (session !== sessionId) {
    throw new RequestError({ code: 'NoAuth', detail: 'the token is that of another session' });
  }
  const info = coordinator.sessionInfo(session);
  if (info === undefined) throw new RequestError({ code: 'SessionExpired' });
  return info;
}
