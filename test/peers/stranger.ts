/** Whoever comes to the peer listener by hand: with a right handshake, a wrong one, or none. */
import http from 'node:http';
import type { MemberId } from '../../raftlog/types.ts';
import { Caller, type CallOptions, CHALLENGE_PATH, type Self } from '../../server/peers/caller.ts';
import {
  CHALLENGE_HEADER,
  type Handshake,
  newIncarnation,
  newNonce,
  requestHeaders,
} from '../../server/peers/handshake.ts';
import type { Stream } from '../../server/peers/link.ts';
import type { Cluster, PeerAddress } from '../../server/peers/types.ts';
import { clusterOf } from './transports.ts';

export interface Reply {
  readonly status: number;
  readonly code: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request on a connection of its own; its body is left open when it is a POST. */
export function ask(
  port: number,
  method: string,
  path: string,
  headers: http.OutgoingHttpHeaders = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      const done = () => {
        const body = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, code: codeOf(body), headers, body });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', done);
      response.on('error', done);
      // A stream that was accepted has no end.
      if (method === 'POST' && response.statusCode === 200) setImmediate(done);
    });
    request.on('error', reject);
    if (method === 'POST') request.flushHeaders();
    else request.end();
  });
}

function codeOf(body: Buffer): string {
  try {
    return (JSON.parse(body.toString('utf8')) as { code?: string }).code ?? '';
  } catch {
    return '';
  }
}

export async function challengeOf(port: number): Promise<string> {
  const { headers } = await ask(port, 'GET', CHALLENGE_PATH);
  return String(headers[CHALLENGE_HEADER]);
}

/** What a sound handshake of member 2 with member 1 says. */
export async function soundHandshake(port: number, cluster = clusterOf()): Promise<Handshake> {
  return {
    cluster: cluster.id,
    key: cluster.key.id,
    from: 2,
    to: 1,
    incarnation: newIncarnation(),
    configuration: '0123456789abcdef',
    ensemble: undefined,
    nonce: newNonce(),
    challenge: await challengeOf(port),
  };
}

export function headersOf(
  method: string,
  path: string,
  handshake: Handshake,
  cluster: Cluster = clusterOf(),
): Record<string, string> {
  return requestHeaders(cluster, method, path, handshake);
}

export function selfOf(id: MemberId, cluster: Cluster = clusterOf()): Self {
  const configuration = () => '0123456789abcdef';
  const unknown = () => undefined;
  const incarnation = newIncarnation();
  return { id, cluster, incarnation, configuration, ensemble: unknown, tls: unknown };
}

export const CALL: CallOptions = {
  signal: new AbortController().signal,
  stallMs: 5000,
  bodyBytes: 1024,
};

/** A stream that was opened as a member does, for whoever wants to misuse it. */
export async function openStream(from: MemberId, to: PeerAddress): Promise<Stream> {
  const { stream } = await new Caller(selfOf(from), to).open(CALL);
  stream.incoming.on('error', () => {});
  stream.outgoing.on('error', () => {});
  return stream;
}
