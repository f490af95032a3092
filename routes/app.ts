/**
 * The HTTP surface of a member, put together: limits of the server, what every request passes
 * first, the routes, and what becomes of everything that is not an answer of a route.
 */
import type { IncomingMessage } from 'node:http';
import type { ServerOptions as HttpsOptions } from 'node:https';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { CertificateTimes, Coordinator } from '../server/types.ts';
import { registerAcls } from './acls.ts';
import { registerAdmission } from './admission.ts';
import { registerBodies } from './bodies.ts';
import { registerChildren } from './children.ts';
import type { RouteContext } from './context.ts';
import { Authenticator, type SuperOptions } from './credentials.ts';
import { registerDocs } from './docs.ts';
import { registerEnsemble } from './ensemble.ts';
import { EVENT_STREAM_OPTIONS, type EventStreamOptions, registerEvents } from './events.ts';
import { registerExplanations } from './explanations.ts';
import { answerClientError, answerExpectation, answerFailure, HEADER_BYTES } from './failures.ts';
import { Guard, type GuardOptions } from './guard.ts';
import { registerInspections } from './inspections.ts';
import { registerMetrics } from './metrics.ts';
import { registerQuotas } from './quotas.ts';
import { RouteList } from './route-list.ts';
import { registerSessions } from './sessions.ts';
import { registerTransactions } from './transactions.ts';
import { Waits } from './waiting.ts';
import { isHandshake, registerWebSocket } from './websocket.ts';
import { registerZnodes } from './znodes.ts';

export interface AppOptions extends GuardOptions, SuperOptions {
  readonly version: string;
  /** Of HTTPS and secure WebSockets, which take the place of plain ones when given. */
  readonly tls?: HttpsOptions | undefined;
  /** Until when its certificates are good, for the metrics. */
  readonly certificates?: () => readonly CertificateTimes[];
  /** Where mistakes of our own are told; nowhere when false or absent. */
  readonly logger?: Logger | false;
  /** Timing of event streams, where it is not to be the usual one. */
  readonly eventStreams?: Partial<EventStreamOptions>;
}

/** The longest from the first byte of a request to the last of its headers, and of its body, ms. */
const HEADERS_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 10_000;
/** How often the runtime looks for requests that have run out of time, ms. */
const TIMEOUT_CHECK_MS = 1000;
/** An idle connection is kept for the next request this long, ms. */
const KEEP_ALIVE_MS = 10_000;
/** A connection on which nothing moves at all is given up this long after the longest wait, ms. */
const INACTIVE_MS = 30_000;

/** Answers that are under way when the app is closed have this long to get out, ms. */
const CLOSE_GRACE_MS = 1000;

const routesOfApp = new WeakMap<FastifyInstance, RouteList>();

/** Builds the app; it listens when told to, and closes what it holds open when closed. */
export function buildApp(coordinator: Coordinator, options: AppOptions): FastifyInstance {
  const { limits } = coordinator;
  const log = options.logger === false ? undefined : options.logger;
  const http = {
    maxHeaderSize: HEADER_BYTES,
    // A request without a Host is answered like every other malformed one, by a problem.
    requireHostHeader: false,
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    shouldUpgradeCallback: isHandshake,
  };
  const app = Fastify({
    logger: false,
    bodyLimit: limits.smallBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: limits.waitSeconds * 1000 + INACTIVE_MS,
    ...(options.tls === undefined ? { http } : { https: { ...http, ...options.tls } }),
    return503OnClosing: false,
    // Requests are held against the contract by validators.ts: its compilers are not even loaded.
    schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } },
    routerOptions: {
      // Queries are read where they are used, against what the resource knows.
      querystringParser: () => NO_QUERY,
      maxParamLength: HEADER_BYTES,
    },
    rewriteUrl: originForm,
    clientErrorHandler: (error, socket) => answerClientError(coordinator, error, socket),
    frameworkErrors: (error, request, reply) =>
      answerFailure(coordinator, log, error, request, reply),
  }) as unknown as FastifyInstance;
  app.server.on('checkExpectation', (request, response) =>
    answerExpectation(coordinator, request, response),
  );
  // Without a handshake nobody can be told anything, and what waits to be told holds the socket.
  app.server.prependListener('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
  app.setErrorHandler((error, request, reply) =>
    answerFailure(coordinator, log, error, request, reply),
  );
  const routes = new RouteList();
  routesOfApp.set(app, routes);
  routes.collect(app);
  registerBodies(app);
  const authenticator = new Authenticator(options);
  registerAdmission(app, coordinator, new Guard(options), authenticator, routes);
  registerRoutes(app, coordinator, authenticator, options);
  return app;
}

/** The routes of an app, once it is ready. */
export function routesOf(app: FastifyInstance): RouteList['routes'] {
  return routesOfApp.get(app)?.routes ?? [];
}

const NO_QUERY = {};

function noSchema(): never {
  throw new Error('a route has been given a schema of its own');
}

function registerRoutes(
  app: FastifyInstance,
  coordinator: Coordinator,
  authenticator: Authenticator,
  options: AppOptions,
): void {
  const waits = new Waits(coordinator);
  const context: RouteContext = {
    coordinator,
    waits,
    version: options.version,
    certificates: options.certificates ?? (() => []),
  };
  registerZnodes(app, context);
  registerChildren(app, context);
  registerAcls(app, context);
  registerQuotas(app, context);
  registerInspections(app, context);
  registerExplanations(app, context);
  registerTransactions(app, context);
  registerSessions(app, context);
  registerEvents(app, context, { ...EVENT_STREAM_OPTIONS, ...options.eventStreams });
  registerEnsemble(app, context);
  registerMetrics(app, context);
  registerDocs(app);
  // In a scope of its own: the plugin it uses hooks into every request of the scope that it is in.
  app.register((scope, _options, done) => {
    registerWebSocket(scope, coordinator, { authenticator, log: options.logger || undefined });
    done();
  });
  app.addHook('preClose', (done) => {
    waits.stop();
    // A connection that never sent a request counts as busy, and browsers open some in advance.
    setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS).unref();
    done();
  });
}

/**
 * A request may name its target with scheme and host (RFC 9112, 3.2.2); that host counts then, and
 * not the one in `Host`.
 */
function originForm(request: { url?: string | undefined; headers: IncomingMessage['headers'] }) {
  const { url = '' } = request;
  if (url.charCodeAt(0) === SLASH) return url;
  const [, authority, rest] = ABSOLUTE_FORM.exec(url) ?? [];
  if (authority === undefined) return url;
  request.headers.host = authority;
  return rest === undefined || rest === '' ? '/' : rest;
}

const SLASH = 0x2f;
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)([/?].*)?$/i;
