/**
 * The tree as rows: what the tables on disk, a snapshot and a backup hold. A row is a tuple so that
 * a million of them cross from SQLite to memory as one JSON text per page.
 */
import type { Acl, SessionId, ZnodeId, ZnodeMode, ZnodePath } from './types.ts';

/** One znode. `numChildren` and `dataLength` follow from the rest and are not stored. */
export type ZnodeRow = readonly [
  id: ZnodeId,
  path: ZnodePath,
  czxid: number,
  mzxid: number,
  pzxid: number,
  ctime: number,
  mtime: number,
  version: number,
  creates: number,
  aversion: number,
  mode: ZnodeMode,
  ephemeralOwner: SessionId | '',
  ttlMs: number,
  acl: Acl,
  text: string,
  encoding: 'utf8' | 'base64',
];

export type SessionRow = readonly [session: SessionId, secretHash: string, timeoutMs: number];
