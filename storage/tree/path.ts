/**
 * Znode paths: which are valid, how they are taken apart, how sequential names are made. Text is
 * judged by UTF-16 units, as ZooKeeper does; nothing is decoded, folded or normalised here.
 */
import { assert } from '../../raftlog/assert.ts';
import type { Refusal } from './errors.ts';
import type { ZnodePath } from './types.ts';

export interface PathLimits {
  /** UTF-8 bytes of a path. */
  readonly pathBytes: number;
  /** UTF-8 bytes of one name. */
  readonly nameBytes: number;
  /** Names in a path. */
  readonly pathDepth: number;
}

const UNLIMITED: PathLimits = {
  pathBytes: Number.POSITIVE_INFINITY,
  nameBytes: Number.POSITIVE_INFINITY,
  pathDepth: Number.POSITIVE_INFINITY,
};

const SLASH = 0x2f;
const DOT = 0x2e;

/** The znodes that are always there. They cannot be deleted. */
const SPECIAL_PATHS: ReadonlySet<string> = new Set([
  '/',
  '/zookeeper',
  '/zookeeper/quota',
  '/zookeeper/config',
]);

/** What is wrong with `path`, as a phrase for people; undefined when it is valid. */
export function pathProblem(path: string, limits: PathLimits): string | undefined {
  if (path.length === 0) return 'the path is empty';
  if (path.charCodeAt(0) !== SLASH) return 'a path starts with a slash';
  if (path.length === 1) return undefined;
  if (path.charCodeAt(path.length - 1) === SLASH) return 'a path does not end with a slash';
  // Every unit is at least a byte: a giant text is refused without being looked at.
  if (path.length > limits.pathBytes) return tooLong('pathBytes', limits);
  return namesProblem(path, limits);
}

/** Takes a path of at least two units apart, name by name. */
function namesProblem(path: string, limits: PathLimits): string | undefined {
  let bytes = 0;
  let depth = 0;
  let start = 1;
  let nameBytes = 0;
  for (let at = 1; at <= path.length; at += 1) {
    const unit = at === path.length ? SLASH : path.charCodeAt(at);
    if (unit !== SLASH) {
      if (unit < 0x20 || unit >= 0x7f) {
        if (isForbidden(unit)) return `the path contains the forbidden character ${codeOf(unit)}`;
        nameBytes += utf8Bytes(unit);
      } else {
        nameBytes += 1;
      }
      continue;
    }
    if (at === start) return 'the path contains an empty name';
    if (isDots(path, start, at)) return 'the path contains a name that is "." or ".."';
    if (nameBytes > limits.nameBytes) return tooLong('nameBytes', limits);
    depth += 1;
    bytes += 1 + nameBytes;
    nameBytes = 0;
    start = at + 1;
  }
  if (bytes > limits.pathBytes) return tooLong('pathBytes', limits);
  if (depth > limits.pathDepth) return tooLong('pathDepth', limits);
  return undefined;
}

/** Control characters, surrogates, the private use area and specials. */
function isForbidden(unit: number): boolean {
  return (
    unit < 0x20 ||
    (unit >= 0x7f && unit <= 0x9f) ||
    (unit >= 0xd800 && unit <= 0xf8ff) ||
    unit >= 0xfff0
  );
}

function codeOf(unit: number): string {
  return `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** UTF-8 bytes of a unit that is not a surrogate. */
function utf8Bytes(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 ? 2 : 3;
}

function isDots(path: string, start: number, end: number): boolean {
  const length = end - start;
  if (length > 2 || path.charCodeAt(start) !== DOT) return false;
  return length === 1 || path.charCodeAt(start + 1) === DOT;
}

const LIMIT_TEXTS = {
  pathBytes: 'the path has more bytes than allowed:',
  nameBytes: 'a name in the path has more bytes than allowed:',
  pathDepth: 'the path has more names than allowed:',
} as const;

function tooLong(name: keyof PathLimits, limits: PathLimits): string {
  return `${LIMIT_TEXTS[name]} ${limits[name]} (${name})`;
}

/** Whether `path` can name a znode at all, whatever a member's limits are. */
export function isValidPath(path: string): path is ZnodePath {
  return pathProblem(path, UNLIMITED) === undefined;
}

/** The refusal that an invalid path gets. It does not repeat the path, which may be anything. */
export function pathRefusal(path: string, limits: PathLimits): Refusal | undefined {
  const detail = pathProblem(path, limits);
  if (detail === undefined) return undefined;
  for (const name of ['pathBytes', 'nameBytes', 'pathDepth'] as const) {
    if (!detail.endsWith(`(${name})`)) continue;
    return { code: 'BadArguments', detail, limit: { name, value: limits[name] } };
  }
  return { code: 'BadArguments', detail };
}

/** The parent's path; the root is its own parent. */
export function parentOf(path: ZnodePath): ZnodePath {
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** The last name of a path; empty for the root. */
export function nameOf(path: ZnodePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function childPath(parent: ZnodePath, name: string): ZnodePath {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}

/** Whether the znode belongs to the tree itself and can never be deleted. */
export function isSpecialPath(path: ZnodePath): boolean {
  return SPECIAL_PATHS.has(path);
}

/** Digits of a sequence suffix; more once the counter needs them. */
const SEQUENCE_DIGITS = 10;

/**
 * The final path of a sequential create. `creates` counts the children that the parent ever had
 * before this one.
 */
export function sequentialPath(prefix: string, creates: number): string {
  assert(Number.isSafeInteger(creates) && creates >= 0, 'a sequence counter is a safe integer');
  return prefix + String(creates).padStart(SEQUENCE_DIGITS, '0');
}
