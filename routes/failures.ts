/**
 * What is not an answer of a handler: errors of the HTTP parser and of the framework, turned into
 * the same problem documents as everything else. Whatever a client caused is a 4xx; whatever is
 * left is our own mistake, is logged with its stack, and is a 500 that tells nothing.
 */

import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Limits } from '../server/limits.ts';
import type { Coordinator } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { HTTP_STATUS, problemOf, RequestError } from './errors.ts';
import { answerUnderWay } from './pipelining.ts';
import { PROBLEM_TYPE, sendProblemAs, sendRefusal, ZXID_HEADER } from './replies.ts';
import { serialiseProblem } from './serialisers.ts';
import { zxidText } from './wire.ts';

/** Bytes of a request line and headers, together. */
export const HEADER_BYTES = 8 * 1024;

export type FailureLog = Pick<Logger, 'error'> | undefined;

export function answerFailure(
  coordinator: Coordinator,
  log: FailureLog,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = refusalOf(error, request, coordinator.limits);
  if (refusal !== undefined) {
    sendRefusal(reply, coordinator, refusal);
    return;
  }
  log?.error({ err: error, method: request.method }, 'a request failed for a reason of our own');
  const detail = 'the member made a mistake; its log says which';
  sendProblemAs(reply, coordinator, { code: 'OutcomeUnknown', detail }, 500);
}

/** The refusal for an error that the request caused; undefined for one that it did not. */
function refusalOf(error: unknown, request: FastifyRequest, limits: Limits): Refusal | undefined {
  if (error instanceof RequestError) return error.refusal;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(request, limits);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'UnsupportedMediaType', detail: 'the Content-Type is malformed' };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { code: 'BadArguments', detail: 'the body is not as long as Content-Length says' };
    case 'FST_ERR_BAD_URL':
      return { code: 'BadArguments', detail: 'a percent escape in the URL is malformed' };
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { code: 'NotFound' };
    default:
      return isClientError(statusCode)
        ? { code: 'BadArguments', detail: 'the request is malformed' }
        : undefined;
  }
}

function isClientError(status: unknown): boolean {
  return typeof status === 'number' && status >= 400 && status < 500;
}

function bodyTooLarge(request: FastifyRequest, limits: Limits): Refusal {
  const { bodyLimit } = request.routeOptions;
  const name = bodyLimit === limits.smallBodyBytes ? 'smallBodyBytes' : 'bodyBytes';
  return {
    code: 'TooLarge',
    detail: `the body is larger than ${bodyLimit} bytes`,
    limit: { name, value: bodyLimit },
  };
}

/** The parser's own errors: what arrived is not HTTP, or did not arrive in time. */
export function answerClientError(
  coordinator: Coordinator,
  error: NodeJS.ErrnoException,
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  // Part of an answer is out already: another one behind it would be read as its rest.
  if (answerUnderWay(socket)?.headersSent === true) {
    socket.destroy();
    return;
  }
  const { refusal, status } = clientErrorOf(error);
  const zxid = zxidText(coordinator.zxid());
  const body = serialiseProblem(problemOf(refusal, status, zxid));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `${ZXID_HEADER}: ${zxid}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** An `Expect` other than `100-continue`. */
export function answerExpectation(
  coordinator: Coordinator,
  _request: IncomingMessage,
  response: ServerResponse,
): void {
  const zxid = zxidText(coordinator.zxid());
  const refusal: Refusal = { code: 'BadArguments', detail: 'Expect can only be 100-continue' };
  const body = serialiseProblem(problemOf(refusal, 417, zxid));
  response.writeHead(417, {
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    [ZXID_HEADER]: zxid,
    connection: 'close',
  });
  response.end(body);
}

function clientErrorOf(error: NodeJS.ErrnoException): { refusal: Refusal; status: number } {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW': {
      const limit = { name: 'headerBytes', value: HEADER_BYTES };
      const detail = 'the request line and headers are too large';
      return { refusal: { code: 'TooLarge', detail, limit }, status: 431 };
    }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return {
        refusal: { code: 'TooLarge', detail: 'the chunk extensions are too large' },
        status: HTTP_STATUS.TooLarge,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { refusal: { code: 'RequestTimeout' }, status: HTTP_STATUS.RequestTimeout };
    default: {
      const refusal: Refusal = { code: 'BadArguments', detail: 'this is not an HTTP/1.1 request' };
      return { refusal, status: HTTP_STATUS.BadArguments };
    }
  }
}
