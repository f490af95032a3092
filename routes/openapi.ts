/**
 * The contract at run time: `openapi.yaml`, in the JSON form that `npm run gen` makes of it, and
 * its operations as the router knows them. Read once, when first imported; never changed.
 */
import { readFileSync } from 'node:fs';
import type { components, operations as OperationTypes } from './openapi.gen.ts';

/** The types of all named schemas: `Schemas['Stat']`. */
export type Schemas = components['schemas'];
export type SchemaName = keyof Schemas;
export type OperationId = keyof OperationTypes;

export interface Reference {
  readonly $ref: string;
}

/** As much of a schema object (OpenAPI 3.0) as this document uses. */
export interface SchemaObject {
  readonly description?: string;
  readonly type?: 'array' | 'boolean' | 'integer' | 'object' | 'string';
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaObject | Reference>>;
  readonly additionalProperties?: boolean;
  readonly items?: SchemaObject | Reference;
  readonly example?: unknown;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: SchemaObject | Reference;
  readonly example?: unknown;
  /** The parameter is a znode's path: it may hold slashes. */
  readonly 'x-znode-path'?: boolean;
}

export interface MediaTypeObject {
  readonly schema: Reference;
  readonly examples?: Readonly<Record<string, Reference>>;
}

export interface BodyObject {
  readonly required?: boolean;
  readonly content: Readonly<Record<string, MediaTypeObject>>;
}

export interface HeaderObject {
  readonly description: string;
  readonly schema: SchemaObject | Reference;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
}

export interface OperationObject {
  readonly operationId: OperationId;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: BodyObject;
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<SchemaName, SchemaObject>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
    readonly headers: Readonly<Record<string, HeaderObject>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

export interface MessageObject {
  readonly name: SchemaName;
  readonly summary: string;
}

/** As much of `asyncapi.yaml` as the docs page shows. */
export interface AsyncApiDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly channels: {
    readonly connection: {
      readonly address: string;
      readonly 'x-close-codes': readonly {
        readonly code: number;
        readonly meaning: string;
        readonly then: string;
      }[];
    };
  };
  readonly components: { readonly messages: Readonly<Record<string, MessageObject>> };
}

interface Contract {
  readonly openapi: OpenApiDocument;
  readonly asyncapi: AsyncApiDocument;
}

export const { openapi, asyncapi } = JSON.parse(
  readFileSync(new URL('./contract.gen.json', import.meta.url), 'utf8'),
) as Contract;

/** What a reference within the document stands for. */
export function resolve<T extends object>(value: T | Reference): T {
  if (!('$ref' in value)) return value;
  let found: unknown = openapi;
  for (const name of value.$ref.split('/').slice(1))
    found = (found as Record<string, unknown>)[name];
  if (found === undefined) throw new Error(`the document has no ${value.$ref}`);
  return found as T;
}

/** The last part of a reference: the name of the schema. */
export function nameOfReference({ $ref }: Reference): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}

/** An operation as the router and whoever reads requests know it. */
export interface Operation {
  readonly operationId: OperationId;
  /** Like `GET`. */
  readonly method: string;
  /** As in the document, like `/v1/sessions/{sessionId}`. */
  readonly path: string;
  /** As the router takes it, like `/v1/sessions/:sessionId`; a znode's path is `*`. */
  readonly url: string;
  /** The names of its query parameters: any other is to be refused. */
  readonly query: ReadonlySet<string>;
  /** The schema of its JSON body, if it takes one. */
  readonly body: SchemaName | undefined;
  readonly parameters: readonly ParameterObject[];
  readonly object: OperationObject;
}

/** Every operation, in the order of the document. */
export const operations: readonly Operation[] = Object.entries(openapi.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, object]) => operationOf(path, method, object)),
);

const byId = new Map(operations.map((each) => [each.operationId, each]));

export function operation(operationId: OperationId): Operation {
  const found = byId.get(operationId);
  if (found === undefined) throw new Error(`the document has no operation ${operationId}`);
  return found;
}

function operationOf(path: string, method: string, object: OperationObject): Operation {
  const parameters = (object.parameters ?? []).map((parameter) => resolve(parameter));
  const json = object.requestBody?.content['application/json'];
  return {
    operationId: object.operationId,
    method: method.toUpperCase(),
    path,
    url: urlOf(path, parameters),
    query: new Set(parameters.filter((each) => each.in === 'query').map(({ name }) => name)),
    body: json === undefined ? undefined : (nameOfReference(json.schema) as SchemaName),
    parameters,
    object,
  };
}

function urlOf(path: string, parameters: readonly ParameterObject[]): string {
  return path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return parameter?.['x-znode-path'] === true ? '*' : `:${name}`;
  });
}
