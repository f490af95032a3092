/**
 * The chroot of a request or a connection: the header `Paddock-Chroot`, for an `EventSource` (which
 * has no headers) the parameter `chroot`, over WebSocket a field of `connect`.
 */
import type { Limits } from '../server/limits.ts';
import type { Caller } from '../server/types.ts';
import { badArguments } from './errors.ts';
import { isGivenTwice } from './guard.ts';
import { checkPath, decodeComponent } from './paths.ts';

/** The caller, seeing no more than the subtree of `path`. Throws `RequestError` (BadArguments). */
export function within(caller: Caller, path: string, limits: Limits): Caller {
  checkPath(path, limits);
  return path === '/' ? caller : { ...caller, chroot: path };
}

/** A header holds the path as a URL does: what is not ASCII is percent-encoded. */
export function chrootOfHeader(header: string, rawHeaders: readonly string[]): string {
  if (isGivenTwice(rawHeaders, 'paddock-chroot'))
    throw badArguments('a request has one Paddock-Chroot');
  return decodeComponent(header);
}
