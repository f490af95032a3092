/**
 * The znode path of a request, from the URL as it was sent: decoded once, made canonical once, and
 * used in that form only. `/v1/znodes/a/b`, `/v1/znodes/a%2Fb`, `/v1/znodes/%2Fa%2Fb` (as generated
 * clients send it) and `/v1/znodes?path=/a/b` all name `/a/b`. Never redirects.
 *
 * This is safe because a name holds no slash and no segment is empty, so that `/` and `%2F` cannot
 * mean two things.
 */
import type { Limits } from '../server/limits.ts';
import { pathRefusal } from '../storage/tree/path.ts';
import { badArguments, RequestError } from './errors.ts';
import type { Query } from './query.ts';

const SLASH = 0x2f;

/**
 * The znode path in `url`, which begins with `resource`, like `/v1/znodes`, letter by letter.
 * Whether it is a valid one is for the tree to say, which knows the path of a sequential create (a
 * prefix, which alone may end with a slash) from all others.
 */
export function pathOf(url: string, resource: string, query: Query): string {
  if (!url.startsWith(resource)) throw new RequestError({ code: 'NotFound' });
  const prefixLength = resource.length;
  const queryStart = url.indexOf('?', prefixLength);
  const end = queryStart === -1 ? url.length : queryStart;
  const inQuery = query.get('path');
  if (end === prefixLength) return inQuery ?? '/';
  if (url.charCodeAt(prefixLength) !== SLASH) throw badArguments('the path is malformed');
  if (end === prefixLength + 1) return inQuery ?? '/';
  if (inQuery !== undefined) {
    throw badArguments('the path is given twice, in the URL and as a parameter');
  }
  const encoded = url.slice(prefixLength + 1, end);
  if (encoded.charCodeAt(0) === SLASH) throw badArguments('the path has an empty name');
  return decodePath(encoded);
}

/** Clients made from the document send the leading slash too, encoded; one of those is left out. */
function decodePath(encoded: string): string {
  if (!URL_CHARACTERS.test(encoded)) {
    throw badArguments('the path holds a character that must be percent-encoded as UTF-8');
  }
  if (!encoded.includes('%')) return `/${encoded}`;
  const decoded = decodeComponent(encoded);
  return ENCODED_SLASH.test(encoded) ? decoded : `/${decoded}`;
}

const ENCODED_SLASH = /^%2f/i;

/** What RFC 3986 lets a path hold, and what curl sends as it is although it should not. */
const URL_CHARACTERS = /^[!$-;=?-Z_a-z~[\]{|}^`"<>\\]*$/;

/** Percent-decoding as UTF-8, throwing for escapes that are not. */
export function decodeComponent(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw badArguments('a percent escape in the URL is malformed or not UTF-8');
  }
}

/**
 * For requests that reach the tree later or never: throws for a path that can name no znode here.
 */
export function checkPath(path: string, limits: Limits): void {
  const refusal = pathRefusal(path, limits);
  if (refusal !== undefined) throw new RequestError(refusal);
}

/** The URL of a znode under a resource, every byte that is not plain escaped. */
export function urlOf(resource: string, path: string): string {
  return path === '/' ? resource : resource + path.split('/').map(encodeURIComponent).join('/');
}
