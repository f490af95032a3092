/**
 * Quotas as ZooKeeper has them: the limits of `/a/b` are the data of the znode
 * `/zookeeper/quota/a/b/zookeeper_limits`, and `zookeeper_stats` beside it shows what is used. Only
 * names and texts; who counts is `quota-table.ts` (applied) and `seen-quotas.ts` (outstanding).
 */
import type { ZnodeData, ZnodePath } from './types.ts';

/** What may be used; absent = no such limit. A quota with none of them only counts. */
export interface QuotaLimits {
  /** Znodes, the top one included: refused beyond. */
  readonly countLimit?: number;
  /** Bytes of data of all of them: refused beyond. */
  readonly bytesLimit?: number;
  /** The same, told of and not refused. */
  readonly countSoftLimit?: number;
  readonly bytesSoftLimit?: number;
}

/** What a subtree uses. */
export interface Usage {
  /** Znodes, the top one included. */
  readonly count: number;
  /** Bytes of data. */
  readonly bytes: number;
}

export interface Quota extends Usage {
  /** The top of the subtree that it covers; need not exist. */
  readonly path: ZnodePath;
  readonly limits: QuotaLimits;
}

export const QUOTA_ROOT: ZnodePath = '/zookeeper/quota';
const PREFIX = `${QUOTA_ROOT}/`;
const LIMITS_NAME = '/zookeeper_limits';
const STATS_NAME = '/zookeeper_stats';

/** The znode that holds the limits of `path`. */
export function limitsPath(path: ZnodePath): ZnodePath {
  return QUOTA_ROOT + path + LIMITS_NAME;
}

/** The znode that shows what is used of the quota of `path`. */
export function statsPath(path: ZnodePath): ZnodePath {
  return QUOTA_ROOT + path + STATS_NAME;
}

/** The path whose limits are the data of the znode at `path`; undefined for any other znode. */
export function limitedBy(path: string): ZnodePath | undefined {
  return between(path, LIMITS_NAME);
}

/** The path whose usage the znode at `path` shows; undefined for any other znode. */
export function countedBy(path: string): ZnodePath | undefined {
  return between(path, STATS_NAME);
}

/**
 * The path that a znode at or below `/zookeeper/quota` says something of: what is covered, or lies
 * on the way to it; undefined for any other znode.
 */
export function spokenOf(path: ZnodePath): ZnodePath | undefined {
  if (path === QUOTA_ROOT) return '/';
  if (!path.startsWith(PREFIX)) return undefined;
  const name = [LIMITS_NAME, STATS_NAME].find((known) => path.endsWith(known)) ?? '';
  return path.slice(QUOTA_ROOT.length, path.length - name.length) || '/';
}

function between(path: string, name: string): ZnodePath | undefined {
  // Nearly every path is told apart here.
  if (!path.startsWith(PREFIX) || !path.endsWith(name)) return undefined;
  const covered = path.slice(QUOTA_ROOT.length, -name.length);
  return covered.length > 1 && mayHaveQuota(covered) ? covered : undefined;
}

/** The root has none, as in ZooKeeper, and what belongs to the tree itself is not counted. */
export function mayHaveQuota(path: ZnodePath): boolean {
  return path !== '/' && path !== '/zookeeper' && !path.startsWith('/zookeeper/');
}

const WORDS = [
  ['count', 'countSoftLimit'],
  ['bytes', 'bytesSoftLimit'],
  ['countHardLimit', 'countLimit'],
  ['byteHardLimit', 'bytesLimit'],
] as const satisfies readonly (readonly [string, keyof QuotaLimits])[];

/**
 * The limits that a text in ZooKeeper's form says: `count=5,bytes=-1=;byteHardLimit=100`. -1 and
 * absent are no limit; undefined when the data says no such thing.
 */
export function parseLimits({ text, encoding }: ZnodeData): QuotaLimits | undefined {
  if (encoding !== 'utf8' || text.length > 200) return undefined;
  const limits: { -readonly [Name in keyof QuotaLimits]: number } = {};
  const seen = new Set<string>();
  for (const part of text.split(/=?[,;]/)) {
    const [, word = '', digits = ''] = /^([A-Za-z]+)=(-1|\d{1,15})=?$/.exec(part) ?? [];
    const name = WORDS.find(([known]) => known === word)?.[1];
    if (name === undefined || seen.has(word)) return undefined;
    seen.add(word);
    if (digits !== '-1') limits[name] = Number(digits);
  }
  return limits;
}

/** The text that ZooKeeper's command line would have written. */
export function limitsText(limits: QuotaLimits): string {
  const { countSoftLimit = -1, bytesSoftLimit = -1, countLimit, bytesLimit } = limits;
  let text = `count=${countSoftLimit},bytes=${bytesSoftLimit}`;
  if (bytesLimit === undefined && countLimit === undefined) return text;
  text += '=';
  if (bytesLimit !== undefined) text += `;byteHardLimit=${bytesLimit}`;
  if (countLimit !== undefined) text += `;countHardLimit=${countLimit}`;
  return text;
}

export function usageText({ count, bytes }: Usage): string {
  return `count=${count},bytes=${bytes}`;
}

/** Whether more is used than the soft limits say. */
export function isOverSoftLimit({ limits, count, bytes }: Quota): boolean {
  const { countSoftLimit = Infinity, bytesSoftLimit = Infinity } = limits;
  return count > countSoftLimit || bytes > bytesSoftLimit;
}
