/**
 * Asks one member something over HTTP, with the handshake in the headers, and believes the answer
 * only when it proves that it knows the secret too. One connection, used again between requests.
 */
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { MemberId } from '../../raftlog/types.ts';
import { createAgent, request } from './connections.ts';
import {
  CHALLENGE,
  CHALLENGE_HEADER,
  type Handshake,
  type Introduction,
  newNonce,
  PROOF_HEADER,
  provenAnswer,
  requestHeaders,
} from './handshake.ts';
import type { Stream } from './link.ts';
import type { Cluster, PeerAddress, PeerTls } from './types.ts';

/** What this member says about itself in each request. */
export interface Self {
  readonly id: MemberId;
  readonly cluster: Cluster;
  readonly incarnation: string;
  readonly configuration: () => string;
  /** As far as it is known by now. */
  readonly ensemble: () => string | undefined;
  /** As it is now; undefined: connections are plain. */
  readonly tls: () => PeerTls | undefined;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** The connection is given up when no byte came or went for so long, ms. */
  readonly stallMs: number;
  /** The largest answer that is taken. */
  readonly bodyBytes: number;
}

export interface Answer {
  /** 200 or 204, proven. */
  readonly status: number;
  readonly body: Buffer;
  readonly introduction: Introduction;
}

/**
 * A call that came to nothing. With a code the member was there and refused; the codes are those of
 * gate.ts, as far as one can believe an answer without a proof.
 */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

export const STREAM_PATH = '/peer/v1/stream';
export const KNOCK_PATH = '/peer/v1/knock';
export const SNAPSHOT_PATH = '/peer/v1/snapshot';
export const CHALLENGE_PATH = '/peer/v1/challenge';

const REFUSAL_BYTES = 4096;
const NOTHING = Buffer.alloc(0);

interface Exchange {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

export class Caller {
  readonly #self: Self;
  readonly #peer: PeerAddress;
  readonly #agent: Agent;
  #challenge: string | undefined;

  constructor(self: Self, peer: PeerAddress) {
    this.#self = self;
    this.#peer = peer;
    this.#agent = createAgent(self.tls(), peer.host);
  }

  /** Ends the connection, whatever is under way on it. */
  close(): void {
    this.#agent.destroy();
  }

  /** Rejects with `CallFailure`. */
  async call(method: string, path: string, options: CallOptions): Promise<Answer> {
    const { response, proof } = await this.#admitted(method, path, options);
    const { statusCode: status = 0 } = response;
    const body = await readBody(response, options.bodyBytes);
    const { key } = this.#self.cluster;
    const introduction = provenAnswer(key, proof, status, response.headers, body);
    if (introduction === undefined) throw new CallFailure(NO_PROOF, 'NoProof');
    return { status, body, introduction };
  }

  /**
   * Opens a stream; from then on the caller is of no more use. Rejects with `CallFailure`. The
   * listeners of the stream must be added before anything else happens.
   */
  async open(options: CallOptions): Promise<{ stream: Stream; introduction: Introduction }> {
    const { request, response, proof } = await this.#admitted('POST', STREAM_PATH, options);
    const { key } = this.#self.cluster;
    const introduction = provenAnswer(key, proof, 200, response.headers, NOTHING);
    const { socket } = request;
    if (introduction === undefined || response.statusCode !== 200 || socket === null) {
      throw new CallFailure(NO_PROOF, 'NoProof');
    }
    request.setTimeout(0);
    return { stream: { incoming: response, outgoing: request, socket }, introduction };
  }

  /** Asks with a challenge that is known, or with a new one when that has become stale. */
  async #admitted(
    method: string,
    path: string,
    options: CallOptions,
  ): Promise<Exchange & { readonly proof: string }> {
    for (let attempt = 0; ; attempt += 1) {
      const kept = this.#challenge;
      const challenge = kept ?? (await this.#newChallenge(options));
      const headers = this.#headers(method, path, challenge);
      const exchange = await this.#exchange(method, path, headers, options);
      const { statusCode = 0 } = exchange.response;
      if (statusCode === 200 || statusCode === 204) {
        this.#challenge = challenge;
        return { ...exchange, proof: headers[PROOF_HEADER] ?? '' };
      }
      this.#challenge = undefined;
      const failure = await refusalOf(exchange.response);
      const again = failure.code === 'StaleChallenge' && kept !== undefined && attempt === 0;
      if (!again) throw failure;
    }
  }

  #headers(method: string, path: string, challenge: string): Record<string, string> {
    const { id, cluster, incarnation, configuration, ensemble } = this.#self;
    const handshake: Handshake = {
      cluster: cluster.id,
      key: cluster.key.id,
      from: id,
      to: this.#peer.id,
      incarnation,
      configuration: configuration(),
      ensemble: ensemble(),
      nonce: newNonce(),
      challenge,
    };
    return requestHeaders(cluster, method, path, handshake);
  }

  async #newChallenge(options: CallOptions): Promise<string> {
    const { response } = await this.#exchange('GET', CHALLENGE_PATH, {}, options);
    if (response.statusCode !== 204) throw await refusalOf(response);
    await readBody(response, 0);
    const challenge = response.headers[CHALLENGE_HEADER];
    if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) {
      throw new CallFailure('what listens there is no member of an ensemble', 'NoProof');
    }
    return challenge;
  }

  #exchange(
    method: string,
    path: string,
    headers: Record<string, string>,
    { signal, stallMs }: CallOptions,
  ): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const { host, port } = this.#peer;
      const sent = request(
        { host, port, method, path, headers, agent: this.#agent, signal, timeout: stallMs },
        this.#self.tls(),
      );
      sent.on('error', (error) => reject(failureOf(error)));
      sent.on('timeout', () => sent.destroy(new Error(`nothing came for ${stallMs} ms`)));
      sent.on('response', (response) => {
        // Whoever reads it hears of an error; until then nobody would, and that is fatal.
        response.on('error', () => {});
        resolve({ request: sent, response });
      });
      if (method === 'POST' && path === STREAM_PATH) sent.flushHeaders();
      else sent.end();
    });
  }
}

const NO_PROOF = 'what answered does not know the secret of this ensemble';

function failureOf(error: NodeJS.ErrnoException): CallFailure {
  return new CallFailure(error.code ?? error.message);
}

/** The whole body. */
function readBody(response: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      chunks.push(chunk);
      if (bytes > bytesMax) {
        response.destroy();
        reject(new CallFailure(`an answer has more than ${bytesMax} bytes`, 'TooLarge'));
      }
    });
    response.on('end', () => resolve(Buffer.concat(chunks, bytes)));
    response.on('error', (error) => reject(failureOf(error)));
    response.on('close', () => reject(new CallFailure('the answer was cut off')));
  });
}

/** What the member said to a request that it refused. */
async function refusalOf(response: IncomingMessage): Promise<CallFailure> {
  const body = await readBody(response, REFUSAL_BYTES);
  const { statusCode = 0 } = response;
  let code = `Status${statusCode}`;
  let detail = `it answered with status ${statusCode}`;
  try {
    const problem: unknown = JSON.parse(body.toString('utf8'));
    if (typeof problem === 'object' && problem !== null) {
      if ('code' in problem && isWord(problem.code)) ({ code } = problem);
      if ('detail' in problem && isSentence(problem.detail)) ({ detail } = problem);
    }
  } catch {
    // No problem document: the status says all that there is.
  }
  return new CallFailure(detail, code);
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]{1,40}$/.test(value);
}

/** Printable, and short enough for a log. */
function isSentence(value: unknown): value is string {
  return typeof value === 'string' && /^[ -~]{1,200}$/.test(value);
}
