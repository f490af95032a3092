/**
 * Transactions as text: the payload of a log entry. Compact JSON, arrays in place of objects, written
 * by hand since every write passes here. Reading it back gives an equal transaction; a text that this
 * file cannot have written is a mistake of ours (damage is found by the log's checksums before).
 */
import { assert, assertNever } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { OPEN_ACL } from './acl.ts';
import type { Acl, Change, SessionId, Stat, Transaction, ZnodeData, ZnodeMode } from './types.ts';

export function encodeTransaction({ time, changes, resultAt }: Transaction): string {
  let text = `[${time},[`;
  let separator = '';
  for (const change of changes) {
    text += separator + encodeChange(change);
    separator = ',';
  }
  return resultAt === undefined ? `${text}]]` : `${text}],[${resultAt.join(',')}]]`;
}

function encodeChange(change: Change): string {
  switch (change.op) {
    case 'create': {
      const { id, path, parent, parentCreates, data, mode, ephemeralOwner, ttlMs, acl } = change;
      const head = `["c",${id},${JSON.stringify(path)},${parent},${parentCreates}`;
      const kind = mode === 'persistent' ? '0' : `["${mode}","${ephemeralOwner}",${ttlMs}]`;
      return `${head},${encodeData(data)},${kind},${encodeAcl(acl)}]`;
    }
    case 'set': {
      const { id, path, data, stat } = change;
      return `["s",${id},${JSON.stringify(path)},${encodeData(data)},${encodeStat(stat)}]`;
    }
    case 'delete':
      return `["d",${change.id},${JSON.stringify(change.path)},${change.parent}]`;
    case 'setAcl': {
      const { id, path, acl, stat } = change;
      return `["a",${id},${JSON.stringify(path)},${encodeAcl(acl)},${encodeStat(stat)}]`;
    }
    case 'openSession': {
      const { session, secretHash, timeoutMs } = change;
      return `["o","${session}",${JSON.stringify(secretHash)},${timeoutMs}]`;
    }
    case 'closeSession':
      return `["x","${change.session}","${change.reason}"]`;
    default:
      return assertNever(change);
  }
}

/** Three elements: text, 0 for UTF-8 or 1 for base64, bytes. */
function encodeData({ text, encoding, length }: ZnodeData): string {
  return `${JSON.stringify(text)},${encoding === 'utf8' ? 0 : 1},${length}`;
}

function encodeAcl(acl: Acl): string {
  return acl === OPEN_ACL ? '0' : JSON.stringify(acl.map((e) => [e.perms, e.scheme, e.id]));
}

function encodeStat(stat: Stat): string {
  const { czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion, numChildren } = stat;
  const { dataLength, mode, ephemeralOwner, ttlMs } = stat;
  const numbers = `${czxid},${mzxid},${pzxid},${ctime},${mtime},${version},${creates},${aversion}`;
  const kind = mode === 'persistent' ? '' : `,"${mode}","${ephemeralOwner}",${ttlMs}`;
  return `[${numbers},${numChildren},${dataLength}${kind}]`;
}

export function decodeTransaction(text: string): Transaction {
  const value: unknown = JSON.parse(text);
  const [time, encoded, resultAt] = array(value, 2, 3);
  const changes = array(encoded, 1).map(decodeChange);
  if (resultAt === undefined) return { time: integer(time), changes };
  return { time: integer(time), changes, resultAt: array(resultAt, 0).map(integer) };
}

function decodeChange(value: unknown): Change {
  const fields = array(value, 3);
  switch (fields[0]) {
    case 'c':
      return decodeCreate(fields);
    case 's': {
      const [, id, path, content, encoding, length, stat] = fields;
      const data = decodeData(content, encoding, length);
      return { op: 'set', id: integer(id), path: string(path), data, stat: decodeStat(stat) };
    }
    case 'd': {
      const [, id, path, parent] = fields;
      return { op: 'delete', id: integer(id), path: string(path), parent: integer(parent) };
    }
    case 'a': {
      const [, id, path, acl, stat] = fields;
      return {
        op: 'setAcl',
        id: integer(id),
        path: string(path),
        acl: decodeAcl(acl),
        stat: decodeStat(stat),
      };
    }
    case 'o': {
      const [, session, secretHash, timeoutMs] = fields;
      return {
        op: 'openSession',
        session: string(session),
        secretHash: string(secretHash),
        timeoutMs: integer(timeoutMs),
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

function decodeCreate(fields: readonly unknown[]): Change {
  const [, id, path, parent, parentCreates, content, encoding, length, kind, acl] = fields;
  const [mode, ephemeralOwner, ttlMs] = kind === 0 ? PERSISTENT : array(kind, 3, 3);
  return {
    op: 'create',
    id: integer(id),
    path: string(path),
    parent: integer(parent),
    parentCreates: integer(parentCreates),
    data: decodeData(content, encoding, length),
    mode: decodeMode(mode),
    ephemeralOwner: string(ephemeralOwner) as SessionId | '',
    ttlMs: integer(ttlMs),
    acl: decodeAcl(acl),
  };
}

const PERSISTENT = ['persistent', '', 0] as const;

function decodeData(text: unknown, encoding: unknown, length: unknown): ZnodeData {
  assert(encoding === 0 || encoding === 1, 'data is UTF-8 text or base64');
  return {
    text: string(text),
    encoding: encoding === 0 ? 'utf8' : 'base64',
    length: integer(length),
  };
}

function decodeAcl(value: unknown): Acl {
  if (value === 0) return OPEN_ACL;
  return array(value, 1).map((entry) => {
    const [perms, scheme, id] = array(entry, 3, 3);
    return { perms: string(perms), scheme: string(scheme), id: string(id) };
  });
}

function decodeStat(value: unknown): Stat {
  const fields = array(value, 10, 13);
  const [czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = fields;
  const [, , , , , , , , numChildren, dataLength, mode, ephemeralOwner, ttlMs] = fields;
  return {
    czxid: integer(czxid) as Zxid,
    mzxid: integer(mzxid) as Zxid,
    pzxid: integer(pzxid) as Zxid,
    ctime: integer(ctime),
    mtime: integer(mtime),
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
