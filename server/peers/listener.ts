/**
 * The HTTP server for other members, and for nobody else: it has a port of its own and knows five
 * resources. Plain node:http: there is nothing here to validate, document or serialise, and a
 * stream needs the sockets themselves.
 */
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { MemberId } from '../../raftlog/types.ts';
import type { Clock } from '../clock.ts';
import { CertifiedConnections } from '../revocations.ts';
import { CHALLENGE_PATH, KNOCK_PATH, type Self, SNAPSHOT_PATH, STREAM_PATH } from './caller.ts';
import { createListener, renewListener } from './connections.ts';
import { type Admission, type Gate, REFUSALS, type RefusalCode } from './gate.ts';
import { answerHeaders, CHALLENGE_HEADER, type Handshake } from './handshake.ts';
import type { Stream } from './link.ts';
import { encodeSnapshotMeta } from './snapshot-meta.ts';
import type { SnapshotShelf } from './snapshot-shelf.ts';
import type { PeerLimits, PeerTls } from './types.ts';
import { type Closing, UnprovenConnections } from './unproven.ts';

export interface ListenerOptions {
  readonly self: Self;
  readonly clock: Clock;
  readonly limits: PeerLimits;
  readonly gate: Gate;
  readonly shelf: SnapshotShelf;
  /** A member that has proved itself asks for a stream: why not, or undefined when it may. */
  readonly streamRefusal: (handshake: Handshake) => Promise<RefusalCode | undefined>;
  /** It has one. Called at once, so that nothing of it is missed. */
  readonly opened: (handshake: Handshake, stream: Stream) => void;
  /** It says that it is there: why nothing comes of it, or undefined when something does. */
  readonly knocked: (handshake: Handshake) => Promise<RefusalCode | undefined>;
  /** Somebody was turned away; `from` is who it said it is, if anybody. */
  readonly turnedAway: (what: string, from: MemberId | undefined, address: string) => void;
  /** So many connections were closed that had proved nothing. */
  readonly closed: (closing: Closing, count: number, address: string) => void;
}

const SNAPSHOT_RESOURCE = /^\/peer\/v1\/snapshot\/([0-9a-f]{16})(?:\/(0|[1-9][0-9]{0,8}))?$/;
const NOTHING = Buffer.alloc(0);

export class PeerListener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #connections = new CertifiedConnections();
  readonly #unproven: UnprovenConnections;

  constructor(options: ListenerOptions) {
    this.#options = options;
    const { limits, self, clock, closed } = options;
    this.#server = createListener(self.tls(), (request, response) =>
      this.#request(request, response),
    );
    const { connections, handshakeMs: withinMs } = limits;
    this.#unproven = new UnprovenConnections({ clock, connections, withinMs, closed });
    this.#unproven.watch(this.#server);
    if (self.tls()?.revoked !== undefined) this.#connections.watch(this.#server);
    this.#server.prependListener('tlsClientError', (error, socket) =>
      this.#noHandshake(error, socket),
    );
    this.#server.on('clientError', (error, socket) => this.#garbage(error, socket as Socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        // A connection that could not be accepted: the peer tries again.
        this.#server.on('error', ({ code = 'Unknown' }: NodeJS.ErrnoException) =>
          this.#options.turnedAway(code, undefined, ''),
        );
        resolve();
      });
    });
  }

  renewTls(tls: PeerTls): void {
    renewListener(this.#server, tls);
    this.#connections.cut(tls.revoked ?? []);
  }

  /** Ends every connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** No TLS, or a certificate that is not believed: the other side is told no reason. */
  #noHandshake(error: NodeJS.ErrnoException, socket: TLSSocket): void {
    const { remoteAddress: address = '', authorizationError = null } = socket;
    const reason = authorizationError === null ? (error.code ?? 'NoTls') : `${authorizationError}`;
    if (reason !== 'ECONNRESET') this.#options.turnedAway(reason, undefined, address);
    socket.destroy();
  }

  /** Not even HTTP. */
  #garbage(error: NodeJS.ErrnoException, socket: Socket): void {
    if (socket.destroyed) return;
    const address = socket.remoteAddress ?? '';
    if (error.code !== 'ECONNRESET') this.#options.turnedAway('NoHttp', undefined, address);
    if (socket.writable) socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    socket.destroySoon();
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    // Whoever reads or writes hears of an error; until then nobody would, and that is fatal.
    request.on('error', () => {});
    response.on('error', () => {});
    const { method = '', url = '' } = request;
    const resource = `${method} ${url}`;
    if (resource === `GET ${CHALLENGE_PATH}`) {
      response.writeHead(204, { [CHALLENGE_HEADER]: this.#options.gate.challenge() }).end();
      return;
    }
    const once = method === 'POST';
    const admission = this.#options.gate.admit(request, once);
    if ('refusal' in admission) {
      this.#turnAway(request, response, admission.refusal, admission.from);
      return;
    }
    this.#unproven.proved(request.socket);
    if (resource === `POST ${STREAM_PATH}`) {
      void this.#stream(request, response, admission);
    } else if (resource === `POST ${KNOCK_PATH}`) {
      void this.#knock(request, response, admission);
    } else {
      void this.#snapshot(request, response, admission);
    }
  }

  async #stream(
    request: IncomingMessage,
    response: ServerResponse,
    admission: Admission,
  ): Promise<void> {
    const { handshake } = admission;
    const refusal = await this.#options.streamRefusal(handshake);
    const { socket } = request;
    // Who did not wait for the answer must not take the place of a stream that stands.
    if (socket.destroyed) return;
    if (refusal !== undefined) {
      this.#turnAway(request, response, refusal, handshake.from);
      return;
    }
    response.writeHead(200, this.#proof(admission, 200, NOTHING));
    response.flushHeaders();
    this.#options.opened(handshake, { incoming: request, outgoing: response, socket });
  }

  async #knock(
    request: IncomingMessage,
    response: ServerResponse,
    admission: Admission,
  ): Promise<void> {
    const { handshake } = admission;
    const refusal = await this.#options.knocked(handshake);
    if (refusal === undefined) this.#answer(response, admission, 204, NOTHING);
    else this.#turnAway(request, response, refusal, handshake.from);
  }

  async #snapshot(
    request: IncomingMessage,
    response: ServerResponse,
    admission: Admission,
  ): Promise<void> {
    const { shelf } = this.#options;
    const { from } = admission.handshake;
    const { method, url = '' } = request;
    if (method === 'GET' && url === SNAPSHOT_PATH) {
      const meta = await shelf.open(from);
      if (meta === 'SnapshotBusy') refuse(response, meta);
      else this.#answer(response, admission, 200, Buffer.from(encodeSnapshotMeta(meta)));
      return;
    }
    const [, id, chunk] = SNAPSHOT_RESOURCE.exec(url) ?? [];
    if (method === 'GET' && id !== undefined && chunk !== undefined) {
      const bytes = await shelf.read(from, id, Number(chunk));
      if (bytes === 'SnapshotGone') refuse(response, bytes);
      else this.#answer(response, admission, bytes === undefined ? 204 : 200, bytes ?? NOTHING);
    } else if (method === 'DELETE' && id !== undefined && chunk === undefined) {
      shelf.end(from, id);
      this.#answer(response, admission, 204, NOTHING);
    } else {
      refuse(response, 'NotFound');
    }
  }

  #answer(
    response: ServerResponse,
    admission: Admission,
    status: 200 | 204,
    body: Uint8Array,
  ): void {
    const headers = this.#proof(admission, status, body);
    if (status === 200) headers['Content-Length'] = body.byteLength;
    // Whoever does not read is not waited for.
    response.setTimeout(this.#options.limits.stallMs, () => response.destroy());
    response.writeHead(status, headers).end(body);
  }

  #proof({ proof }: Admission, status: number, body: Uint8Array): OutgoingHttpHeaders {
    const { cluster, incarnation, configuration, ensemble } = this.#options.self;
    const introduction = { incarnation, configuration: configuration(), ensemble: ensemble() };
    return answerHeaders(cluster.key, proof, status, introduction, body);
  }

  #turnAway(
    request: IncomingMessage,
    response: ServerResponse,
    refusal: RefusalCode,
    from: MemberId | undefined,
  ): void {
    this.#options.turnedAway(refusal, from, request.socket.remoteAddress ?? '');
    refuse(response, refusal);
  }
}

/** Ends the connection too: its body, if any, is not read. */
function refuse(response: ServerResponse, code: RefusalCode): void {
  const [status, detail] = REFUSALS[code];
  const body = JSON.stringify({ status, code, detail });
  response
    .writeHead(status, {
      'Content-Type': 'application/problem+json',
      'Content-Length': Buffer.byteLength(body),
      ...(status === 401 ? { 'WWW-Authenticate': 'Paddock-Peer' } : {}),
      Connection: 'close',
    })
    .end(body);
}
