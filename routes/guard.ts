/**
 * Which hosts a request may name and which pages may send one. A wrong `Host` is 421: a page whose
 * name was re-bound to this address (DNS rebinding) gets no further. A foreign `Origin` is 403
 * unless it is on the list, and only then does the answer let a page read it (CORS). There are no
 * cookies.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../storage/tree/errors.ts';

export interface GuardOptions {
  /** Host names or addresses, without port; the loopback ones are always allowed. */
  readonly allowedHosts: readonly string[];
  /** Like `https://console.example`, exact. */
  readonly allowedOrigins: readonly string[];
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;

export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  /** The `Host` that was allowed last: nearly always the next one's too. */
  #lastHost: string | undefined;

  constructor(options: GuardOptions) {
    this.#hosts = new Set([...LOOPBACK, ...options.allowedHosts.map(hostName)]);
    this.#origins = new Set(options.allowedOrigins.map((origin) => origin.toLowerCase()));
  }

  /** Why a request is not taken. */
  refusal({ headers, rawHeaders }: IncomingMessage): Refusal | undefined {
    const { host, origin } = headers;
    if (host === undefined || isGivenTwice(rawHeaders, 'host')) {
      return { code: 'BadArguments', detail: 'a request names one Host' };
    }
    if (host !== this.#lastHost && !this.#allowsHost(host)) {
      return {
        code: 'MisdirectedRequest',
        detail: 'the Host is not one that this member serves; allow it by --allow-host',
      };
    }
    this.#lastHost = host;
    if (origin === undefined || this.#isOwn(origin, host) || this.allowsOrigin(origin)) {
      return undefined;
    }
    return {
      code: 'OriginNotAllowed',
      detail: 'pages of this origin may not use this member; allow it by --allow-origin',
    };
  }

  /** Whether pages of a foreign origin may read answers. */
  allowsOrigin(origin: string): boolean {
    return this.#origins.has(origin.toLowerCase());
  }

  #allowsHost(host: string): boolean {
    const [, name] = HOST.exec(host.toLowerCase()) ?? [];
    return name !== undefined && this.#hosts.has(name);
  }

  /** A page that this member itself served. */
  #isOwn(origin: string, host: string): boolean {
    const authority = host.toLowerCase();
    return origin === `http://${authority}` || origin === `https://${authority}`;
  }
}

/** The runtime keeps the first and drops the others, where another server might keep the last. */
export function isGivenTwice(rawHeaders: readonly string[], name: string): boolean {
  let seen = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const raw = rawHeaders[at];
    if (raw?.length !== name.length || raw.toLowerCase() !== name) continue;
    if (seen) return true;
    seen = true;
  }
  return false;
}

function hostName(host: string): string {
  const name = host.toLowerCase();
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

const EXPOSED_HEADERS = [
  'ETag',
  'Link',
  'Location',
  'Retry-After',
  'Preference-Applied',
  'Idempotency-Replayed',
  'Paddock-Zxid',
  'Paddock-Stat',
  'Paddock-Read-Only',
  'Paddock-Age',
].join(', ');

const ALLOWED_HEADERS = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'Paddock-Chroot',
  'Paddock-Min-Zxid',
  'Paddock-Read-Only',
  'Paddock-Session',
  'Prefer',
].join(', ');

/** Lets a page of an allowed foreign origin read the answer. */
export function allowReading(reply: FastifyReply, origin: string): void {
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', EXPOSED_HEADERS);
  reply.header('vary', 'Origin');
}

/** The answer to a preflight of an allowed foreign origin. */
export function answerPreflight(reply: FastifyReply): void {
  reply.header('access-control-allow-methods', 'GET, HEAD, PUT, POST, DELETE');
  reply.header('access-control-allow-headers', ALLOWED_HEADERS);
  reply.header('access-control-max-age', '600');
  reply.code(204).send();
}
