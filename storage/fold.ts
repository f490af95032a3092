/**
 * Folds committed transactions into the fewest row changes that have the same effect on the tables:
 * a later value replaces an earlier one, what was created and deleted leaves nothing, a parent is
 * written once however many children came and went. Pure; knows neither SQLite nor the tree.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import { AnswersFold } from './fold-answers.ts';
import type { AnswersRow, SessionRow, ZnodeRow } from './tree/image.ts';
import type { Change, CreateChange, SessionId, Transaction, ZnodeId } from './tree/types.ts';

/** New values for the row of a znode that exists; null = as it is. */
export interface ZnodeUpdate {
  readonly id: ZnodeId;
  readonly pzxid: number | null;
  readonly creates: number | null;
  readonly mzxid: number | null;
  readonly mtime: number | null;
  readonly version: number | null;
  readonly text: string | null;
  readonly encoding: ZnodeRow[15] | null;
  readonly aversion: number | null;
  readonly acl: ZnodeRow[13] | null;
}

/**
 * To be made in this order, and all together. Each list of znodes is sorted by number. A created
 * row replaces one that has the same number. The answers of a closed session go with it.
 */
export interface RowChanges {
  readonly deleted: readonly ZnodeId[];
  readonly created: readonly ZnodeRow[];
  readonly updated: readonly ZnodeUpdate[];
  readonly closedSessions: readonly SessionId[];
  readonly openedSessions: readonly SessionRow[];
  /** One row at most for each session, and one for all keys. */
  readonly answers: readonly AnswersRow[];
}

interface Creation {
  readonly change: CreateChange;
  readonly zxid: Zxid;
  readonly time: number;
}

/** What is known of one znode so far. */
interface Pending {
  readonly id: ZnodeId;
  /** Created in this fold. */
  readonly creation: Creation | undefined;
  /**
   * Whether a row may be there already. Also true of a creation when the number belonged to another
   * znode until this fold: a leader that restarted may give the number of one long gone again.
   */
  readonly hasRow: boolean;
  deleted: boolean;
  pzxid: number | null;
  creates: number | null;
  mzxid: number | null;
  mtime: number | null;
  version: number | null;
  text: string | null;
  encoding: ZnodeRow[15] | null;
  aversion: number | null;
  acl: ZnodeRow[13] | null;
}

export class Fold {
  readonly #znodes = new Map<ZnodeId, Pending>();
  /** undefined = ended. */
  readonly #sessions = new Map<SessionId, SessionRow | undefined>();
  /** Znodes that were created and deleted since: a change of one of them is a change of nothing. */
  readonly #vanished = new Set<ZnodeId>();
  readonly #answers = new AnswersFold();

  /** Adds a transaction; they come in the order of the log. */
  add(zxid: Zxid, transaction: Transaction): void {
    for (const change of transaction.changes) this.#addChange(zxid, transaction.time, change);
    if (transaction.name !== undefined) this.#answers.add(zxid, transaction.name, transaction);
  }

  #addChange(zxid: Zxid, time: number, change: Change): void {
    switch (change.op) {
      case 'create':
        this.#create(change.id, { change, zxid, time });
        this.#touchParent(change.parent, zxid, change.parentCreates);
        break;
      case 'set': {
        const znode = this.#pendingOf(change.id);
        znode.mzxid = change.stat.mzxid;
        znode.mtime = change.stat.mtime;
        znode.version = change.stat.version;
        znode.text = change.data.text;
        znode.encoding = change.data.encoding;
        break;
      }
      case 'setAcl': {
        const znode = this.#pendingOf(change.id);
        znode.aversion = change.stat.aversion;
        znode.acl = change.acl;
        break;
      }
      case 'delete':
        this.#delete(change.id);
        this.#touchParent(change.parent, zxid, null);
        break;
      case 'openSession':
        this.#sessions.set(change.session, [change.session, change.secretHash, change.timeoutMs]);
        break;
      case 'closeSession':
        this.#sessions.set(change.session, undefined);
        this.#answers.endSession(change.session);
        break;
    }
  }

  #pendingOf(id: ZnodeId): Pending {
    const known = this.#znodes.get(id);
    if (known !== undefined) return known;
    const made = pending(id, undefined, true);
    this.#znodes.set(id, made);
    return made;
  }

  #create(id: ZnodeId, creation: Creation): void {
    this.#znodes.set(id, pending(id, creation, this.#znodes.has(id)));
    this.#vanished.delete(id);
  }

  #delete(id: ZnodeId): void {
    const known = this.#znodes.get(id);
    if (known !== undefined && !known.hasRow) {
      this.#znodes.delete(id);
      this.#vanished.add(id);
      return;
    }
    const gone = pending(id, undefined, true);
    gone.deleted = true;
    this.#znodes.set(id, gone);
  }

  #touchParent(id: ZnodeId, zxid: Zxid, creates: number | null): void {
    if (this.#vanished.has(id)) return;
    const parent = this.#pendingOf(id);
    if (parent.deleted) return;
    parent.pzxid = zxid;
    if (creates !== null) parent.creates = creates;
  }

  changes(): RowChanges {
    const deleted: ZnodeId[] = [];
    const created: ZnodeRow[] = [];
    const updated: ZnodeUpdate[] = [];
    for (const id of [...this.#znodes.keys()].sort(ascending)) {
      const znode = this.#pendingOf(id);
      if (znode.deleted) deleted.push(id);
      else if (znode.creation !== undefined) created.push(rowOf(znode, znode.creation));
      else updated.push(znode);
    }
    const closedSessions: SessionId[] = [];
    const openedSessions: SessionRow[] = [];
    for (const [session, row] of this.#sessions) {
      if (row === undefined) closedSessions.push(session);
      else openedSessions.push(row);
    }
    const answers = this.#answers.rows();
    return { deleted, created, updated, closedSessions, openedSessions, answers };
  }
}

/**
 * Ids grow with creation, so this is also the order of creation: parents first, rows side by side.
 */
function ascending(a: number, b: number): number {
  return a - b;
}

function pending(id: ZnodeId, creation: Creation | undefined, hasRow: boolean): Pending {
  return {
    id,
    creation,
    hasRow,
    deleted: false,
    pzxid: null,
    creates: null,
    mzxid: null,
    mtime: null,
    version: null,
    text: null,
    encoding: null,
    aversion: null,
    acl: null,
  };
}

function rowOf(znode: Pending, { change, zxid, time }: Creation): ZnodeRow {
  return [
    change.id,
    change.path,
    zxid,
    znode.mzxid ?? zxid,
    znode.pzxid ?? zxid,
    time,
    znode.mtime ?? time,
    znode.version ?? 0,
    znode.creates ?? 0,
    znode.aversion ?? 0,
    change.mode,
    change.ephemeralOwner,
    change.ttlMs,
    znode.acl ?? change.acl,
    znode.text ?? change.data.text,
    znode.encoding ?? change.data.encoding,
  ];
}
