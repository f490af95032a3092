/**
 * The tables `znodes` and `sessions`: the tree as of one position of the log. Written by folding,
 * read as JSON pages that SQLite itself puts together, so that loading a million znodes is one
 * native scan here and one native parse at the other thread. Transactions are the caller's.
 */
import type Database from 'better-sqlite3';
import { assert } from '../raftlog/assert.ts';
import { encodeAcl } from './acl-text.ts';
import type { Connection } from './database.ts';
import type { RowChanges } from './fold.ts';
import { initialRows, type SessionRow, type ZnodeRow } from './tree/image.ts';
import { StorageRefusal } from './types.ts';

/** Rows of one page; halved until a page is below PAGE_BYTES_MAX or holds one row. */
const PAGE_ROWS = 2000;
const PAGE_BYTES_MAX = 4 * 1024 * 1024;

/** Rows of one table as a JSON array of arrays; the ACL of a znode is the text of its column. */
export interface TablePage {
  readonly table: 'sessions' | 'znodes';
  readonly json: string;
}

type SizeRow = { last: number | null; bytes: number };

/** Where a `ZnodeRow` has its ACL. */
const ACL_AT = 13;

const ZNODE_COLUMNS =
  'id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion, mode, owner, ttl, ' +
  'acl, text, encoding';

export class TreeTables {
  readonly #put: Database.Statement<unknown[]>;
  readonly #update: Database.Statement<unknown[]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #putSession: Database.Statement<[string, string, number]>;
  readonly #deleteSession: Database.Statement<[string]>;
  readonly #sizeOfPage: Database.Statement<[number, number], SizeRow>;
  readonly #znodePage: Database.Statement<[number, number], string>;
  readonly #sessionPage: Database.Statement<
    [string, number],
    { last: string | null; json: string }
  >;

  constructor(connection: Connection) {
    this.#put = connection.prepare(
      `INSERT OR REPLACE INTO znodes (${ZNODE_COLUMNS}) VALUES (${Array(16).fill('?').join(', ')})`,
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
    this.#update = connection.prepare(`UPDATE znodes SET ${assignments} WHERE id = ?`);
    this.#delete = connection.prepare('DELETE FROM znodes WHERE id = ?');
    this.#putSession = connection.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)');
    this.#deleteSession = connection.prepare('DELETE FROM sessions WHERE session = ?');
    this.#sizeOfPage = connection.prepare(
      'SELECT max(id) AS last, total(octet_length(text) + octet_length(acl)) AS bytes FROM ' +
        '(SELECT id, text, acl FROM znodes WHERE id > ? ORDER BY id LIMIT ?)',
    );
    this.#znodePage = connection
      .prepare<[number, number], string>(
        `SELECT json_group_array(json_array(${ZNODE_COLUMNS})) FROM ` +
          '(SELECT * FROM znodes WHERE id > ? AND id <= ? ORDER BY id)',
      )
      .pluck();
    this.#sessionPage = connection.prepare(
      'SELECT max(session) AS last, json_group_array(json_array(session, secret_hash, timeout)) ' +
        'AS json FROM (SELECT * FROM sessions WHERE session > ? ORDER BY session LIMIT ?)',
    );
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
    for (const session of changes.closedSessions) this.#deleteSession.run(session);
    for (const row of changes.openedSessions) this.putSession(row);
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

  /** Everything, sessions first, then znodes in the order of their creation. */
  *pages(): Generator<TablePage, void, undefined> {
    let lastSession = '';
    for (;;) {
      const page = this.#sessionPage.get(lastSession, PAGE_ROWS);
      const last: string | null = page?.last ?? null;
      if (page === undefined || last === null) break;
      if (last <= lastSession) throw disordered('sessions');
      yield { table: 'sessions', json: page.json };
      lastSession = last;
    }
    let after = 0;
    for (;;) {
      const through = this.#endOfPage(after);
      if (through === undefined) return;
      if (through <= after) throw disordered('znodes');
      const json = this.#znodePage.get(after, through);
      if (json !== undefined) yield { table: 'znodes', json };
      after = through;
    }
  }

  /** The last id of the page that begins after `after`, undefined when there is none. */
  #endOfPage(after: number): number | undefined {
    for (let rows = PAGE_ROWS; ; rows = Math.ceil(rows / 2)) {
      const size = this.#sizeOfPage.get(after, rows);
      if (size === undefined || size.last === null) return undefined;
      if (size.bytes <= PAGE_BYTES_MAX || rows === 1) return size.last;
    }
  }
}

function disordered(table: string): StorageRefusal {
  return new StorageRefusal(
    'corrupt',
    `the rows of the table ${table} are out of order: restore the data directory from a backup`,
  );
}
