/**
 * One HTTP request and its answer, with nothing in between: the URL goes out letter by letter (no
 * client library that tidies dot segments away) and the answer comes back as it is.
 */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { Agent as HttpsAgent, request as requestOverTls } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { documented, type Problem } from './driver.ts';

export interface HttpRequest {
  readonly method?: string;
  /** Path and query, as they are to stand in the request line. */
  readonly target: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Sent as `application/json`. */
  readonly json?: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  json<T = Record<string, unknown>>(): T;
}

/** Longer than anything that a member holds a request for. */
const GIVE_UP_MS = 90_000;

/** A client of one member, with connections of its own. */
export class HttpClient {
  readonly #port: number;
  readonly #request: typeof request;
  readonly #agent: Agent;
  readonly #from: { readonly localAddress?: string };

  /** With `tls` over TLS: whom to believe, and what to show. `from`: the address it comes from. */
  constructor(port: number, tls?: SecureContextOptions, from?: string) {
    this.#port = port;
    this.#from = from === undefined ? {} : { localAddress: from };
    this.#request = tls === undefined ? request : requestOverTls;
    const keepAlive = { keepAlive: true };
    this.#agent =
      tls === undefined ? new Agent(keepAlive) : new HttpsAgent({ ...keepAlive, ...tls });
  }

  send({ method = 'GET', target, headers, body, json }: HttpRequest): Promise<HttpAnswer> {
    const content = json === undefined ? body : JSON.stringify(json);
    const type = json === undefined ? undefined : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const outgoing = this.#request(
        {
          host: '127.0.0.1',
          port: this.#port,
          agent: this.#agent,
          ...this.#from,
          method,
          path: target,
          headers: {
            ...type,
            ...lengthHeader(content, headers),
            ...headers,
          },
          timeout: GIVE_UP_MS,
        },
        (incoming) => {
          // A stream of events has no end: that it has begun is the answer.
          if (incoming.headers['content-type']?.startsWith('text/event-stream') === true) {
            incoming.destroy();
            resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, Buffer.alloc(0)));
            return;
          }
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const bytes = Buffer.concat(chunks);
            resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, bytes));
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }

  /** Ends the connections that nothing is going on in. */
  close(): void {
    this.#agent.destroy();
  }
}

/** The length of the content, unless it is to be sent in chunks. */
function lengthHeader(
  content: string | Uint8Array | undefined,
  headers: Record<string, string> | undefined,
): Record<string, string> {
  if (content === undefined || headers?.['transfer-encoding'] !== undefined) return {};
  return { 'content-length': String(Buffer.byteLength(content)) };
}

function answerOf(status: number, headers: IncomingHttpHeaders, body: Buffer): HttpAnswer {
  const text = body.toString('utf8');
  return { status, headers, body, text, json: <T>() => JSON.parse(text) as T };
}

/** The problem document of an answer; an error when it is none. */
export function problemOf(answer: HttpAnswer): Problem {
  const type = answer.headers['content-type'] ?? '';
  if (!type.startsWith('application/problem+json')) {
    throw new Error(`${answer.status} ${type} is no problem document: ${answer.text}`);
  }
  return documented(answer.json() as unknown as Problem);
}
