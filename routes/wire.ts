/**
 * The replicated state's values in the form in which they travel: the same objects over HTTP and
 * WebSocket. Only shapes; nothing here reads a request, decides, or knows of a status code.
 *
 * A zxid leaves as 16 hex digits, what does not apply is absent and never null, and bytes that are
 * not UTF-8 leave as base64 (`ZnodeData` is in that form already).
 */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import type { ChildrenPage } from '../storage/tree/reads.ts';
import { cversionOf } from '../storage/tree/stat.ts';
import type { Znode } from '../storage/tree/tree.ts';
import type {
  Acl,
  EventType,
  OpResult,
  Stat,
  TransactionOp,
  TreeEvent,
  ZnodeMode,
} from '../storage/tree/types.ts';

import { serialiseEvent, serialiseGet } from './serialisers.ts';

export interface WireStat {
  readonly czxid: string;
  readonly mzxid: string;
  readonly pzxid: string;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly mode: ZnodeMode;
  readonly ephemeralOwner?: string;
  readonly ttlMs?: number;
  /** Of a TTL znode: when it may be removed, unless it is written or has children by then. */
  readonly expiresAt?: number;
}

export interface WireZnode {
  readonly path: string;
  readonly data: string;
  readonly encoding: 'utf8' | 'base64';
  readonly stat: WireStat;
}

export interface WireWrite {
  readonly path: string;
  readonly stat: WireStat;
}

export interface WireChild {
  readonly name: string;
  readonly stat?: WireStat;
  readonly data?: string;
  readonly encoding?: 'utf8' | 'base64';
}

export interface WireChildren {
  readonly path: string;
  readonly stat: WireStat;
  readonly children: readonly WireChild[];
  readonly next?: string;
}

export interface WireAcl {
  readonly path: string;
  readonly acl: Acl;
  readonly stat: WireStat;
}

export interface WireOpResult {
  readonly op: TransactionOp['op'];
  readonly path?: string;
  readonly stat?: WireStat;
}

export interface WireEvent {
  readonly event: EventType;
  readonly path: string;
  readonly zxid: string;
  /** Over WebSocket: every watch of the connection that the event answers. */
  readonly watches?: readonly number[];
  readonly stat?: WireStat;
  readonly data?: string;
  readonly encoding?: 'utf8' | 'base64';
}

let lastZxid: Zxid | undefined;
let lastZxidText = '';

/**
 * `formatZxid`, remembered for the zxid asked for last: every answer between two writes has the
 * same.
 */
export function zxidText(zxid: Zxid): string {
  if (zxid !== lastZxid) {
    lastZxid = zxid;
    lastZxidText = formatZxid(zxid);
  }
  return lastZxidText;
}

export function wireStat(stat: Stat): WireStat {
  const { ephemeralOwner, ttlMs } = stat;
  const wire = {
    czxid: formatZxid(stat.czxid),
    mzxid: formatZxid(stat.mzxid),
    pzxid: formatZxid(stat.pzxid),
    ctime: stat.ctime,
    mtime: stat.mtime,
    version: stat.version,
    cversion: cversionOf(stat),
    aversion: stat.aversion,
    dataLength: stat.dataLength,
    numChildren: stat.numChildren,
    mode: stat.mode,
  };
  if (ephemeralOwner !== '') return { ...wire, ephemeralOwner };
  if (ttlMs !== 0) return { ...wire, ttlMs, expiresAt: stat.mtime + ttlMs };
  return wire;
}

export function wireZnode(znode: Znode): WireZnode {
  const { path, text, encoding, stat } = znode;
  return { path, data: text, encoding, stat: wireStat(stat) };
}

/**
 * The JSON text of `wireZnode`, which is the answer of a get. Kept as long as it is right and there
 * is room (`Znode.wire` is dropped by every change), since reads outnumber writes by far.
 */
export function znodeJson(znode: Znode): string {
  let text = znode.wire;
  if (text === undefined) {
    text = serialiseGet(wireZnode(znode));
    znode.wire = text;
  }
  return text;
}

/** The answer of `create`, `set` (and what a transaction says of them, less `op`). */
export function wireWrite(path: string, stat: Stat): WireWrite {
  return { path, stat: wireStat(stat) };
}

export function wireAcl(path: string, acl: Acl, stat: Stat): WireAcl {
  return { path, acl, stat: wireStat(stat) };
}

/** What an operation of a transaction came to: one of those that a transaction may have. */
export function wireOpResult(result: OpResult): WireOpResult {
  const { path, stat } = result;
  const op = result.op as TransactionOp['op'];
  if (path === undefined) return { op };
  return stat === undefined ? { op, path } : { op, path, stat: wireStat(stat) };
}

export function wireChildren(
  page: ChildrenPage,
  include: { readonly stat: boolean; readonly data: boolean },
): WireChildren {
  const children = page.children.map(({ name, znode }): WireChild => {
    if (znode === undefined) return { name };
    const { text, encoding } = znode;
    if (!include.data) return include.stat ? { name, stat: wireStat(znode.stat) } : { name };
    if (!include.stat) return { name, data: text, encoding };
    return { name, stat: wireStat(znode.stat), data: text, encoding };
  });
  const wire = { path: page.path, stat: wireStat(page.stat), children };
  return page.next === undefined ? wire : { ...wire, next: page.next };
}

/**
 * An event without `watches`; stat and data as far as they are asked for and the event has them.
 */
export function wireEvent(event: TreeEvent, includeStat: boolean, includeData: boolean): WireEvent {
  const { type, path, stat, data } = event;
  const wire = { event: type, path, zxid: zxidText(event.zxid) };
  const withStat = includeStat && stat !== undefined ? { ...wire, stat: wireStat(stat) } : wire;
  if (!includeData || data === undefined) return withStat;
  return { ...withStat, data: data.text, encoding: data.encoding };
}

let lastEvent: TreeEvent | undefined;
let lastEventIncludes = 0;
let lastEventText = '';

/**
 * The JSON text of `wireEvent`, remembered for the event asked for last: an event goes to all its
 * watchers in one turn, and they share the text. Ends with `}`: a WebSocket puts `,"watches":[…]`
 * before that.
 */
export function eventJson(event: TreeEvent, includeStat: boolean, includeData: boolean): string {
  const includes = (includeStat ? 1 : 0) + (includeData ? 2 : 0);
  if (event !== lastEvent || includes !== lastEventIncludes) {
    lastEvent = event;
    lastEventIncludes = includes;
    lastEventText = serialiseEvent(wireEvent(event, includeStat, includeData));
  }
  return lastEventText;
}
