/**
 * JSON text of replies and events, made from the document's schemas: half the time of a plain
 * `JSON.stringify` where an object is mostly attributes, and nothing leaves that the document does
 * not have. They take wire objects (`wire.ts`) and throw when a required field is missing, which is
 * a mistake of our own. Made by `npm run gen`.
 */
import type { ReadOnlyService } from '../server/types.ts';
import type { Schemas } from './openapi.ts';
import type { WRITTEN } from './schema-names.ts';

export {
  AclResult as serialiseAcl,
  BatchReadResult as serialiseBatchRead,
  ChildrenResult as serialiseChildren,
  // Over WebSocket, which has `watches` too.
  EventFrame as serialiseEventFrame,
  ExistsResult as serialiseExists,
  GetResult as serialiseGet,
  OperationError as serialiseError,
  Problem as serialiseProblem,
  QuotaResult as serialiseQuota,
  Stat as serialiseStat,
  TransactionResult as serialiseTransaction,
  // Over Server-Sent Events.
  TreeEvent as serialiseEvent,
  WriteResult as serialiseWrite,
} from './serialisers.gen.js';

export type Serialiser<Name extends (typeof WRITTEN)[number]> = (value: Schemas[Name]) => string;

/**
 * The frame that answers request `id`; `result` is the JSON text of its result, `service` how the
 * member serves that answers, `replayed` that it is the answer to a former attempt.
 */
export function answerFrame(
  id: number,
  zxid: string,
  result: string,
  service?: ReadOnlyService,
  replayed?: true,
): string {
  const mark = replayed === true ? ',"replayed":true' : '';
  return `{"id":${id},"zxid":"${zxid}"${marksOf(service)}${mark},"result":${result}}`;
}

/** The frame that refuses request `id`; `error` is the JSON text of the OperationError. */
export function refusalFrame(
  id: number,
  zxid: string,
  error: string,
  service?: ReadOnlyService,
): string {
  return `{"id":${id},"zxid":"${zxid}"${marksOf(service)},"error":${error}}`;
}

function marksOf(service: ReadOnlyService | undefined): string {
  if (service === undefined) return '';
  const { ageMs } = service;
  return ageMs === undefined ? ',"readOnly":true' : `,"readOnly":true,"ageMs":${ageMs}`;
}
