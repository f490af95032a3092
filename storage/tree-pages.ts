/**
 * Reads the tables of the tree as JSON pages that SQLite itself puts together, so that loading a
 * million znodes is one native scan here and one native parse wherever the page goes.
 */
import type Database from 'better-sqlite3';
import { type Connection, type Side, TREE_TABLES } from './database.ts';
import { StorageRefusal } from './types.ts';

/** Rows of one page; halved until a page is below the wanted size or holds one row. */
const PAGE_ROWS = 2000;
const PAGE_BYTES = 4 * 1024 * 1024;

/** Rows of one table as a JSON array of arrays; the ACL of a znode is the text of its column. */
export interface TablePage {
  readonly table: 'sessions' | 'znodes' | 'answers';
  readonly json: string;
}

/** How the JSON of a page is wanted: as text, or as the UTF-8 bytes of it. */
export type PageForm = 'text' | 'bytes';
type Json<Form extends PageForm> = Form extends 'text' ? string : Uint8Array;

/** Some rows, and the key of the last one. */
export interface RowPage<Key, Form extends PageForm> {
  readonly json: Json<Form>;
  readonly rows: number;
  readonly last: Key;
}

type PageRow<Key> = { json: string | Uint8Array; rows: number; last: Key | null };
type SizeRow = { last: number | null; bytes: number };

export const ZNODE_COLUMNS =
  'id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion, mode, owner, ttl, ' +
  'acl, text, encoding';

/** The key of a row of answers. */
export interface AnswersKey {
  readonly owner: string;
  readonly first: number;
}

type AnswersSize = AnswersKey & { readonly bytes: number };

export class TreePages<Form extends PageForm> {
  readonly #sizeOfPage: Database.Statement<[number, number], SizeRow>;
  readonly #znodePage: Database.Statement<[number, number], PageRow<number>>;
  readonly #sessionPage: Database.Statement<[string, number], PageRow<string>>;
  readonly #answersSizes: Database.Statement<[string, number, number], AnswersSize>;
  readonly #answersPage: Database.Statement<
    [string, number, string, number],
    { json: string | Uint8Array; rows: number }
  >;

  constructor(connection: Connection, side: Side, form: Form) {
    const { znodes, sessions, answers } = TREE_TABLES[side];
    const type = form === 'text' ? 'TEXT' : 'BLOB';
    const rowsOf = (columns: string) =>
      `CAST(json_group_array(json_array(${columns})) AS ${type}) AS json, count(*) AS rows`;
    this.#sizeOfPage = connection.prepare(
      'SELECT max(id) AS last, total(octet_length(text) + octet_length(acl)) AS bytes FROM ' +
        `(SELECT id, text, acl FROM ${znodes} WHERE id > ? ORDER BY id LIMIT ?)`,
    );
    this.#znodePage = connection.prepare(
      `SELECT ${rowsOf(ZNODE_COLUMNS)}, ` +
        `max(id) AS last FROM (SELECT * FROM ${znodes} WHERE id > ? AND id <= ? ORDER BY id)`,
    );
    this.#sessionPage = connection.prepare(
      `SELECT ${rowsOf('session, secret_hash, timeout')}, max(session) AS last FROM ` +
        `(SELECT * FROM ${sessions} WHERE session > ? ORDER BY session LIMIT ?)`,
    );
    this.#answersSizes = connection.prepare(
      `SELECT owner, first, octet_length(answers) AS bytes FROM ${answers} ` +
        'WHERE (owner, first) > (?, ?) ORDER BY owner, first LIMIT ?',
    );
    this.#answersPage = connection.prepare(
      `SELECT ${rowsOf('owner, first, last, operations, forgets, answers')} FROM ` +
        `(SELECT * FROM ${answers} WHERE (owner, first) > (?, ?) AND (owner, first) <= (?, ?) ` +
        'ORDER BY owner, first)',
    );
  }

  /** Rows with about `bytes` of answers at most; undefined when there are none. */
  answersAfter(after: AnswersKey, bytes = PAGE_BYTES): RowPage<AnswersKey, Form> | undefined {
    let last: AnswersKey | undefined;
    let used = 0;
    for (const row of this.#answersSizes.iterate(after.owner, after.first, PAGE_ROWS)) {
      used += row.bytes;
      if (last !== undefined && used > bytes) break;
      last = { owner: row.owner, first: row.first };
    }
    if (last === undefined) return undefined;
    const page = this.#answersPage.get(after.owner, after.first, last.owner, last.first);
    if (page === undefined || page.rows === 0) throw disordered('answers');
    return { json: page.json as Json<Form>, rows: page.rows, last };
  }

  /** undefined when there are none. */
  sessionsAfter(after: string): RowPage<string, Form> | undefined {
    return checked<string, Form>('sessions', after, this.#sessionPage.get(after, PAGE_ROWS));
  }

  /** Rows with about `bytes` of data and ACLs at most; undefined when there are none. */
  znodesAfter(after: number, bytes = PAGE_BYTES): RowPage<number, Form> | undefined {
    const through = this.#endOfPage(after, bytes);
    if (through === undefined) return undefined;
    if (through <= after) throw disordered('znodes');
    const page = checked<number, Form>('znodes', after, this.#znodePage.get(after, through));
    if (page?.last !== through) throw disordered('znodes');
    return page;
  }

  /** The last id of the page that begins after `after`, undefined when there is none. */
  #endOfPage(after: number, bytes: number): number | undefined {
    for (let rows = PAGE_ROWS; ; rows = Math.ceil(rows / 2)) {
      const size = this.#sizeOfPage.get(after, rows);
      if (size === undefined || size.last === null) return undefined;
      if (size.bytes <= bytes || rows === 1) return size.last;
    }
  }
}

/** Before the first row of answers. */
export const NO_ANSWERS: AnswersKey = { owner: '', first: -1 };

/** Everything: sessions, znodes in the order of their creation, answers. */
export function* allPages(pages: TreePages<'text'>): Generator<TablePage, void, undefined> {
  for (let after = ''; ; ) {
    const page = pages.sessionsAfter(after);
    if (page === undefined) break;
    yield { table: 'sessions', json: page.json };
    after = page.last;
  }
  for (let after = 0; ; ) {
    const page = pages.znodesAfter(after);
    if (page === undefined) break;
    yield { table: 'znodes', json: page.json };
    after = page.last;
  }
  for (let after = NO_ANSWERS; ; ) {
    const page = pages.answersAfter(after);
    if (page === undefined) return;
    yield { table: 'answers', json: page.json };
    after = page.last;
  }
}

function checked<Key extends number | string, Form extends PageForm>(
  table: string,
  after: Key,
  page: PageRow<Key> | undefined,
): RowPage<Key, Form> | undefined {
  if (page === undefined || page.last === null) return undefined;
  if (page.last <= after) throw disordered(table);
  return { json: page.json as Json<Form>, rows: page.rows, last: page.last };
}

function disordered(table: string): StorageRefusal {
  return new StorageRefusal(
    'corrupt',
    `the rows of the table ${table} are out of order: restore the data directory from a backup`,
  );
}
