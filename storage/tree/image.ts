/**
 * The tree as rows: what the tables on disk, a snapshot and a backup hold. A row is a tuple so that
 * a million of them cross from SQLite to memory as one JSON text per page.
 */
import { AssertionError, assert } from '../../raftlog/assert.ts';
import { type Zxid, zxidFromNumber } from '../../raftlog/zxid.ts';
import { internAcl } from './acl.ts';
import type { AnswerTable } from './answers.ts';
import { trackForReaping } from './reap.ts';
import type { SessionAnswer } from './session-answers.ts';
import type { Session } from './sessions.ts';
import { ReplicatedState } from './state.ts';
import { utf8Length } from './text.ts';
import type { Znode } from './tree.ts';
import type { Acl, LoggedKey, SessionId, Stat, ZnodeId, ZnodeMode, ZnodePath } from './types.ts';

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

/**
 * Answers that were kept one after the other, of one session or to keys. Those of a session that
 * are older than what it keeps may be among them, and drop out again when they are loaded.
 */
export type AnswersRow = readonly [
  owner: SessionId | '',
  /** Of the first and the last answer. */
  first: number,
  last: number,
  /** Of all answers in it. */
  operations: number,
  /** The owner's answers through this zxid are forgotten by then; 0 = none. */
  forgets: number,
  /** JSON: an array of `IdAnswer` or of `KeyAnswer`. */
  answers: string,
];

export type IdAnswer = readonly [
  zxid: number,
  id: number,
  fingerprint: string,
  previous: number,
  operations: number,
  text: string,
  /** As in the log: absent when none. */
  forgets?: number,
];

export type KeyAnswer = readonly [
  zxid: number,
  key: string,
  fingerprint: string,
  forgets: number,
  time: number,
  text: string,
  /** As in the log: absent when none. */
  holders?: readonly string[],
];

/** The row of a znode as it is. */
export function znodeRow(znode: Znode): ZnodeRow {
  const { id, path, stat, acl, text, encoding } = znode;
  return [
    id,
    path,
    stat.czxid,
    stat.mzxid,
    stat.pzxid,
    stat.ctime,
    stat.mtime,
    stat.version,
    stat.creates,
    stat.aversion,
    stat.mode,
    stat.ephemeralOwner,
    stat.ttlMs,
    acl,
    text,
    encoding,
  ];
}

export function sessionRow({ id, secretHash, timeoutMs }: Session): SessionRow {
  return [id, secretHash, timeoutMs];
}

export function keyAnswer(zxid: number, name: LoggedKey, time: number, text: string): KeyAnswer {
  const { key, fingerprint, forgets, holders = [] } = name;
  if (holders.length === 0) return [zxid, key, fingerprint, forgets, time, text];
  return [zxid, key, fingerprint, forgets, time, text, holders];
}

export function idAnswer({ forgets = 0, ...answer }: SessionAnswer): IdAnswer {
  const { zxid, id, fingerprint, previous, operations, text } = answer;
  if (forgets === 0) return [zxid, id, fingerprint, previous, operations, text];
  return [zxid, id, fingerprint, previous, operations, text, forgets];
}

/** The answers as they are, a row for each session and one for all keys. */
export function answersRows(table: AnswerTable): AnswersRow[] {
  const rows: AnswersRow[] = [];
  const keyed: KeyAnswer[] = [];
  for (const { zxid, key, fingerprint, time, text, holdings } of table.keyed()) {
    const holders = holdings.map(({ holder }) => holder);
    keyed.push(keyAnswer(zxid, { key, fingerprint, forgets: 0, holders }, time, text));
  }
  if (keyed.length > 0)
    rows.push([
      '',
      keyed[0]?.[0] ?? 0,
      keyed.at(-1)?.[0] ?? 0,
      keyed.length,
      0,
      JSON.stringify(keyed),
    ]);
  for (const [session, answers] of table.sessions()) {
    const items: IdAnswer[] = [];
    let operations = 0;
    for (const answer of answers.items()) {
      items.push(idAnswer(answer));
      operations += answer.operations;
    }
    rows.push([
      session,
      items[0]?.[0] ?? 0,
      items.at(-1)?.[0] ?? 0,
      operations,
      0,
      JSON.stringify(items),
    ]);
  }
  return rows;
}

/** The rows of the tree that a new member begins with, parents first. */
export function initialRows(): ZnodeRow[] {
  return [...new ReplicatedState().tree.values()].map(znodeRow).sort(([a], [b]) => a - b);
}

/** Rows do not make a tree: what was stored has been damaged. */
export class DamagedRows extends Error {
  override readonly name = 'DamagedRows';
}

/**
 * Loads a page of znodes into a state that has nothing but its initial znodes and what was loaded
 * before. A parent must come before its children; sessions may come before or after. Throws
 * `DamagedRows`; the state is of no use then.
 */
export function loadZnodes(state: ReplicatedState, rows: readonly ZnodeRow[]): void {
  loading(() => {
    for (const row of rows) loadZnode(state, row);
  });
}

/** Throws `DamagedRows`, as above. */
export function loadSessions(state: ReplicatedState, rows: readonly SessionRow[]): void {
  loading(() => {
    for (const [id, secretHash, timeoutMs] of rows) state.sessions.add(id, secretHash, timeoutMs);
  });
}

/**
 * In the order of their owners, of each in the order of `first`. Throws `DamagedRows`, as above.
 */
export function loadAnswers(state: ReplicatedState, rows: readonly AnswersRow[]): void {
  loading(() => {
    for (const row of rows) {
      assert(
        row[0] === '' || state.sessions.has(row[0]),
        'answers belong to a session that exists',
      );
      loadAnswersInto(state.answers, row);
    }
  });
}

/** What was loaded was the state at this point; see `ReplicatedState` for `lastTime`. */
export function loadPosition(
  state: ReplicatedState,
  { zxid, lastTime }: { readonly zxid: Zxid; readonly lastTime: number | undefined },
): void {
  state.lastZxid = zxid;
  state.lastTime = lastTime;
}

export function loadAnswersInto(table: AnswerTable, [owner, , , , , answers]: AnswersRow): void {
  if (owner !== '') {
    for (const item of JSON.parse(answers) as IdAnswer[]) {
      const [at, id, fingerprint, previous, operations, text, forgets] = item;
      const zxid = zxidFromNumber(at);
      table.keepId(owner, { zxid, id, fingerprint, previous, operations, text, forgets });
    }
    return;
  }
  for (const item of JSON.parse(answers) as KeyAnswer[]) {
    const [zxid, key, fingerprint, forgets, time, text, holders = []] = item;
    table.keepKey(zxidFromNumber(zxid), { key, fingerprint, forgets, holders }, time, text);
  }
}

/** What is a mistake of ours anywhere else is, with rows that come from a disk, damage. */
function loading(load: () => void): void {
  try {
    load();
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    throw new DamagedRows(`the stored tree is damaged: ${error.message}`, { cause: error });
  }
}

function loadZnode(state: ReplicatedState, row: ZnodeRow): void {
  const [id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = row;
  const [, , , , , , , , , , mode, ephemeralOwner, ttlMs, acl, text, encoding] = row;
  const length = encoding === 'utf8' ? utf8Length(text) : base64Length(text);
  const stat: Stat = {
    czxid: zxidFromNumber(czxid),
    mzxid: zxidFromNumber(mzxid),
    pzxid: zxidFromNumber(pzxid),
    ctime,
    mtime,
    version,
    creates,
    aversion,
    numChildren: 0,
    dataLength: length,
    mode,
    ephemeralOwner,
    ttlMs,
  };
  const data = { text, encoding, length };
  const znode = state.tree.load(id, path, stat, data, internAcl(acl));
  if (ephemeralOwner !== '') state.sessions.ownLoaded(ephemeralOwner, path);
  if (mode !== 'persistent') trackForReaping(state, znode);
  state.quotas.created(state.tree, path, data);
  state.nextZnodeId = Math.max(state.nextZnodeId, id + 1);
  state.shownTime = Math.max(state.shownTime, ctime, mtime);
}

/** Bytes that padded base64 stands for. */
function base64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
