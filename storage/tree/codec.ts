/**
 * Transactions as text: the payload of a log entry. One line of compact JSON, arrays in place of
 * objects, then the data of its changes, one after the other, as they are: escaping a kilobyte of
 * data costs more than all the rest of a write. Written by hand since every write passes here.
 * An ACL is written where it occurs first, and is a number from then on: the end of a session
 * would have it twice for each of thousands of znodes.
 *
 * Reading it back gives an equal transaction. A text that this file cannot have written is a
 * mistake of ours: damage is found by the log's checksums before.
 */
import { assert, assertNever } from '../../raftlog/assert.ts';
import { zxidFromNumber } from '../../raftlog/zxid.ts';
import { OPEN_ACL } from './acl.ts';
import { EntryAcls } from './entry-acls.ts';
import type { Usage } from './quota.ts';
import { inOnePiece } from './text.ts';
import type {
  Acl,
  Change,
  LoggedName,
  SessionId,
  Stat,
  Transaction,
  ZnodeData,
  ZnodeMode,
} from './types.ts';

export function encodeTransaction({ time, changes, resultAt, name }: Transaction): string {
  let line = `[${time},[`;
  let data = '';
  let separator = '';
  const acls = new AclWriter();
  for (const change of changes) {
    line += separator + encodeChange(change, time, acls);
    separator = ',';
    if (change.op === 'create' || change.op === 'set') data += change.data.text;
  }
  line += resultAt === undefined ? ']' : `],[${resultAt.join(',')}]`;
  if (name !== undefined) line += `${resultAt === undefined ? ',0' : ''}${encodeName(name)}`;
  return `${line}]\n${data}`;
}

/** Of which the second element is a number for the id of a frame, a text for a key. */
function encodeName(name: LoggedName): string {
  if ('id' in name) {
    const { session, id, previous, fingerprint, forgets } = name;
    const tail = forgets === undefined ? '' : `,${forgets}`;
    return `,"${session}",${id},${previous},${JSON.stringify(fingerprint)}${tail}`;
  }
  const { key, fingerprint, forgets, holders } = name;
  const tail = holders === undefined ? '' : `,${JSON.stringify(holders)}`;
  return `,${JSON.stringify(key)},${JSON.stringify(fingerprint)},${forgets}${tail}`;
}

function encodeChange(change: Change, time: number, acls: AclWriter): string {
  switch (change.op) {
    case 'create': {
      const { id, path, parent, parentCreates, data, mode, ephemeralOwner, ttlMs, acl } = change;
      const { parentAcl, usage } = change;
      // In the order in which they are read.
      const own = acls.encode(acl);
      const tail = encodeTail(parentAcl, usage, acls);
      const head = `["c",${id},${JSON.stringify(path)},${parent},${parentCreates}`;
      const kind = mode === 'persistent' ? '0' : `["${mode}","${ephemeralOwner}",${ttlMs}]`;
      return `${head},${encodeData(data)},${kind},${own}${tail}]`;
    }
    case 'set': {
      const { id, path, data, stat, acl, usage } = change;
      const tail = encodeTail(acl, usage, acls);
      const head = `["s",${id},${JSON.stringify(path)}`;
      return `${head},${encodeData(data)},${encodeStat(stat, time)}${tail}]`;
    }
    case 'delete': {
      const { id, path, parent, acl = OPEN_ACL, parentAcl = OPEN_ACL } = change;
      const isOpen = acl === OPEN_ACL && parentAcl === OPEN_ACL;
      const tail = isOpen ? '' : `,${acls.encode(acl)},${acls.encode(parentAcl)}`;
      return `["d",${id},${JSON.stringify(path)},${parent}${tail}]`;
    }
    case 'setAcl': {
      const { id, path, acl, stat } = change;
      const head = `["a",${id},${JSON.stringify(path)}`;
      return `${head},${acls.encode(acl)},${encodeStat(stat, time)}]`;
    }
    case 'openSession': {
      const { session, secretHash, timeoutMs, salt } = change;
      const rest = salt === undefined ? '' : `,${JSON.stringify(salt)}`;
      return `["o","${session}",${JSON.stringify(secretHash)},${timeoutMs}${rest}]`;
    }
    case 'closeSession':
      return `["x","${change.session}","${change.reason}"]`;
    default:
      return assertNever(change);
  }
}

/** What most changes have not: an ACL that is not the open one, and what a new quota counts. */
function encodeTail(acl: Acl | undefined, usage: Usage | undefined, acls: AclWriter): string {
  if (usage === undefined) return acl === undefined ? '' : `,${acls.encode(acl)}`;
  return `,${acls.encode(acl ?? OPEN_ACL)},${usage.count},${usage.bytes}`;
}

/**
 * Three elements: UTF-16 units of the text that follows the line, 0 for UTF-8 or 1 for base64,
 * bytes.
 */
function encodeData({ text, encoding, length }: ZnodeData): string {
  return `${text.length},${encoding === 'utf8' ? 0 : 1},${length}`;
}

/** 0 is the open ACL, which costs nothing. */
class AclWriter {
  #acls: EntryAcls | undefined;

  encode(acl: Acl): number | string {
    if (acl === OPEN_ACL) return 0;
    this.#acls ??= new EntryAcls();
    return this.#acls.numberOrText(acl);
  }
}

/**
 * Zxids and times but one as the distance from another: small numbers are written and read several
 * times as fast as large ones.
 */
function encodeStat(stat: Stat, time: number): string {
  const { mzxid, version, creates, aversion, numChildren, dataLength } = stat;
  const { mode, ephemeralOwner, ttlMs } = stat;
  const zxids = `${mzxid},${mzxid - stat.czxid},${mzxid - stat.pzxid}`;
  const times = `${time - stat.ctime},${time - stat.mtime}`;
  const counts = `${version},${creates},${aversion},${numChildren},${dataLength}`;
  const kind = mode === 'persistent' ? '' : `,"${mode}","${ephemeralOwner}",${ttlMs}`;
  return `[${zxids},${times},${counts}${kind}]`;
}

/** Hands out the data that follows the line, piece by piece. */
class DataReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  take(units: number): string {
    const end = this.#at + units;
    assert(end <= this.#text.length, 'the data of a transaction is complete');
    const piece = this.#text.slice(this.#at, end);
    this.#at = end;
    // A slice keeps the whole text alive, which a small one must not do to a large transaction.
    return 2 * units >= this.#text.length ? piece : inOnePiece(piece);
  }
}

export function decodeTransaction(text: string): Transaction {
  const lineEnd = text.indexOf('\n');
  assert(lineEnd !== -1, 'a transaction begins with a line');
  const value: unknown = JSON.parse(text.slice(0, lineEnd));
  const data = new DataReader(text, lineEnd + 1);
  const [first, encoded, resultAt, ...named] = array(value, 2, 8);
  const time = integer(first);
  const acls = new AclReader();
  const changes = array(encoded, 1).map((change) => decodeChange(change, time, data, acls));
  assert(data.atEnd, 'a transaction ends with its data');
  if (resultAt === undefined) return { time, changes };
  const name = named.length === 0 ? undefined : { name: decodeName(named) };
  if (resultAt === 0) return { time, changes, ...name };
  return { time, changes, resultAt: array(resultAt, 0).map(integer), ...name };
}

function decodeName(named: readonly unknown[]): LoggedName {
  const [first, second, third, fourth, fifth] = array(named, 3, 5);
  if (typeof second === 'string') {
    const key = { key: string(first), fingerprint: second, forgets: integer(third) };
    return fourth === undefined ? key : { ...key, holders: array(fourth, 0, 2).map(string) };
  }
  const [id, previous] = [integer(second), integer(third)];
  const name = { session: string(first), id, previous, fingerprint: string(fourth) };
  return fifth === undefined ? name : { ...name, forgets: integer(fifth) };
}

function decodeChange(value: unknown, time: number, reader: DataReader, acls: AclReader): Change {
  const fields = array(value, 3);
  switch (fields[0]) {
    case 'c':
      return decodeCreate(fields, reader, acls);
    case 's': {
      const [, id, path, units, encoding, length, encodedStat, acl, count, bytes] = fields;
      const data = decodeData(reader, units, encoding, length);
      const stat = decodeStat(encodedStat, time);
      const change: Change = { op: 'set', id: integer(id), path: string(path), data, stat };
      if (acl === undefined) return change;
      const own = acl === 0 ? undefined : { acl: acls.take(acl) };
      return { ...change, ...own, ...decodeUsage(count, bytes) };
    }
    case 'd': {
      const [, id, path, parent, acl = 0, parentAcl = 0] = fields;
      return {
        ...{ op: 'delete', id: integer(id), path: string(path), parent: integer(parent) },
        ...(acl === 0 ? undefined : { acl: acls.take(acl) }),
        ...(parentAcl === 0 ? undefined : { parentAcl: acls.take(parentAcl) }),
      };
    }
    case 'a': {
      const [, id, path, acl, stat] = fields;
      return {
        op: 'setAcl',
        id: integer(id),
        path: string(path),
        acl: acls.take(acl),
        stat: decodeStat(stat, time),
      };
    }
    case 'o': {
      const [, session, secretHash, timeoutMs, salt] = fields;
      return {
        op: 'openSession',
        session: string(session),
        secretHash: string(secretHash),
        timeoutMs: integer(timeoutMs),
        ...(salt === undefined ? undefined : { salt: string(salt) }),
      };
    }
    case 'x': {
      const [, session, reason] = fields;
      assert(reason === 'closed' || reason === 'expired', 'a session is closed or expired');
      return { op: 'closeSession', session: string(session), reason };
    }
    default:
      assert(false, 'a change is of a known kind');
  }
}

function decodeCreate(fields: readonly unknown[], reader: DataReader, acls: AclReader): Change {
  const [, id, path, parent, parentCreates, units, encoding, length, kind, ...rest] = fields;
  const [acl, parentAcl = 0, count, bytes] = rest;
  const [mode, ephemeralOwner, ttlMs] = kind === 0 ? PERSISTENT : array(kind, 3, 3);
  return {
    op: 'create',
    id: integer(id),
    path: string(path),
    parent: integer(parent),
    parentCreates: integer(parentCreates),
    data: decodeData(reader, units, encoding, length),
    mode: decodeMode(mode),
    ephemeralOwner: string(ephemeralOwner) as SessionId | '',
    ttlMs: integer(ttlMs),
    acl: acls.take(acl),
    ...(parentAcl === 0 ? undefined : { parentAcl: acls.take(parentAcl) }),
    ...decodeUsage(count, bytes),
  };
}

function decodeUsage(count: unknown, bytes: unknown): { readonly usage: Usage } | undefined {
  if (count === undefined) return undefined;
  return { usage: { count: integer(count), bytes: integer(bytes) } };
}

const PERSISTENT = ['persistent', '', 0] as const;

function decodeData(
  reader: DataReader,
  units: unknown,
  encoding: unknown,
  length: unknown,
): ZnodeData {
  assert(encoding === 0 || encoding === 1, 'data is UTF-8 text or base64');
  return {
    text: reader.take(integer(units)),
    encoding: encoding === 0 ? 'utf8' : 'base64',
    length: integer(length),
  };
}

/** Gives back the ACLs that were read before; entries from before there were numbers have none. */
class AclReader {
  #read: Acl[] | undefined;

  take(value: unknown): Acl {
    if (value === 0) return OPEN_ACL;
    if (typeof value === 'number') {
      const known = this.#read?.[value - 1];
      assert(known !== undefined, 'the number of an ACL is that of one before');
      return known;
    }
    const acl = array(value, 1).map((entry) => {
      const [perms, scheme, id] = array(entry, 3, 3);
      return { perms: string(perms), scheme: string(scheme), id: string(id) };
    });
    this.#read ??= [];
    this.#read.push(acl);
    return acl;
  }
}

function decodeStat(value: unknown, time: number): Stat {
  const fields = array(value, 10, 13);
  const [modified, sinceCreated, sinceChildren, age, idle, version, creates, aversion] = fields;
  const [, , , , , , , , numChildren, dataLength, mode, ephemeralOwner, ttlMs] = fields;
  const mzxid = integer(modified);
  return {
    czxid: zxidFromNumber(mzxid - integer(sinceCreated)),
    mzxid: zxidFromNumber(mzxid),
    pzxid: zxidFromNumber(mzxid - integer(sinceChildren)),
    ctime: time - integer(age),
    mtime: time - integer(idle),
    version: integer(version),
    creates: integer(creates),
    aversion: integer(aversion),
    numChildren: integer(numChildren),
    dataLength: integer(dataLength),
    mode: mode === undefined ? 'persistent' : decodeMode(mode),
    ephemeralOwner: mode === undefined ? '' : string(ephemeralOwner),
    ttlMs: mode === undefined ? 0 : integer(ttlMs),
  };
}

function decodeMode(value: unknown): ZnodeMode {
  assert(
    value === 'persistent' ||
      value === 'ephemeral' ||
      value === 'container' ||
      value === 'persistent_ttl',
    'a znode has one of the four modes',
  );
  return value;
}

function integer(value: unknown): number {
  assert(Number.isSafeInteger(value), 'a number in a transaction is a safe integer');
  return value as number;
}

function string(value: unknown): string {
  assert(typeof value === 'string', 'a text in a transaction is a string');
  return value;
}

function array(value: unknown, min: number, max = Number.POSITIVE_INFINITY): readonly unknown[] {
  assert(
    Array.isArray(value) && value.length >= min && value.length <= max,
    'a list in a transaction is an array of the length that it must have',
  );
  return value;
}
