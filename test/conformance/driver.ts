/**
 * What a client can do with a member, whatever carries it. The cases of this folder are written
 * against `Driver` and run over HTTP and over WebSocket alike; the shapes here are the ones that
 * travel, written down a second time on purpose, so that a change of the product's own shows up.
 */

import { createHash } from 'node:crypto';
import { openapi } from '../../routes/openapi.ts';

export interface Stat {
  readonly czxid: string;
  readonly mzxid: string;
  readonly pzxid: string;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly mode: 'persistent' | 'ephemeral' | 'container' | 'persistent_ttl';
  readonly ephemeralOwner?: string;
  readonly ttlMs?: number;
  readonly expiresAt?: number;
}

export interface AclEntry {
  readonly perms: string;
  readonly scheme: string;
  readonly id: string;
}

/** An ACL that grants these letters to everybody. */
export function world(perms: string): AclEntry[] {
  return [{ perms, scheme: 'world', id: 'anyone' }];
}

export interface Identity {
  readonly scheme: string;
  readonly id: string;
}

/** The id of a user in ACLs, as anybody can make it. */
export function digestId(user: string, password: string): string {
  const digest = createHash('sha256').update(`${user}:${password}`).digest('base64');
  return `${user}:${digest}`;
}

/** An ACL that grants these letters to one user. */
export function userAcl(perms: string, user: string, password: string): AclEntry[] {
  return [{ perms, scheme: 'digest', id: digestId(user, password) }];
}

export interface Written {
  readonly path: string;
  readonly stat: Stat;
}

export interface Znode extends Written {
  readonly data: string;
  readonly encoding: 'utf8' | 'base64';
}

export interface AclOf extends Written {
  readonly acl: readonly AclEntry[];
}

export interface Child {
  readonly name: string;
  readonly stat?: Stat;
  readonly data?: string;
  readonly encoding?: 'utf8' | 'base64';
}

export interface Page extends Written {
  readonly children: readonly Child[];
  readonly next?: string;
}

export interface OpResult {
  readonly op: string;
  readonly path?: string;
  readonly stat?: Stat;
}

export interface Problem {
  readonly code: string;
  readonly outcome: 'not-applied' | 'unknown';
  readonly title?: string;
  readonly detail?: string;
  readonly path?: string;
  readonly index?: number;
  readonly stat?: Stat;
  readonly limit?: { readonly name: string; readonly value: number };
  readonly retryAfter?: number;
  readonly oldestZxid?: string;
  /** Over HTTP only. */
  readonly status?: number;
  readonly type?: string;
  readonly zxid?: string;
}

const CODES = new Set(openapi.components.schemas.ErrorCode.enum);

/** The same, which no test takes with a code that the document does not have. */
export function documented(problem: Problem): Problem {
  if (CODES.has(problem.code)) return problem;
  throw new Error(`${problem.code} is not a code of the document`);
}

/** What a refused request of a driver rejects with. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title ?? ''} ${problem.path ?? ''}`);
    this.problem = problem;
  }
}

/** The problem that `request` is refused with; an error when it is not refused. */
export async function refusalOf(request: Promise<unknown>): Promise<Problem> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
  throw new Error('the request was not refused');
}

/** The code alone, which is what most cases are about. */
export async function codeOf(request: Promise<unknown>): Promise<string> {
  return (await refusalOf(request)).code;
}

/** Text travels as it is, bytes as base64. */
export type Data = string | Uint8Array;

export type CreateMode =
  | 'persistent'
  | 'persistent_sequential'
  | 'ephemeral'
  | 'ephemeral_sequential'
  | 'container'
  | 'persistent_ttl'
  | 'persistent_sequential_ttl';

export interface CreateOptions {
  readonly data?: Data;
  readonly mode?: CreateMode;
  readonly ttlMs?: number;
  readonly parents?: boolean;
  readonly acl?: readonly AclEntry[];
}

export interface SetOptions {
  readonly version?: number;
  /** Without its quotes. */
  readonly etag?: string;
  readonly create?: boolean;
}

export interface DeleteOptions {
  readonly version?: number;
  readonly etag?: string;
  readonly recursive?: boolean;
}

export interface ChildrenOptions {
  readonly limit?: number;
  readonly after?: string;
  readonly include?: readonly ('stat' | 'data')[];
}

/** An operation of a transaction or of a batch of reads, as it travels. */
export interface Op {
  readonly op: string;
  readonly path: string;
  readonly [parameter: string]: unknown;
}

export interface Driver {
  readonly transport: 'HTTP' | 'WebSocket';
  /** The session that this client has; its ephemerals are created on its behalf. */
  readonly sessionId: string;
  readonly token: string;
  /** Granted, which need not be what was asked for. */
  readonly timeoutMs: number;
  /** As the last answer told it. */
  readonly zxid: string;

  create(path: string, options?: CreateOptions): Promise<Written>;
  get(path: string): Promise<Znode>;
  /** Undefined: there is no such znode. */
  exists(path: string): Promise<Stat | undefined>;
  /** Of a znode that is there, unless `create` says otherwise. */
  set(path: string, data: Data, options?: SetOptions): Promise<Written>;
  delete(path: string, options?: DeleteOptions): Promise<void>;
  children(path: string, options?: ChildrenOptions): Promise<Page>;
  getAcl(path: string): Promise<AclOf>;
  setAcl(path: string, acl: readonly AclEntry[], version?: number): Promise<AclOf>;
  transaction(ops: readonly Op[], options?: { dryRun?: boolean }): Promise<readonly OpResult[]>;
  /** One result per operation; a read that is refused has `error` in its place. */
  read(ops: readonly Op[]): Promise<readonly Record<string, unknown>[]>;
  /**
   * From now on the client is this user: over HTTP instead of who it was, over a WebSocket as well.
   */
  authenticate(user: string, password: string): Promise<void>;
  whoami(): Promise<readonly Identity[]>;
  /** The zxid that the member has caught up to. */
  sync(): Promise<string>;
  /** Ends the session. */
  closeSession(): Promise<void>;
  /** Goes away without a word: the session is left to expire. */
  disconnect(): void;
}

/** The fields of an envelope that carry data. */
export function envelope(data: Data | undefined): { data?: string; encoding?: 'base64' } {
  if (data === undefined) return {};
  if (typeof data === 'string') return { data };
  return { data: Buffer.from(data).toString('base64'), encoding: 'base64' };
}

/** The names of a page, which is what most cases look at. */
export function namesOf({ children }: Page): string[] {
  return children.map(({ name }) => name);
}
