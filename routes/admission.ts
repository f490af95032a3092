/**
 * What every request passes before its route runs, in this order: is it for this host and from a
 * page that may, is it for a resource that exists, is it of a size and kind that is taken, whose is
 * it, and is this member as far as the client has seen already (`Paddock-Min-Zxid`). Whose it is
 * may be known only when this member has got further, so that is waited for too.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseZxid } from '../raftlog/zxid.ts';
import type { Coordinator } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { callerOf } from './callers.ts';
import { chrootOfHeader, within } from './chroot.ts';
import type { Authenticator } from './credentials.ts';
import { badArguments, RequestError } from './errors.ts';
import { allowReading, answerPreflight, type Guard } from './guard.ts';
import { renewWhileHeld } from './held-sessions.ts';
import { inTurn, isInTurn } from './pipelining.ts';
import { allowing, READ_ONLY_HEADER, readOnlyMarks } from './read-only.ts';
import { sendProblemAs, sendRefusal, ZXID_HEADER } from './replies.ts';
import type { RouteList } from './route-list.ts';
import { preferredWait } from './waiting.ts';
import { zxidText } from './wire.ts';
import { whenProved } from './young-sessions.ts';

/** Characters of a URL: the longest path, every byte of it escaped, and parameters. */
export const URL_LENGTH = 4096;

/** How long a request waits for this member to get to its `Paddock-Min-Zxid`, ms. */
const CATCH_UP_MS = 5000;

type Done = (error?: Error) => void;

export function registerAdmission(
  app: FastifyInstance,
  coordinator: Coordinator,
  guard: Guard,
  authenticator: Authenticator,
  routes: RouteList,
): void {
  app.decorateRequest('caller');
  const enter = (request: FastifyRequest, reply: FastifyReply, done: Done, known: boolean) => {
    request.caller = callerOf(request, coordinator, authenticator, known);
    const chroot = request.headers['paddock-chroot'];
    if (chroot !== undefined) {
      const path = chrootOfHeader(String(chroot), request.raw.rawHeaders);
      request.caller = within(request.caller, path, coordinator.limits);
    }
    const readOnly = request.headers[READ_ONLY_HEADER];
    if (readOnly !== undefined) request.caller = allowing(request.caller, readOnly);
    if ('paddock-min-zxid' in request.headers) catchUp(coordinator, request, reply, done);
    else done();
  };
  const admit = (request: FastifyRequest, reply: FastifyReply, done: Done) => {
    try {
      if (refused(coordinator, guard, routes, request, reply)) return;
      whenProved(coordinator, reply, (known) => enter(request, reply, done, known));
    } catch (error) {
      done(error as Error);
    }
  };
  const { inFlightPerConnection } = coordinator.limits;
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    if (isInTurn(socket, reply.raw)) {
      admit(request, reply, done);
      return;
    }
    const go = () => admit(request, reply, done);
    inTurn(socket, reply.raw, inFlightPerConnection, go, () => {
      reply.header('connection', 'close');
      sendRefusal(reply, coordinator, tooManyInFlight(inFlightPerConnection));
    });
  });
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    // Now and not earlier: the answer may show a state that is newer than the request.
    reply.header(ZXID_HEADER, zxidText(coordinator.zxid()));
    const marks = readOnlyMarks(coordinator);
    if (marks !== undefined) reply.headers(marks);
    reply.header('x-content-type-options', 'nosniff');
    // Else the stop of the member would wait until the connection has been idle for long enough.
    if (closing) reply.header('connection', 'close');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}

function tooManyInFlight(value: number): Refusal {
  return {
    code: 'Throttled',
    detail: 'too many requests of this connection are not answered yet',
    limit: { name: 'inFlightPerConnection', value },
    retryAfter: 1,
  };
}

/** Answers a request that goes no further, and says so. */
function refused(
  coordinator: Coordinator,
  guard: Guard,
  routes: RouteList,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  const { headers, url = '' } = request.raw;
  const { origin } = headers;
  const refusal = guard.refusal(request.raw);
  if (refusal !== undefined) {
    closeUnlessBodyless(request, reply);
    sendRefusal(reply, coordinator, refusal);
    return true;
  }
  if (origin !== undefined && guard.allowsOrigin(origin)) {
    allowReading(reply, origin);
    if (request.method === 'OPTIONS' && 'access-control-request-method' in headers) {
      answerPreflight(reply);
      return true;
    }
  }
  if (url.length > URL_LENGTH) {
    const limit = { name: 'urlLength', value: URL_LENGTH };
    const detail = `the URL is longer than ${URL_LENGTH} characters`;
    closeUnlessBodyless(request, reply);
    sendProblemAs(reply, coordinator, { code: 'TooLarge', detail, limit }, 414);
    return true;
  }
  if (request.is404) {
    closeUnlessBodyless(request, reply);
    answerUnrouted(coordinator, routes, request, reply);
    return true;
  }
  refuseUnsupported(request);
  return false;
}

/**
 * A body that nobody reads would be taken for the next request's beginning, or read for nothing.
 */
function closeUnlessBodyless({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = raw.headers;
  if (length !== '0' || encoding !== undefined) reply.header('connection', 'close');
}

/** No such resource (404), or not with this method (405). */
function answerUnrouted(
  coordinator: Coordinator,
  routes: RouteList,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const methods = routes.methodsAt(request.raw.url ?? '');
  if (methods.length === 0) {
    sendRefusal(reply, coordinator, { code: 'NotFound' });
    return;
  }
  reply.header('allow', methods.join(', '));
  if (request.method === 'OPTIONS') {
    reply.code(204).send();
    return;
  }
  sendRefusal(reply, coordinator, {
    code: 'MethodNotAllowed',
    detail: `the resource has ${methods.join(', ')}`,
  });
}

/** Headers that would be a lie to ignore. */
function refuseUnsupported({ raw: { headers }, routeOptions }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new RequestError({
      code: 'UnsupportedMediaType',
      detail: 'bodies are taken as they are: no Content-Encoding',
    });
  }
  if ('idempotency-key' in headers && routeOptions.config.repeatable !== true) {
    throw badArguments('Idempotency-Key belongs to a write');
  }
}

function catchUp(
  coordinator: Coordinator,
  request: FastifyRequest,
  reply: FastifyReply,
  done: Done,
): void {
  const { prefer, 'paddock-min-zxid': seen } = request.headers;
  const zxid = parseZxid(String(seen));
  if (zxid === undefined)
    throw badArguments('Paddock-Min-Zxid is a zxid: 16 lower-case hex digits');
  const preferred = preferredWait(prefer, coordinator.limits.waitSeconds) * 1000;
  let isOver = false;
  let endRenewing: (() => void) | undefined;
  coordinator.waitForZxid(zxid, preferred > 0 ? preferred : CATCH_UP_MS, (refused) => {
    isOver = true;
    endRenewing?.();
    if (refused === undefined) done();
    else sendRefusal(reply, coordinator, refused.refusal);
  });
  if (!isOver) endRenewing = renewWhileHeld(coordinator, request, reply);
}
