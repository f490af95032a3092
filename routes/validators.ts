/**
 * Validation of what clients send as JSON, by ajv, against the named schemas of the document: HTTP
 * bodies, WebSocket frames, the operations of a transaction or a batch. A validator is compiled
 * when it is first needed: a start costs nothing, the first frame of a kind a few milliseconds.
 *
 * What a schema cannot say (is the path a znode's, is the data what its encoding says) is left to
 * `requests.ts` and to the tree. Nothing is coerced and no default is filled in.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Refusal } from '../storage/tree/errors.ts';
import { RequestError } from './errors.ts';
import { openapi, type SchemaName, type Schemas } from './openapi.ts';

/** Each `op` of a WebSocket frame and the schema of its frame. */
const FRAMES = {
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
} as const satisfies Record<string, SchemaName>;

const TRANSACTION_OPS = {
  create: 'CreateOp',
  set: 'SetOp',
  delete: 'DeleteOp',
  check: 'CheckOp',
  checkAbsent: 'CheckAbsentOp',
} as const satisfies Record<string, SchemaName>;

const READ_OPS = {
  get: 'GetOp',
  exists: 'ExistsOp',
  children: 'ChildrenOp',
  getAcl: 'GetAclOp',
} as const satisfies Record<string, SchemaName>;

export type FrameOp = keyof typeof FRAMES;
export type FrameOf<Op extends FrameOp> = Schemas[(typeof FRAMES)[Op]];
/** A frame of the client that has been validated: `op` tells which. */
export type ClientFrame = { readonly [Op in FrameOp]: FrameOf<Op> }[FrameOp];

/** The JSON bodies of HTTP requests. */
export type BodyName =
  | 'SetDataRequest'
  | 'CreateRequest'
  | 'SetAclRequest'
  | 'SetQuotaRequest'
  | 'TransactionRequest'
  | 'BatchReadRequest'
  | 'OpenSessionRequest';

const ajv = new Ajv({
  strict: true,
  // The document is validated by the tests, once and more strictly.
  validateSchema: false,
  meta: false,
  keywords: ['components', 'example'],
  formats: { int32: true, int64: true, binary: true, password: true, uri: true },
});
ajv.addSchema({ $id: 'openapi', components: { schemas: openapi.components.schemas } });

/** A schema's validator, compiled when it is first used. */
class Validator {
  readonly #schema: SchemaName;
  #compiled: ValidateFunction | undefined;

  constructor(schema: SchemaName) {
    this.#schema = schema;
  }

  /** What is wrong with `value`, undefined when it fits. */
  refusal(value: unknown): Refusal | undefined {
    this.#compiled ??= compile(this.#schema);
    if (this.#compiled(value)) return undefined;
    return { code: 'BadArguments', detail: messageOf(this.#compiled.errors ?? []) };
  }
}

function compile(schema: SchemaName): ValidateFunction {
  const compiled = ajv.getSchema(`openapi#/components/schemas/${schema}`);
  if (compiled === undefined) throw new Error(`the document has no schema ${schema}`);
  return compiled;
}

function validatorsOf(schemas: Readonly<Record<string, SchemaName>>) {
  return new Map(Object.entries(schemas).map(([op, schema]) => [op, new Validator(schema)]));
}

const frames = validatorsOf(FRAMES);
const transactionOps = validatorsOf(TRANSACTION_OPS);
const readOps = validatorsOf(READ_OPS);
const bodies = new Map<SchemaName, Validator>();

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
  const refusal = validator.refusal(frame);
  if (refusal !== undefined) return refusal;
  if (op === 'transaction') return opsRefusal((frame as HasOps).ops, transactionOps);
  if (op === 'read') return opsRefusal((frame as HasOps).ops, readOps);
  return undefined;
}

/** What is wrong with the JSON body of an HTTP request, undefined when it is a `Schemas[name]`. */
export function bodyRefusal(name: BodyName, value: unknown): Refusal | undefined {
  let validator = bodies.get(name);
  if (validator === undefined) {
    validator = new Validator(name);
    bodies.set(name, validator);
  }
  const refusal = validator.refusal(value);
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
  validators: ReadonlyMap<string, Validator>,
): Refusal | undefined {
  for (const [index, each] of ops.entries()) {
    const refusal = validators.get(each.op)?.refusal(each);
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
