/**
 * `openapi.yaml` as the fuzzers see it: the operations with their parameters and bodies, and a
 * judge that says whether an answer is one that the document promises.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Reply {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, Reply & { readonly $ref?: string }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** Like `/v1/znodes/{path}`. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** By media type; empty when the operation has no body. */
  readonly bodies: Readonly<Record<string, Schema>>;
  readonly responses: Readonly<Record<string, Reply>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Reply>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

const FILE = new URL('../../openapi.yaml', import.meta.url);
const document = parse(readFileSync(FILE, 'utf8')) as Document;
const { components } = document;

export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operationId: operation.operationId,
      method: method.toUpperCase(),
      template,
      parameters: (operation.parameters ?? []).map(({ $ref }) => {
        return resolved(components.parameters, $ref);
      }),
      bodies: Object.fromEntries(
        Object.entries(operation.requestBody?.content ?? {}).map(([t, { schema }]) => [t, schema]),
      ),
      responses: Object.fromEntries(
        Object.entries(operation.responses).map(([status, response]) => [
          status,
          response.$ref === undefined ? response : resolved(components.responses, response.$ref),
        ]),
      ),
    })),
);

/** Every frame that a client may send, by the name of its schema. */
export const CLIENT_FRAMES: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(components.schemas).filter(
    ([name, { properties }]) => name.endsWith('Frame') && properties?.['op'] !== undefined,
  ),
);

function resolved<T>(known: Readonly<Record<string, T>>, ref: string): T {
  const value = known[ref.slice(ref.lastIndexOf('/') + 1)];
  if (value === undefined) throw new Error(`${ref} is not in the document`);
  return value;
}

/** The schema that is meant, references followed. */
export function schemaOf(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : schemaOf(resolved(components.schemas, schema.$ref));
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'openapi.yaml');
const validators = new Map<string, ValidateFunction>();

/** What is wrong with `value` as one of the document's schemas; undefined when nothing is. */
export function mismatch(schemaName: string, value: unknown): string | undefined {
  const ref = `openapi.yaml#/components/schemas/${schemaName}`;
  let validate = validators.get(ref);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: ref });
    validators.set(ref, validate);
  }
  return validate(value) ? undefined : `no ${schemaName}: ${ajv.errorsText(validate.errors)}`;
}

export interface Answered {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** What an answer has that the document does not promise; undefined when all is as documented. */
export function breach(operation: Operation, answer: Answered): string | undefined {
  const { status, contentType, text } = answer;
  const reply =
    operation.responses[status] ?? (status >= 400 ? operation.responses['default'] : undefined);
  if (reply === undefined) return `status ${status} is not documented`;
  if (operation.method === 'HEAD' || status === 204 || status === 304) {
    return text === '' ? undefined : `${operation.method} ${status} has a body`;
  }
  const type = contentType.split(';')[0]?.trim() ?? '';
  const schema = reply.content?.[type]?.schema;
  if (reply.content === undefined) return undefined;
  if (schema === undefined) return `${status} as ${type} is not documented`;
  if (!type.endsWith('json')) return undefined;
  const name = schema.$ref?.slice(schema.$ref.lastIndexOf('/') + 1) ?? '';
  try {
    return mismatch(name, JSON.parse(text));
  } catch {
    return `what says to be ${type} is no JSON`;
  }
}
