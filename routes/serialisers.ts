/**
 * JSON text of replies and events, made from the document's schemas: half the time of a plain
 * `JSON.stringify` where an object is mostly attributes, and nothing leaves that the document does
 * not have. They take wire objects (`wire.ts`) and throw when a required field is missing, which is
 * a mistake of our own. Compiled when first used.
 */
import fastJson from 'fast-json-stringify';
import type { ReadOnlyService } from '../server/types.ts';
import { openapi, type SchemaName, type Schemas } from './openapi.ts';

export type Serialiser<Name extends SchemaName> = (value: Schemas[Name]) => string;

type CompileOptions = NonNullable<Parameters<typeof fastJson>[1]>;

const SHARED = {
  schema: { openapi: { $id: 'openapi', components: { schemas: openapi.components.schemas } } },
} as unknown as CompileOptions;

export const serialiseStat = serialiser('Stat');
export const serialiseGet = serialiser('GetResult');
export const serialiseWrite = serialiser('WriteResult');
export const serialiseExists = serialiser('ExistsResult');
export const serialiseChildren = serialiser('ChildrenResult');
export const serialiseAcl = serialiser('AclResult');
export const serialiseQuota = serialiser('QuotaResult');
export const serialiseTransaction = serialiser('TransactionResult');
export const serialiseBatchRead = serialiser('BatchReadResult');
/** Over Server-Sent Events; over WebSocket `serialiseEventFrame`, which has `watches` too. */
export const serialiseEvent = serialiser('TreeEvent');
export const serialiseEventFrame = serialiser('EventFrame');
export const serialiseProblem = serialiser('Problem');
export const serialiseError = serialiser('OperationError');

function serialiser<Name extends SchemaName>(name: Name): Serialiser<Name> {
  let compiled: Serialiser<Name> | undefined;
  return (value) => {
    compiled ??= fastJson({ $ref: `openapi#/components/schemas/${name}` }, SHARED);
    return compiled(value);
  };
}

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
