/**
 * The two representations of a znode: JSON (data and stat), and its bytes alone for
 * `Accept: application/octet-stream`.
 */
import type { FastifyReply } from 'fastify';
import { formatZxid } from '../raftlog/zxid.ts';
import { cversionOf } from '../storage/tree/stat.ts';
import type { Znode } from '../storage/tree/tree.ts';
import type { Stat } from '../storage/tree/types.ts';
import { bytesTag, jsonTag } from './conditions.ts';
import { bytesOfData } from './data.ts';
import { RequestError } from './errors.ts';
import { sendJson } from './replies.ts';
import { znodeJson } from './wire.ts';

export type Representation = 'json' | 'bytes';

/**
 * How well `Accept` takes each media range that could be one of ours: q of the most specific one.
 */
const MEDIA_RANGES = ['application/octet-stream', 'application/json', 'application/*', '*/*'];

/** What `Accept` prefers; JSON when it does not care. Throws `RequestError` (NotAcceptable). */
export function representationFor(accept: string | undefined): Representation {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'json';
  if (accept === 'application/octet-stream') return 'bytes';
  const q = new Map<string, number>();
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (MEDIA_RANGES.includes(range)) q.set(range, qualityOf(parameters));
  }
  const anyQ = q.get('application/*') ?? q.get('*/*') ?? 0;
  const jsonQ = q.get('application/json') ?? anyQ;
  const bytesQ = q.get('application/octet-stream') ?? anyQ;
  if (jsonQ === 0 && bytesQ === 0) {
    throw new RequestError({
      code: 'NotAcceptable',
      detail: 'a znode is application/json or application/octet-stream',
    });
  }
  return bytesQ > jsonQ ? 'bytes' : 'json';
}

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (text === undefined) return 1;
  const q = Number(text);
  return q >= 0 && q <= 1 ? q : 0;
}

/** An answer depends on these two: pages of some origins get none (`guard.ts`). */
const VARY = 'Accept, Origin';

/** What the znode's stat does not tell apart has no tag. */
export function tagOf(znode: Znode, representation: Representation): string | undefined {
  if (znode.isMade) return undefined;
  const { stat } = znode;
  return representation === 'json' ? jsonTag(stat) : bytesTag(stat);
}

export function sendZnode(reply: FastifyReply, znode: Znode, representation: Representation): void {
  tellTag(reply, tagOf(znode, representation));
  if (representation === 'json') {
    sendJson(reply, 200, znodeJson(znode));
    return;
  }
  reply.header(STAT_HEADER, statHeader(znode.stat));
  // Bytes that anyone may have written are shown by no browser as a page of this origin.
  reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', 'attachment')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(bytesOfData(znode.data));
}

export function tellTag(reply: FastifyReply, tag: string | undefined): void {
  reply.header('vary', VARY);
  if (tag !== undefined) reply.header('etag', tag);
}

export const STAT_HEADER = 'paddock-stat';

/**
 * The stat in one header, for `HEAD` and for the bytes alone: a dictionary (RFC 9651) with the
 * names of the JSON form.
 */
export function statHeader(stat: Stat): string {
  const parts = [
    `czxid="${formatZxid(stat.czxid)}"`,
    `mzxid="${formatZxid(stat.mzxid)}"`,
    `pzxid="${formatZxid(stat.pzxid)}"`,
    `ctime=${stat.ctime}`,
    `mtime=${stat.mtime}`,
    `version=${stat.version}`,
    `cversion=${cversionOf(stat)}`,
    `aversion=${stat.aversion}`,
    `dataLength=${stat.dataLength}`,
    `numChildren=${stat.numChildren}`,
    `mode="${stat.mode}"`,
  ];
  if (stat.ephemeralOwner !== '') parts.push(`ephemeralOwner="${stat.ephemeralOwner}"`);
  if (stat.ttlMs !== 0) parts.push(`ttlMs=${stat.ttlMs}`, `expiresAt=${stat.mtime + stat.ttlMs}`);
  return parts.join(', ');
}
