/**
 * `GET /v1/ws`: the upgrade, and the connections that came of it. Host and Origin were judged by
 * the same hook as every request's before anything is upgraded.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Coordinator } from '../server/types.ts';
import type { Authenticator } from './credentials.ts';
import { badArguments } from './errors.ts';
import { queryOf } from './query.ts';
import { CLOSE } from './ws/close-codes.ts';
import { Connection } from './ws/connection.ts';
import { ROUND_MS } from './ws/rounds.ts';

const RESOURCE = '/v1/ws';
const NO_PARAMETERS: ReadonlySet<string> = new Set();
const SUBPROTOCOL = 'paddock.v1.json';

/** Fragments of one message, and pieces of one frame, that are put together at most. */
const MAX_FRAGMENTS = 10_000;
/** How long a member that stops waits for the close of its connections to be answered, ms. */
const GOODBYE_MS = 1000;

export interface WebSocketOptions {
  readonly authenticator: Authenticator;
  readonly log: Logger | undefined;
}

export function registerWebSocket(
  app: FastifyInstance,
  coordinator: Coordinator,
  { authenticator, log }: WebSocketOptions,
): void {
  const connections = new Set<Connection>();
  const round = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) connection.tick(now);
  }, ROUND_MS);
  round.unref();
  app.register(websocket, {
    options: {
      maxPayload: coordinator.limits.frameBytes,
      maxFragments: MAX_FRAGMENTS,
      perMessageDeflate: false,
      clientTracking: true,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    },
    preClose(done) {
      clearInterval(round);
      for (const connection of connections) connection.close(CLOSE.goingAway, 'the member stops');
      const { clients } = this.websocketServer;
      setTimeout(() => {
        for (const client of clients) client.terminate();
      }, GOODBYE_MS).unref();
      this.websocketServer.close(done);
    },
  });
  endRefusedHandshakes(app);
  app.register((scope, _options, registered) => {
    scope.route({
      method: 'GET',
      url: RESOURCE,
      exposeHeadRoute: false,
      preHandler: (request, _reply, next) => {
        // Nothing travels in the URL: a token there would end in logs.
        queryOf(request.raw.url ?? '', NO_PARAMETERS);
        checkSubprotocol(request.raw.headers);
        next();
      },
      handler: () => {
        throw badArguments('this resource speaks WebSocket only: upgrade the connection');
      },
      wsHandler: (socket, request) => {
        // Attached before anything else: an error nobody listens to would end the member.
        socket.on('error', () => {
          // What follows from it comes as `close`.
        });
        if (!coordinator.takeConnection()) {
          socket.close(CLOSE.tooMany, 'as many connections as this member may have');
          return;
        }
        const now = performance.now();
        const connection = new Connection(coordinator, socket, request.raw.socket, {
          ...{ now, log, authenticator },
          identities: request.caller.identities,
        });
        connections.add(connection);
        socket.on('message', (data, isBinary) => connection.received(data as Buffer, isBinary));
        socket.on('ping', () => connection.pinged());
        socket.on('pong', () => connection.pinged());
        socket.on('close', () => {
          connections.delete(connection);
          connection.gone();
          coordinator.releaseConnection();
        });
      },
    });
    registered();
  });
}

/** Who names no subprotocol speaks ours; who names only others would not. */
function checkSubprotocol({ 'sec-websocket-protocol': offered }: IncomingHttpHeaders): void {
  if (offered === undefined) return;
  if (offered.split(',').some((name) => name.trim() === SUBPROTOCOL)) return;
  throw badArguments(`the subprotocol of this resource is ${SUBPROTOCOL}`);
}

/**
 * A handshake that is refused before the plugin has seen it is answered like any request; but its
 * connection is the HTTP server's no longer, so nobody else would ever end it.
 */
function endRefusedHandshakes(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (isHandshake(request.raw)) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('onResponse', (request, _reply, done) => {
    if (isHandshake(request.raw)) request.raw.socket.destroySoon();
    done();
  });
}

/**
 * Whether a request is the opening handshake of a WebSocket. Every other request that asks for an
 * upgrade is an ordinary one (RFC 9110, 7.8: a server may ignore that).
 */
export function isHandshake({ method, url = '', headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    WEBSOCKET_URL.test(url) &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    WEBSOCKET_KEY.test(headers['sec-websocket-key'] ?? '')
  );
}

const WEBSOCKET_URL = /^\/v1\/ws(?:\?|$)/;
const WEBSOCKET_KEY = /^[+/0-9A-Za-z]{22}==$/;
