/**
 * Which of the document's schemas a member checks and writes while it runs. `npm run gen` makes
 * code of these (scripts/schema-code.ts), so that no schema is compiled in a member.
 */
import type { SchemaName } from './openapi.ts';

type Names = Readonly<Record<string, SchemaName>>;

/** Each `op` of a WebSocket frame and the schema of its frame. */
export const FRAMES = {
  connect: 'ConnectFrame',
  create: 'CreateFrame',
  get: 'GetFrame',
  exists: 'ExistsFrame',
  set: 'SetFrame',
  delete: 'DeleteFrame',
  children: 'ChildrenFrame',
  getAcl: 'GetAclFrame',
  setAcl: 'SetAclFrame',
  getQuota: 'GetQuotaFrame',
  setQuota: 'SetQuotaFrame',
  removeQuota: 'RemoveQuotaFrame',
  descendants: 'DescendantsFrame',
  ephemerals: 'EphemeralsFrame',
  watchers: 'WatchersFrame',
  explainSession: 'ExplainSessionFrame',
  transaction: 'TransactionFrame',
  read: 'ReadFrame',
  sync: 'SyncFrame',
  whoami: 'WhoamiFrame',
  auth: 'AuthFrame',
  ping: 'PingFrame',
  addWatch: 'AddWatchFrame',
  setWatches: 'SetWatchesFrame',
  removeWatch: 'RemoveWatchFrame',
  close: 'CloseFrame',
} as const satisfies Names;

export const TRANSACTION_OPS = {
  create: 'CreateOp',
  set: 'SetOp',
  delete: 'DeleteOp',
  check: 'CheckOp',
  checkAbsent: 'CheckAbsentOp',
} as const satisfies Names;

export const READ_OPS = {
  get: 'GetOp',
  exists: 'ExistsOp',
  children: 'ChildrenOp',
  getAcl: 'GetAclOp',
} as const satisfies Names;

/** The JSON bodies of HTTP requests. */
export const BODIES = [
  'SetDataRequest',
  'CreateRequest',
  'SetAclRequest',
  'SetQuotaRequest',
  'TransactionRequest',
  'BatchReadRequest',
  'OpenSessionRequest',
] as const satisfies readonly SchemaName[];

/** What a member writes. */
export const WRITTEN = [
  'Stat',
  'GetResult',
  'WriteResult',
  'ExistsResult',
  'ChildrenResult',
  'AclResult',
  'QuotaResult',
  'TransactionResult',
  'BatchReadResult',
  'TreeEvent',
  'EventFrame',
  'Problem',
  'OperationError',
] as const satisfies readonly SchemaName[];
