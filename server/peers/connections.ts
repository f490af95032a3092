/**
 * Where connections between members are made, both ends of them: the one place that knows whether
 * they are plain or TLS.
 */
import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { PeerTls } from './types.ts';

/** Bytes of headers: a handshake has about 700. */
const HEADER_BYTES = 4096;
/** How long the headers of a request may take, and a connection without a request is kept, ms. */
const HEADERS_MS = 5000;
const IDLE_MS = 10_000;
/** How often that is looked at, ms. */
const LOOK_MS = 1000;
/** When the system begins to probe a connection on which nothing is sent, ms. */
const PROBE_MS = 5000;

/**
 * A listener that lives long with peers. How long with anybody else, and with how many, is for
 * unproven.ts: a bound of the server's own would turn away whoever comes last.
 */
export function createListener(
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
  return tls === undefined
    ? http.createServer(options, onRequest)
    : https.createServer({ ...options, ...tls.server }, onRequest);
}

/** What a listener shows from now on, and whom it believes; connections that stand are not cut. */
export function renewListener(server: http.Server, tls: PeerTls): void {
  if (server instanceof https.Server) server.setSecureContext(tls.server);
}

/** At most one connection to one member, used again for as long as it lasts. */
export function createAgent(tls: PeerTls | undefined, host: string): http.Agent {
  const options: http.AgentOptions = { keepAlive: true, keepAliveMsecs: PROBE_MS, maxSockets: 1 };
  if (tls === undefined) return new http.Agent(options);
  return new https.Agent({
    ...options,
    ...tls.client,
    // Each connection proves anew who is there.
    maxCachedSessions: 0,
    checkServerIdentity: (_name, { raw }) =>
      certifies(new X509Certificate(raw), host) ? undefined : new Error('WrongCertificate'),
  });
}

/**
 * Whether who connected is, by certificate, the member at `host`. The listener has verified that it
 * is by an authority of the ensemble; one that is for nobody, or for another, opens no door.
 */
export function isCertified(socket: Socket, host: string): boolean {
  if (!(socket instanceof TLSSocket)) return true;
  const certificate = socket.getPeerX509Certificate();
  return certificate !== undefined && certifies(certificate, host);
}

/** Whether a certificate names this host: as an alternative name, exactly, and in no other way. */
export function certifies(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  return certificate.checkHost(host, { subject: 'never', wildcards: false }) !== undefined;
}

export function request(
  options: http.RequestOptions,
  tls: PeerTls | undefined,
): http.ClientRequest {
  return tls === undefined ? http.request(options) : https.request(options);
}
