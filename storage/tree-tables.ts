/**
 * Tables for znodes, sessions and answers: the tree as of one position of the log, written by
 * folding, or a snapshot that is being received. Transactions are the caller's.
 */
import type Database from 'better-sqlite3';
import { assert } from '../raftlog/assert.ts';
import { encodeAcl } from './acl-text.ts';
import { type Connection, type Side, TREE_TABLES } from './database.ts';
import type { RowChanges } from './fold.ts';
import { type AnswersRow, initialRows, type SessionRow, type ZnodeRow } from './tree/image.ts';
import { KEPT_OPERATIONS } from './tree/session-answers.ts';
import { allPages, type TablePage, TreePages, ZNODE_COLUMNS } from './tree-pages.ts';

/** Where a `ZnodeRow` has its ACL. */
const ACL_AT = 13;

export class TreeTables {
  readonly #put: Database.Statement<unknown[]>;
  readonly #update: Database.Statement<unknown[]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #putSession: Database.Statement<[string, string, number]>;
  readonly #deleteSession: Database.Statement<[string]>;
  readonly #putAnswers: Database.Statement<unknown[]>;
  readonly #deleteAnswers: Database.Statement<[string]>;
  readonly #deleteForgotten: Database.Statement<[string, number, number]>;
  readonly #deleteOlder: Database.Statement<[string, number]>;
  readonly #operationsOf: Database.Statement<[string], { first: number; operations: number }>;
  readonly #isEmpty: Database.Statement<[], number>;
  readonly #clear: readonly Database.Statement<[]>[];
  readonly #pages: TreePages<'text'>;

  constructor(connection: Connection, side: Side) {
    const { znodes, sessions, answers } = TREE_TABLES[side];
    this.#put = connection.prepare(
      `INSERT OR REPLACE INTO ${znodes} (${ZNODE_COLUMNS}) VALUES (${Array(16).fill('?').join(', ')})`,
    );
    const columns = [
      'pzxid',
      'creates',
      'mzxid',
      'mtime',
      'version',
      'text',
      'encoding',
      'aversion',
      'acl',
    ];
    const assignments = columns.map((column) => `${column} = coalesce(?, ${column})`).join(', ');
    this.#update = connection.prepare(`UPDATE ${znodes} SET ${assignments} WHERE id = ?`);
    this.#delete = connection.prepare(`DELETE FROM ${znodes} WHERE id = ?`);
    this.#putSession = connection.prepare(`INSERT OR REPLACE INTO ${sessions} VALUES (?, ?, ?)`);
    this.#deleteSession = connection.prepare(`DELETE FROM ${sessions} WHERE session = ?`);
    this.#putAnswers = connection.prepare(
      `INSERT OR REPLACE INTO ${answers} VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#deleteAnswers = connection.prepare(`DELETE FROM ${answers} WHERE owner = ?`);
    this.#deleteForgotten = connection.prepare(
      `DELETE FROM ${answers} WHERE owner = ? AND first <= ? AND last <= ?`,
    );
    this.#deleteOlder = connection.prepare(`DELETE FROM ${answers} WHERE owner = ? AND first < ?`);
    this.#operationsOf = connection.prepare(
      `SELECT first, operations FROM ${answers} WHERE owner = ? ORDER BY first DESC`,
    );
    this.#isEmpty = connection
      .prepare<[], number>(
        `SELECT NOT EXISTS (SELECT 1 FROM ${znodes}) AND NOT EXISTS (SELECT 1 FROM ${sessions})`,
      )
      .pluck();
    this.#clear = [znodes, sessions, answers].map((table) =>
      connection.prepare(`DELETE FROM ${table}`),
    );
    this.#pages = new TreePages(connection, side, 'text');
  }

  /** Brings the tables forward. */
  apply(changes: RowChanges): void {
    for (const id of changes.deleted) this.#delete.run(id);
    for (const row of changes.created) this.putZnode(row);
    for (const update of changes.updated) {
      const { changes: rows } = this.#update.run(
        update.pzxid,
        update.creates,
        update.mzxid,
        update.mtime,
        update.version,
        update.text,
        update.encoding,
        update.aversion,
        update.acl === null ? null : encodeAcl(update.acl),
        update.id,
      );
      assert(rows === 1, 'a znode that changes has a row');
    }
    for (const session of changes.closedSessions) {
      this.#deleteSession.run(session);
      this.#deleteAnswers.run(session);
    }
    for (const row of changes.openedSessions) this.putSession(row);
    for (const row of changes.answers) this.#addAnswers(row);
  }

  #addAnswers(row: AnswersRow): void {
    const [owner, , , , forgets] = row;
    this.putAnswers(row);
    if (forgets > 0) this.#deleteForgotten.run(owner, forgets, forgets);
    if (owner !== '') this.#deleteOlder.run(owner, this.#firstKept(owner));
  }

  /** The first row of those that hold everything that the session keeps. */
  #firstKept(owner: string): number {
    let kept = 0;
    let from = 0;
    for (const { first, operations } of this.#operationsOf.iterate(owner)) {
      from = first;
      kept += operations;
      if (kept >= KEPT_OPERATIONS) break;
    }
    return from;
  }

  putAnswers(row: AnswersRow): void {
    this.#putAnswers.run(...row);
  }

  putZnode(row: ZnodeRow): void {
    const [id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = row;
    const [, , , , , , , , , , mode, owner, ttl, acl, text, encoding] = row;
    this.#put.run(
      id,
      path,
      czxid,
      mzxid,
      pzxid,
      ctime,
      mtime,
      version,
      creates,
      aversion,
      mode,
      owner,
      ttl,
      encodeAcl(acl),
      text,
      encoding,
    );
  }

  putSession([session, secretHash, timeoutMs]: SessionRow): void {
    this.#putSession.run(session, secretHash, timeoutMs);
  }

  /** Whether this is what a new directory holds: tables that no digest proves yet. */
  get areInitial(): boolean {
    const pages = [...this.pages()].map(({ json }) => json);
    const rows = initialRows().map((row) => row.with(ACL_AT, encodeAcl(row[ACL_AT])));
    return pages.length === 1 && pages[0] === JSON.stringify(rows);
  }

  get isEmpty(): boolean {
    return this.#isEmpty.get() === 1;
  }

  clear(): void {
    for (const statement of this.#clear) statement.run();
  }

  /** Everything: sessions, znodes in the order of their creation, answers. */
  pages(): Generator<TablePage, void, undefined> {
    return allPages(this.#pages);
  }
}
