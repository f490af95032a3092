/**
 * Validation of what clients send as JSON, by ajv, against the named schemas of the document: HTTP
 * bodies, WebSocket frames, the operations of a transaction or a batch. `npm run gen` has made the
 * validators: a member compiles nothing, neither when it starts nor at the first frame of a kind.
 *
 * What a schema cannot say (is the path a znode's, is the data what its encoding says) is left to
 * `requests.ts` and to the tree. Nothing is coerced and no default is filled in.
 */
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Refusal } from '../storage/tree/errors.ts';
import { RequestError } from './errors.ts';
import type { SchemaName, Schemas } from './openapi.ts';
import { BODIES, FRAMES, READ_OPS, TRANSACTION_OPS } from './schema-names.ts';
import * as validators from './validators.gen.js';

export type FrameOp = keyof typeof FRAMES;
export type FrameOf<Op extends FrameOp> = Schemas[(typeof FRAMES)[Op]];
/** A frame of the client that has been validated: `op` tells which. */
export type ClientFrame = { readonly [Op in FrameOp]: FrameOf<Op> }[FrameOp];

/** The JSON bodies of HTTP requests. */
export type BodyName = (typeof BODIES)[number];

function validatorOf(schema: SchemaName): ValidateFunction {
  const found = (validators as Partial<Record<string, ValidateFunction>>)[schema];
  if (found === undefined) throw new Error(`npm run gen makes no validator of schema ${schema}`);
  return found;
}

function validatorsOf(schemas: Readonly<Record<string, SchemaName>>) {
  return new Map(Object.entries(schemas).map(([op, schema]) => [op, validatorOf(schema)]));
}

const frames = validatorsOf(FRAMES);
const transactionOps = validatorsOf(TRANSACTION_OPS);
const readOps = validatorsOf(READ_OPS);
const bodies = new Map<BodyName, ValidateFunction>(BODIES.map((name) => [name, validatorOf(name)]));

/** What is wrong with `value`, undefined when it fits; without a validator everything does. */
function refusalBy(fits: ValidateFunction | undefined, value: unknown): Refusal | undefined {
  if (fits === undefined || fits(value)) return undefined;
  // ajv leaves what it found on the function itself.
  return { code: 'BadArguments', detail: messageOf(fits.errors ?? []) };
}

/**
 * What is wrong with a frame whose JSON is an object, undefined when it is a `ClientFrame`. Its
 * operations too are validated, each by the schema of its `op`.
 */
export function frameRefusal(frame: { readonly op?: unknown }): Refusal | undefined {
  const { op } = frame;
  const validator = frames.get(op as string);
  if (validator === undefined) {
    return { code: 'BadArguments', detail: `op must be one of ${[...frames.keys()].join(', ')}` };
  }
  const refusal = refusalBy(validator, frame);
  if (refusal !== undefined) return refusal;
  if (op === 'transaction') return opsRefusal((frame as HasOps).ops, transactionOps);
  if (op === 'read') return opsRefusal((frame as HasOps).ops, readOps);
  return undefined;
}

/** What is wrong with the JSON body of an HTTP request, undefined when it is a `Schemas[name]`. */
export function bodyRefusal(name: BodyName, value: unknown): Refusal | undefined {
  const refusal = refusalBy(bodies.get(name), value);
  if (refusal !== undefined) return refusal;
  if (name === 'TransactionRequest') return opsRefusal((value as HasOps).ops, transactionOps);
  if (name === 'BatchReadRequest') return opsRefusal((value as HasOps).ops, readOps);
  return undefined;
}

/** The body, typed, when it is what the document says. Throws `RequestError` (BadArguments). */
export function checkBody<Name extends BodyName>(name: Name, value: unknown): Schemas[Name] {
  const refusal = bodyRefusal(name, value);
  if (refusal !== undefined) throw new RequestError(refusal);
  return value as Schemas[Name];
}

interface HasOps {
  readonly ops: readonly { readonly op: string; readonly path: string }[];
}

/** The first operation that its own schema refuses: with a field that only another one has. */
function opsRefusal(
  ops: HasOps['ops'],
  byOp: ReadonlyMap<string, ValidateFunction>,
): Refusal | undefined {
  for (const [index, each] of ops.entries()) {
    const refusal = refusalBy(byOp.get(each.op), each);
    if (refusal !== undefined) return { ...refusal, path: each.path, index };
  }
  return undefined;
}

// ------------------------------------------------------------------------------------ messages

/** One sentence on the first error, that names the field. */
export function messageOf(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (error === undefined) return 'the request is malformed';
  const { keyword, params, instancePath } = error;
  const { missingProperty, additionalProperty, allowedValues, type, pattern } = params;
  const field = fieldOf(instancePath);
  switch (keyword) {
    case 'required':
      return `${inField(field, missingProperty)} is missing`;
    case 'additionalProperties':
      return `there is no field ${quoted(additionalProperty)}${field && ` in ${field}`}`;
    case 'enum':
      return `${field} must be ${(allowedValues as string[]).join(' or ')}`;
    case 'type':
      return `${field || 'the JSON'} must be ${TYPES[type as string]}`;
    case 'pattern':
      return `${field} must match ${pattern}`;
    case 'uniqueItems':
      return `${field} names something twice`;
    default:
      return `${field} ${error.message}`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  string: 'a string',
};

/** `/ops/0/path` as `ops[0].path`: names come from the schema, so only numbers need care. */
function fieldOf(instancePath: string): string {
  return instancePath
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
}

function inField(field: string, name: unknown): string {
  return field === '' ? `${name}` : `${field}.${name}`;
}

/** The one name that a client chooses: what a problem repeats of it is short and plain. */
function quoted(name: unknown): string {
  const text = String(name).toWellFormed();
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
