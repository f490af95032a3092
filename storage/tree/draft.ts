/**
 * A transaction in the making: what one request may do, already decided, is written down here as
 * changes with absolute results, and at once laid over the tree so that whatever is prepared next
 * sees it. Decides nothing.
 */
import { assert } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { type AclLimits, OPEN_ACL } from './acl.ts';
import { EntrySize, roughBytesOf } from './entry-size.ts';
import { withHiddenAcls } from './hidden-acls.ts';
import { mayAdministerSpokenOf, mayRead } from './may-read.ts';
import type { Outstanding, SeenZnode } from './outstanding.ts';
import { type PathLimits, parentOf } from './path.ts';
import {
  newStat,
  statAfterChildCreated,
  statAfterChildDeleted,
  statAfterSet,
  statAfterSetAcl,
} from './stat.ts';
import type {
  Acl,
  Change,
  CreateChange,
  DeleteChange,
  Identity,
  RequestName,
  SessionId,
  SetChange,
  ZnodeData,
  ZnodeMode,
  ZnodePath,
} from './types.ts';

/** On whose behalf, and as what, a request is prepared. */
export interface PrepareContext {
  /** That the transaction will get. */
  readonly zxid: Zxid;
  /** The leader's clock, ms since 1970. */
  readonly time: number;
  /** '' = the caller speaks for no session. */
  readonly session: SessionId | '';
  readonly identities: readonly Identity[];
  /** The request can be repeated, under this name. */
  readonly name?: RequestName | undefined;
  /** For how long this leader has led, ms of a clock that is never set; absent: long enough. */
  readonly ledMs?: number;
}

export interface PrepareLimits extends PathLimits, AclLimits {
  /** Bytes of a znode's data. */
  readonly dataBytes: number;
  /** Operations in a transaction. */
  readonly transactionOps: number;
  /** Bytes of data in a transaction, all operations together. */
  readonly transactionBytes: number;
  /** Znodes that one recursive delete removes. */
  readonly recursiveDelete: number;
  readonly ephemeralsPerSession: number;
  /** Bytes of everything that one request changes, as the log has it. */
  readonly entryBytes: number;
  readonly sessions: number;
  /** Idempotency keys, and units of the answers that are kept to them. */
  readonly idempotencyKeys: number;
  readonly idempotencyBytes: number;
  /** Units of the answers that are kept to ids, of all sessions together, `unitsOfAnswer` each. */
  readonly exactlyOnceBytes: number;
  /** How long the answer to a key is kept at least, ms; absent: `KEY_LIFE_MS`. */
  readonly keyLifeMs?: number;
}

/** What becomes a znode, besides its path. */
export interface NewZnode {
  readonly data: ZnodeData;
  readonly mode: ZnodeMode;
  readonly ephemeralOwner: SessionId | '';
  readonly ttlMs: number;
  readonly acl: Acl;
}

export class Draft {
  readonly seen: Outstanding;
  readonly context: PrepareContext;
  readonly limits: PrepareLimits;
  readonly changes: Change[] = [];
  /** What is decided is told and not done: see dry-run.ts. */
  isDryRun = false;
  #operations = 0;
  #measured = 0;
  #size: EntrySize | undefined;

  constructor(seen: Outstanding, context: PrepareContext, limits: PrepareLimits) {
    this.seen = seen;
    this.context = context;
    this.limits = limits;
  }

  create(parent: SeenZnode, path: ZnodePath, znode: NewZnode): SeenZnode {
    const { seen, context } = this;
    const { zxid } = context;
    const { data, mode, ephemeralOwner, ttlMs, acl } = znode;
    const id = seen.newZnodeId();
    const parentCreates = parent.stat.creates + 1;
    seen.addChanged(
      zxid,
      parent,
      statAfterChildCreated(parent.stat, zxid, parentCreates),
      parent.acl,
    );
    const change: CreateChange = {
      op: 'create',
      id,
      path,
      parent: parent.id,
      parentCreates,
      data,
      mode,
      ephemeralOwner,
      ttlMs,
      acl,
    };
    const stat = newStat(zxid, context.time, data.length, mode, ephemeralOwner, ttlMs);
    seen.quotas.charge(zxid, path, 1, data.length);
    const created = seen.addCreated(zxid, id, path, stat, acl);
    const usage = seen.quotas.written(zxid, path, data);
    const counted = usage === undefined ? change : { ...change, usage };
    const parentAcl = parent.acl;
    this.changes.push(parentAcl === OPEN_ACL ? counted : { ...counted, parentAcl });
    return created;
  }

  set(znode: SeenZnode, data: ZnodeData): void {
    const { zxid, time } = this.context;
    const stat = statAfterSet(znode.stat, zxid, time, data.length);
    this.seen.addChanged(zxid, znode, stat, znode.acl);
    const { quotas } = this.seen;
    quotas.charge(zxid, znode.path, 0, data.length - znode.stat.dataLength);
    const usage = quotas.written(zxid, znode.path, data);
    const { id, path, acl } = znode;
    const change: SetChange = { op: 'set', id, path, data, stat };
    const counted = usage === undefined ? change : { ...change, usage };
    this.changes.push(acl === OPEN_ACL ? counted : { ...counted, acl });
  }

  setAcl(znode: SeenZnode, acl: Acl): void {
    const stat = statAfterSetAcl(znode.stat);
    this.seen.addChanged(this.context.zxid, znode, stat, acl);
    this.changes.push({ op: 'setAcl', id: znode.id, path: znode.path, acl, stat });
  }

  /** Deletes a znode without children. */
  delete(znode: SeenZnode): void {
    const { zxid } = this.context;
    const parent = this.seen.znode(parentOf(znode.path));
    assert(parent !== undefined, 'a znode that is seen has a parent that is seen');
    this.seen.addChanged(zxid, parent, statAfterChildDeleted(parent.stat, zxid), parent.acl);
    this.seen.addDeleted(zxid, znode);
    this.seen.quotas.charge(zxid, znode.path, -1, -znode.stat.dataLength);
    this.seen.quotas.deleted(zxid, znode.path);
    const change: DeleteChange = {
      op: 'delete',
      id: znode.id,
      path: znode.path,
      parent: parent.id,
    };
    const { acl } = znode;
    const parentAcl = parent.acl;
    if (acl === OPEN_ACL && parentAcl === OPEN_ACL) {
      this.changes.push(change);
      return;
    }
    this.changes.push({
      ...change,
      ...(acl === OPEN_ACL ? undefined : { acl }),
      ...(parentAcl === OPEN_ACL ? undefined : { parentAcl }),
    });
  }

  /** Whether the caller may read the znode; nobody may what is not there. */
  mayRead(znode: SeenZnode | undefined): boolean {
    if (znode === undefined) return false;
    const { identities } = this.context;
    return mayRead(znode.path, znode.acl, identities, (path) => this.seen.znode(path));
  }

  /** Whether the caller may write the znode at `path`, there or not, as far as it is a quota's. */
  mayWriteQuotaAt(path: ZnodePath): boolean {
    return mayAdministerSpokenOf(path, this.context.identities, (at) => this.seen.znode(at));
  }

  /** Operations whose results the entry must tell apart; before anything is measured. */
  reserve(operations: number): void {
    this.#operations = operations;
  }

  /**
   * Whether the changes have room in an entry. Not measured beyond its limit, and exactly only
   * where it could matter: most requests are one small change under the open ACL.
   */
  get fits(): boolean {
    const { changes, limits } = this;
    const [only] = changes;
    if (only === undefined) return true;
    if (this.#size === undefined) {
      const isSmall = changes.length === 1 && this.#operations === 0;
      if (isSmall && roughBytesOf(only) <= limits.entryBytes) return true;
      this.#size = new EntrySize();
      this.#size.addOperations(this.#operations);
    }
    const size = this.#size;
    while (this.#measured < changes.length && size.bytes <= limits.entryBytes) {
      const change = changes[this.#measured];
      if (change !== undefined) size.add(change);
      this.#measured += 1;
    }
    return size.bytes <= limits.entryBytes;
  }

  /** Makes room for what may not be refused: see hidden-acls.ts. */
  hideAclsToFit(): void {
    for (const parents of ['stay', 'hidden'] as const) {
      if (this.fits) return;
      for (const [at, change] of this.changes.entries()) {
        this.changes[at] = withHiddenAcls(change, parents);
      }
      this.#measured = 0;
      this.#size = undefined;
    }
  }

  openSession(session: SessionId, secretHash: string, timeoutMs: number, salt?: string): void {
    this.seen.addOpened(this.context.zxid, session);
    const salted = salt === undefined ? undefined : { salt };
    this.changes.push({ op: 'openSession', session, secretHash, timeoutMs, ...salted });
  }

  closeSession(session: SessionId, reason: 'closed' | 'expired'): void {
    this.seen.addClosed(this.context.zxid, session);
    this.changes.push({ op: 'closeSession', session, reason });
  }
}
