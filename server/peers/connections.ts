/**
 * Where connections between members are made, both ends of them: the one place that knows whether
 * they are plain or TLS.
 */
import http from 'node:http';
import https from 'node:https';
import type { PeerLimits, PeerTls } from './types.ts';

/** Bytes of headers: a handshake has about 700. */
const HEADER_BYTES = 4096;
/** How long the headers of a request may take, and a connection without a request is kept, ms. */
const HEADERS_MS = 5000;
const IDLE_MS = 10_000;
/** How often that is looked at, ms. */
const LOOK_MS = 1000;
/** When the system begins to probe a connection on which nothing is sent, ms. */
const PROBE_MS = 5000;

/** A listener that lives long with peers and not long with anybody else. */
export function createListener(
  limits: PeerLimits,
  tls: PeerTls | undefined,
  onRequest: http.RequestListener,
): http.Server {
  const options: http.ServerOptions = {
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    // The body of a stream goes on for as long as both members live.
    requestTimeout: 0,
    keepAliveTimeout: IDLE_MS,
    connectionsCheckingInterval: LOOK_MS,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_MS,
  };
  const server =
    tls === undefined
      ? http.createServer(options, onRequest)
      : https.createServer({ ...options, ...tls.server }, onRequest);
  server.maxConnections = limits.connections;
  return server;
}

/** At most one connection to one member, used again for as long as it lasts. */
export function createAgent(tls: PeerTls | undefined): http.Agent {
  const options: http.AgentOptions = { keepAlive: true, keepAliveMsecs: PROBE_MS, maxSockets: 1 };
  if (tls === undefined) return new http.Agent(options);
  return new https.Agent({ ...options, ...tls.client });
}

export function request(
  options: http.RequestOptions,
  tls: PeerTls | undefined,
): http.ClientRequest {
  return tls === undefined ? http.request(options) : https.request(options);
}
