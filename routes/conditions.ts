/**
 * Entity tags and conditions: RFC 9110's headers and ZooKeeper's `version`, both as the tree's
 * `Condition`.
 *
 * A tag rests on the mzxid, so it tells a re-created znode from the old one. The bytes of a znode
 * have the tag `"<mzxid>"`, its JSON form `"<mzxid>.<cversion>.<aversion>"`, because that shows
 * those too. On a write of data only the mzxid part of either is compared.
 *
 * An ACL is no part of the data, and has a tag of its own, `"<czxid>.<aversion>"`: which znode it
 * is, and which of its ACLs. The stat that is shown beside it does not count.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { formatZxid, parseZxid, type Zxid } from '../raftlog/zxid.ts';
import { cversionOf } from '../storage/tree/stat.ts';
import type { Condition, Stat } from '../storage/tree/types.ts';
import { badArguments } from './errors.ts';
import { integerOf, type Query } from './query.ts';

export function bytesTag(stat: Stat): string {
  return `"${formatZxid(stat.mzxid)}"`;
}

export function jsonTag(stat: Stat): string {
  return `"${formatZxid(stat.mzxid)}.${cversionOf(stat)}.${stat.aversion}"`;
}

export function aclTag(stat: Stat): string {
  return `"${formatZxid(stat.czxid)}.${stat.aversion}"`;
}

/** One listed tag: the opaque text without quotes. */
interface EntityTag {
  readonly text: string;
  readonly weak: boolean;
}

type TagList = '*' | readonly EntityTag[];

const TAG = /^(W\/)?"([!#-~]*)"$/;

/** `*` or a list of tags. Tags of this product hold no comma, so that a comma always separates. */
function tagsOf(header: string, name: string): TagList {
  if (header.trim() === '*') return '*';
  return header.split(',').map((item) => {
    const [, weak, text] = TAG.exec(item.trim()) ?? [];
    if (text === undefined) throw badArguments(`${name} is "*" or quoted entity tags`);
    return { text, weak: weak !== undefined };
  });
}

export interface WriteCondition {
  /** Undefined when nothing is asked. */
  readonly condition: Condition | undefined;
  /** It came from an `If-*` header: whatever it refuses is 412. */
  readonly conditional: boolean;
  /** The caller means a znode that is there: a set does not create it. */
  readonly needsZnode: boolean;
}

const UNCONDITIONAL: WriteCondition = {
  condition: undefined,
  conditional: false,
  needsZnode: false,
};

/** No znode has this mzxid: a condition that cannot hold, and is refused with the stat as it is. */
const NEVER = -1 as Zxid;

/**
 * What a write of data or a delete rests on. Of several tags only one can be the znode's; `current`
 * looks that one up, and the tree then compares it again within the write.
 */
export function writeCondition(
  headers: IncomingHttpHeaders,
  query: Query,
  current: () => Stat | undefined,
): WriteCondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  const version = versionOf(query);
  if (ifMatch === undefined && ifNoneMatch === undefined) {
    if (version === undefined) return UNCONDITIONAL;
    return { condition: { version }, conditional: false, needsZnode: true };
  }
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw badArguments('If-Match and If-None-Match exclude each other');
  }
  const versioned = version === undefined ? undefined : { version };
  if (ifMatch === undefined) {
    if (ifNoneMatch?.trim() !== '*') throw badArguments('on a write If-None-Match is "*"');
    if (version !== undefined) throw badArguments('If-None-Match and version exclude each other');
    return { condition: { mustNotExist: true }, conditional: true, needsZnode: false };
  }
  const tags = tagsOf(ifMatch, 'If-Match');
  const condition: Condition =
    tags === '*'
      ? { mustExist: true, ...versioned }
      : { mustExist: true, mzxid: mzxidAmong(tags, current), ...versioned };
  return { condition, conditional: true, needsZnode: true };
}

function mzxidAmong(tags: readonly EntityTag[], current: () => Stat | undefined): Zxid {
  const named = tags.map(mzxidOfTag).filter((mzxid) => mzxid !== undefined);
  const [first] = named;
  if (first === undefined) return NEVER;
  if (named.length === 1) return first;
  const mzxid = current()?.mzxid;
  return mzxid !== undefined && named.includes(mzxid) ? mzxid : first;
}

/** Weak tags never match on a write (RFC 9110, 13.1.1), nor do tags that nobody here gave out. */
function mzxidOfTag({ text, weak }: EntityTag): Zxid | undefined {
  const [, mzxid] = OWN_TAG.exec(text) ?? [];
  return weak || mzxid === undefined ? undefined : parseZxid(mzxid);
}

const OWN_TAG = /^([0-9a-f]{16})(?:\.-?\d{1,16}\.-?\d{1,16})?$/;
const OWN_ACL_TAG = /^([0-9a-f]{16})\.(\d{1,16})$/;

/**
 * What a write of the ACL rests on: `If-Match` compares czxid and aversion, `version` the aversion
 * alone, which begins anew with a znode that is created again.
 */
export function aclCondition(headers: IncomingHttpHeaders, query: Query): WriteCondition {
  const version = versionOf(query);
  const ifMatch = headers['if-match'];
  if (headers['if-none-match'] !== undefined) throw badArguments('an ACL always exists');
  if (ifMatch === undefined) {
    if (version === undefined) return UNCONDITIONAL;
    return { condition: { version }, conditional: false, needsZnode: true };
  }
  if (version !== undefined) throw badArguments('If-Match and version exclude each other');
  const tags = tagsOf(ifMatch, 'If-Match');
  if (tags === '*') {
    return { condition: { mustExist: true }, conditional: true, needsZnode: true };
  }
  if (tags.length > 1) throw badArguments('for an ACL If-Match is one entity tag');
  const [tag] = tags;
  const [, czxid, aversion] = OWN_ACL_TAG.exec(tag?.text ?? '') ?? [];
  const condition: Condition =
    tag?.weak === true || czxid === undefined
      ? { czxid: NEVER }
      : { czxid: parseZxid(czxid) ?? NEVER, version: Number(aversion) };
  return { condition, conditional: true, needsZnode: true };
}

/** ZooKeeper's form: -1 is any version, like leaving it out. */
function versionOf(query: Query): number | undefined {
  const version = integerOf(query, 'version', -1, Number.MAX_SAFE_INTEGER);
  return version === -1 ? undefined : version;
}

/** Whether a read's `If-Match` is met by what has `tag`, or none: then only `*` is. */
export function ifMatchHolds(header: string, tag: string | undefined): boolean {
  const tags = tagsOf(header, 'If-Match');
  return tags === '*' || tags.some(({ text, weak }) => !weak && `"${text}"` === tag);
}

/** Whether a read's `If-None-Match` names the representation `tag`: the client has it already. */
export function clientHas(header: string, tag: string | undefined): boolean {
  if (header === tag) return true;
  const tags = tagsOf(header, 'If-None-Match');
  return tags === '*' || tags.some(({ text }) => `"${text}"` === tag);
}
