/**
 * Request bodies: JSON by its content type exactly, and bytes otherwise, so that `curl -T file` and
 * `curl -d hello` just work. Nothing is decompressed and nothing is guessed.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badArguments, RequestError } from './errors.ts';

/** The body of a request as the parser leaves it: the bytes as they came, JSON or not. */
export type RawBody = Buffer | undefined;

/** Takes over all parsing: every body arrives as bytes, whatever its type. */
export function registerBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}

export function isJson(request: FastifyRequest): boolean {
  const type = request.headers['content-type'];
  if (type === undefined) return false;
  if (type === 'application/json') return true;
  const [, charset] = JSON_TYPE.exec(type) ?? [];
  if (charset === undefined) return JSON_TYPE.test(type);
  if (charset.toLowerCase() !== 'utf-8') throw unsupported('JSON is UTF-8');
  return true;
}

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset="?([\w-]+)"?[ \t]*)?$/i;

export function bytesOf(request: FastifyRequest): Buffer {
  return (request.body as RawBody) ?? NO_BYTES;
}

const NO_BYTES = Buffer.alloc(0);

/** The JSON value of a resource that takes nothing else. */
export function jsonOf(request: FastifyRequest, maxDepth: number): unknown {
  if (!isJson(request)) throw unsupported('the body must be application/json');
  return parseJson(bytesOf(request), maxDepth);
}

/**
 * Whether there is a body, where there need not be one. Clients that are generated name the type of
 * JSON also when they have nothing to send, and some of them send `null` for it.
 */
export function hasBody(request: FastifyRequest): boolean {
  const bytes = bytesOf(request);
  const isNull = bytes.length <= NULL_BYTES && bytes.toString('latin1').trim() === 'null';
  return bytes.length > 0 && !(isNull && isJson(request));
}

/** Of `null` with a line end. */
const NULL_BYTES = 6;

/** For resources without a body. */
export function checkNoBody(request: FastifyRequest): void {
  if (bytesOf(request).length > 0) throw badArguments('this request has no body');
}

/** Throws `RequestError`; the depth is checked before anything is built. */
export function parseJson(bytes: Buffer, maxDepth: number): unknown {
  if (!isUtf8(bytes)) throw badArguments('the JSON body is not UTF-8');
  checkDepth(bytes, maxDepth);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badArguments('the body is not JSON');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Nesting of a JSON text, found without parsing: brackets outside of strings. */
function checkDepth(bytes: Buffer, maxDepth: number): void {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > maxDepth) throw tooDeep(maxDepth);
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
}

/** The position of the quote that ends the string which begins at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end !== -1) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
    end = bytes.indexOf(QUOTE, end + 1);
  }
  return bytes.length;
}

function tooDeep(maxDepth: number): RequestError {
  return new RequestError({
    code: 'TooLarge',
    detail: `the JSON is nested deeper than ${maxDepth}`,
    limit: { name: 'jsonDepth', value: maxDepth },
  });
}

function unsupported(detail: string): RequestError {
  return new RequestError({ code: 'UnsupportedMediaType', detail });
}
