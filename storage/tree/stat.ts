/**
 * Which change moves which attribute. Every function makes a new `Stat`; none is ever modified once
 * it has been handed out. The table is in README.md.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { CreateChange, SessionId, Stat, ZnodeMode } from './types.ts';

/** The cversion that ZooKeeper shows: how often a child was created or deleted. */
export function cversionOf(stat: Stat): number {
  return 2 * stat.creates - stat.numChildren;
}

/** The znode right after its creation. */
export function statOfCreate(change: CreateChange, zxid: Zxid, time: number): Stat {
  const { data, mode, ephemeralOwner, ttlMs } = change;
  return newStat(zxid, time, data.length, mode, ephemeralOwner, ttlMs);
}

export function newStat(
  zxid: Zxid,
  time: number,
  dataLength: number,
  mode: ZnodeMode,
  ephemeralOwner: SessionId | '',
  ttlMs: number,
): Stat {
  return {
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: time,
    mtime: time,
    version: 0,
    creates: 0,
    aversion: 0,
    numChildren: 0,
    dataLength,
    mode,
    ephemeralOwner,
    ttlMs,
  };
}

/** Moves even when the new data equals the old. */
export function statAfterSet(stat: Stat, zxid: Zxid, time: number, dataLength: number): Stat {
  return { ...stat, mzxid: zxid, mtime: time, version: stat.version + 1, dataLength };
}

/** Nothing but the aversion tells of a changed ACL. */
export function statAfterSetAcl(stat: Stat): Stat {
  return { ...stat, aversion: stat.aversion + 1 };
}

/** Of the parent: its own data, and so version, mzxid and mtime, did not change. */
export function statAfterChildCreated(stat: Stat, zxid: Zxid, creates: number): Stat {
  return { ...stat, pzxid: zxid, creates, numChildren: stat.numChildren + 1 };
}

/** Of the parent. `creates` stays, so that no sequence number is ever given twice. */
export function statAfterChildDeleted(stat: Stat, zxid: Zxid): Stat {
  return { ...stat, pzxid: zxid, numChildren: stat.numChildren - 1 };
}
