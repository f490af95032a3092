/**
 * The database file: its settings, its schema, its single rows. One connection, in the storage
 * worker, does everything; see README.md for what each table holds.
 */
import Database from 'better-sqlite3';
import type { HardState } from '../raftlog/types.ts';
import { textChecksum } from './checksum.ts';
import { FORMAT_VERSION } from './format.ts';
import { SEGMENTS, segmentTable } from './log-segment.ts';
import { type AppliedMark, StorageRefusal } from './types.ts';

export type Connection = Database.Database;

/** "PADK": tells our files from other SQLite databases (`file` shows it). */
const APPLICATION_ID = 0x5041444b;

/**
 * 8 KiB: appends of 1 KiB rows are a quarter cheaper than with 4 KiB, scattered updates of tables a
 * third cheaper than with 16 KiB.
 */
const PAGE_BYTES = 8192;
const CACHE_KIB = 32 * 1024;
const WAL_BYTES_KEPT = 32 * 1024 * 1024;
/** PRAGMA synchronous reads back as a number. */
const SYNCHRONOUS_FULL = 2;

/**
 * The tree is in one pair of tables; the other is empty, or takes a snapshot that is being
 * received. Which one is which is told by the single row `side`.
 */
export type Side = 0 | 1;

export const TREE_TABLES = [
  { znodes: 'znodes', sessions: 'sessions', answers: 'answers' },
  { znodes: 'znodes_1', sessions: 'sessions_1', answers: 'answers_1' },
] as const;

/**
 * Compared text by text with what a directory holds: a schema that was tampered with is refused.
 */
const FIRST_SCHEMA: readonly string[] = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, ' +
    'checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  ...Array.from(
    { length: SEGMENTS },
    (_, number) =>
      `CREATE TABLE ${segmentTable(number)} (idx INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, ` +
      'zxid INTEGER NOT NULL, type INTEGER NOT NULL, payload BLOB NOT NULL, ' +
      'checksum INTEGER NOT NULL) STRICT',
  ),
  ...treeSchema(0),
];
const SECOND_SCHEMA: readonly string[] = [...FIRST_SCHEMA, ...treeSchema(1)];
const SCHEMA: readonly string[] = [...SECOND_SCHEMA, answersSchema(0), answersSchema(1)];

function treeSchema(side: Side): string[] {
  const { znodes, sessions } = TREE_TABLES[side];
  return [
    `CREATE TABLE ${znodes} (id INTEGER PRIMARY KEY, path TEXT NOT NULL, czxid INTEGER NOT NULL, ` +
      'mzxid INTEGER NOT NULL, pzxid INTEGER NOT NULL, ctime INTEGER NOT NULL, ' +
      'mtime INTEGER NOT NULL, version INTEGER NOT NULL, creates INTEGER NOT NULL, ' +
      'aversion INTEGER NOT NULL, mode TEXT NOT NULL, owner TEXT NOT NULL, ' +
      'ttl INTEGER NOT NULL, acl TEXT NOT NULL, text TEXT NOT NULL, encoding TEXT NOT NULL) STRICT',
    `CREATE TABLE ${sessions} (session TEXT PRIMARY KEY NOT NULL, secret_hash TEXT NOT NULL, ` +
      'timeout INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  ];
}

function answersSchema(side: Side): string {
  return (
    `CREATE TABLE ${TREE_TABLES[side].answers} (owner TEXT NOT NULL, first INTEGER NOT NULL, ` +
    'last INTEGER NOT NULL, operations INTEGER NOT NULL, forgets INTEGER NOT NULL, ' +
    'answers TEXT NOT NULL, PRIMARY KEY (owner, first)) STRICT, WITHOUT ROWID'
  );
}

/** Opens the file with everything set but durability; never waits for another process's lock. */
export function openConnection(path: string): Connection {
  const connection = new Database(path, { timeout: 0 });
  // Before anything is read: what comes from a damaged file must not be believed further than
  // needed.
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  return connection;
}

/** A second connection that only reads what is committed, for a view that stays as it is. */
export function openReader(path: string): Connection {
  const connection = new Database(path, { readonly: true, timeout: 0 });
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  return connection;
}

/** The format of the file, 0 when nothing was ever written to it. Refuses what is not ours. */
export function identify(connection: Connection, path: string): number {
  const version = connection.pragma('user_version', { simple: true }) as number;
  const application = connection.pragma('application_id', { simple: true });
  if (version === 0 && application === 0 && schemaOf(connection).length === 0) return 0;
  if (application !== APPLICATION_ID) {
    throw new StorageRefusal(
      'corrupt',
      `${path} is not a database of Paddock: choose another data directory, or restore this one ` +
        'from a backup',
    );
  }
  if (version > FORMAT_VERSION) {
    throw new StorageRefusal(
      'newer-format',
      `${path} has format ${version}, this version of Paddock knows ${FORMAT_VERSION}: run the ` +
        'version that wrote the directory, or a newer one',
    );
  }
  return version;
}

/** Everything that durability rests on, set and read back. */
export function applySettings(connection: Connection): void {
  // Of effect in a new file only.
  connection.pragma(`page_size = ${PAGE_BYTES}`);
  connection.pragma('journal_mode = WAL');
  // After WAL mode, in which it is NORMAL unless set: that loses acknowledged commits with the
  // power.
  connection.pragma('synchronous = FULL');
  // macOS only: fsync alone does not reach the medium there.
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
  // Checkpoints run after a reply instead of within the commit before it, see write-ahead.ts.
  connection.pragma('wal_autocheckpoint = 0');
  // A large transaction leaves a large file: given back when the log begins anew.
  connection.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  verifySettings(connection);
}

export function verifySettings(connection: Connection): void {
  const journal = connection.pragma('journal_mode', { simple: true });
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (journal === 'wal' && synchronous === SYNCHRONOUS_FULL) return;
  throw new StorageRefusal(
    'unsafe-settings',
    `SQLite runs with journal_mode=${String(journal)} and synchronous=${String(synchronous)} ` +
      'where Paddock needs wal and 2 (FULL) to keep what it acknowledges: put the data directory ' +
      'on a local file system that supports shared memory and fsync',
  );
}

/** Writes the tables of a new file, within the caller's transaction. */
export function createSchema(connection: Connection): void {
  for (const table of SCHEMA) connection.exec(table);
  connection.pragma(`application_id = ${APPLICATION_ID}`);
  connection.pragma(`user_version = ${FORMAT_VERSION}`);
}

/** Adds what a directory of an older format lacks, within the caller's transaction. */
export function upgradeSchema(connection: Connection, format: number): void {
  const older = schemaOfFormat(format);
  for (const table of SCHEMA) if (!older.includes(table)) connection.exec(table);
  connection.pragma(`user_version = ${FORMAT_VERSION}`);
}

export function verifySchema(connection: Connection, format: number): void {
  const found = schemaOf(connection);
  const wanted = schemaOfFormat(format);
  const same = found.length === wanted.length && wanted.every((sql) => found.includes(sql));
  if (same) return;
  throw new StorageRefusal(
    'corrupt',
    'the schema of the database is not what this format has: restore the data directory from a backup',
  );
}

function schemaOfFormat(format: number): readonly string[] {
  if (format === 1) return FIRST_SCHEMA;
  return format === 2 ? SECOND_SCHEMA : SCHEMA;
}

function schemaOf(connection: Connection): string[] {
  return connection
    .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL')
    .pluck()
    .all();
}

/** The structure of all pages: bounded, because the rows themselves are proved by other means. */
export function checkStructure(connection: Connection): void {
  const problems = connection.pragma('quick_check(5)') as { quick_check: string }[];
  const first = problems[0]?.quick_check;
  if (first === 'ok') return;
  throw new StorageRefusal(
    'corrupt',
    `SQLite finds the database damaged (${first}): restore the data directory from a backup`,
  );
}

// ---------------------------------------------------------------------------------------------
// Single rows

/** Where the kept log begins: the last entry that was trimmed, all 0 when none ever was. */
export interface LogBase {
  readonly index: number;
  readonly epoch: number;
  readonly zxid: number;
  readonly checksum: number;
}

export interface Identity {
  readonly directoryId: string;
  /** 0 as long as no member has claimed the directory. */
  readonly memberId: number;
}

interface MetaValues {
  readonly identity: Identity;
  readonly hardState: HardState;
  readonly tables: AppliedMark;
  readonly logBase: LogBase;
  /** Where the tree is. From format 2 on. */
  readonly side: Side;
  /** See `LogTable.rewrites`. From format 2 on. */
  readonly rewrites: number;
}

/** Values under a key, as JSON with a checksum. */
export class Meta {
  readonly #get: Database.Statement<[string], { value: string; checksum: number }>;
  readonly #put: Database.Statement<[string, string, number]>;
  readonly #remove: Database.Statement<[string]>;

  constructor(connection: Connection) {
    this.#get = connection.prepare('SELECT value, checksum FROM meta WHERE key = ?');
    this.#put = connection.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?, ?)');
    this.#remove = connection.prepare('DELETE FROM meta WHERE key = ?');
  }

  get<K extends keyof MetaValues>(key: K): MetaValues[K] {
    const row = this.#get.get(key);
    if (row === undefined || row.checksum !== textChecksum(key + row.value)) {
      throw new StorageRefusal(
        'corrupt',
        `the row "${key}" of the database is damaged: restore the data directory from a backup`,
      );
    }
    return JSON.parse(row.value) as MetaValues[K];
  }

  tables(): AppliedMark {
    // The first format knew of no members, those before the fifth of no time.
    const { lastTime, members, ...rest } = this.get('tables');
    return { ...rest, lastTime, members };
  }

  /** Writes the same again, which is something to commit; for a row that is equal nothing is. */
  rewrite<K extends keyof MetaValues>(key: K): void {
    const value = this.get(key);
    this.#remove.run(key);
    this.put(key, value);
  }

  put<K extends keyof MetaValues>(key: K, value: MetaValues[K]): void {
    const text = JSON.stringify(value);
    this.#put.run(key, text, textChecksum(key + text));
  }
}
