/**
 * `openapi.yaml` is a valid document, and says what the code does. What would break generated
 * clients is in constructs.test.ts.
 */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import t from 'tap';
import { HTTP_STATUS } from '../../routes/errors.ts';
import {
  nameOfReference,
  type OperationObject,
  openapi,
  operations,
  type Reference,
  type ResponseObject,
  resolve,
  type SchemaObject,
} from '../../routes/openapi.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../storage/tree/errors.ts';
import { CREATE_MODES } from '../../storage/tree/types.ts';
import { problemsWith, problemsWithNamed } from './strict-schemas.ts';

const { schemas, parameters, headers, responses, examples } = openapi.components;
const text = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');

/** Every schema in the components and the parameters, nested ones too. */
function* everySchema(): Generator<[string, SchemaObject]> {
  for (const [name, schema] of Object.entries(schemas)) yield* nested(name, schema);
  for (const [name, { schema }] of Object.entries(parameters)) yield* nested(name, schema);
  for (const [name, { schema }] of Object.entries(headers)) yield* nested(name, schema);
}

function* nested(
  where: string,
  schema: SchemaObject | Reference,
): Generator<[string, SchemaObject]> {
  if ('$ref' in schema) return;
  yield [where, schema];
  if (schema.items !== undefined) yield* nested(`${where}[]`, schema.items);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* nested(`${where}.${name}`, property);
  }
}

t.test('the document is valid OpenAPI 3.0.3', async (t) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(text);
  t.equal(valid, true, JSON.stringify(errors));
  t.match(text, /^openapi: 3\.0\.3$/m);
});

function contentsOf(object: OperationObject): [string, NonNullable<ResponseObject['content']>][] {
  const { requestBody, responses: answers } = object;
  const bodies = Object.entries(answers).map(
    ([status, answer]): [string, NonNullable<ResponseObject['content']>] => [
      status,
      resolve(answer).content ?? {},
    ],
  );
  return requestBody === undefined ? bodies : [['body', requestBody.content], ...bodies];
}

t.test('every operation has a name, a summary and its errors', async (t) => {
  const names = operations.map(({ operationId }) => operationId);
  t.equal(new Set(names).size, names.length, 'each operationId once');
  const tags = new Set(openapi.tags.map(({ name }) => name));
  for (const { operationId, path, object } of operations) {
    t.match(operationId, /^[a-z][A-Za-z]+$/);
    t.ok(object.summary.length > 10, `${operationId} has a summary`);
    t.ok(object.tags.length === 1 && object.tags.every((tag) => tags.has(tag)), operationId);
    t.same(object.responses['default'], { $ref: '#/components/responses/OtherProblem' });
    if (!path.startsWith('/v1/')) continue;
    for (const status of path === '/v1/ws' ? [400, 401, 403, 503] : [400, 401, 403, 410, 503]) {
      t.ok(object.responses[status], `${operationId} documents ${status}`);
    }
  }
});

t.test('every error is a problem document, every answer says how far the member is', async (t) => {
  for (const [name, response] of Object.entries(responses)) {
    t.ok(response.headers?.['Paddock-Zxid'], name);
    if (name === 'NotModified') continue;
    t.same(Object.keys(response.content ?? {}), ['application/problem+json'], name);
    const media = response.content?.['application/problem+json'];
    t.same(media?.schema, { $ref: '#/components/schemas/Problem' }, name);
  }
  for (const { operationId, object } of operations) {
    for (const [status, answer] of Object.entries(object.responses)) {
      t.ok(resolve(answer).headers?.['Paddock-Zxid'], `${operationId} ${status}`);
      if (/^[45]/.test(status)) t.ok('$ref' in answer, `${operationId} ${status} is a shared one`);
    }
  }
});

t.test('requests take no fields that they do not have', async (t) => {
  for (const [name, schema] of Object.entries(schemas)) {
    const isRequest = /(Request|Op)$/.test(name) || schema.required?.[1] === 'op';
    if (isRequest) t.equal(schema.additionalProperties, false, name);
  }
});

t.test('every number says its size, and fits in 53 bits', async (t) => {
  for (const [where, { type, format, minimum, maximum }] of everySchema()) {
    t.not(type as string, 'number', where);
    if (type !== 'integer') continue;
    t.ok(format === 'int64' || format === 'int32', `${where} has a format`);
    t.type(minimum, 'number', `${where} has a minimum`);
    if (format === 'int32') continue;
    t.ok(maximum !== undefined && maximum <= Number.MAX_SAFE_INTEGER, `${where} has a maximum`);
  }
});

t.test('every zxid and session id is text of 16 hex digits', async (t) => {
  const hex = '^[0-9a-f]{16}$';
  t.equal(schemas.Zxid.pattern, hex);
  t.equal(schemas.SessionId.pattern, hex);
  for (const [where, { properties = {} }] of everySchema()) {
    for (const [name, property] of Object.entries(properties)) {
      if (!/zxid$|^sessionId$|^ephemeralOwner$/i.test(name)) continue;
      t.equal(resolve<SchemaObject>(property).pattern, hex, `${where}.${name}`);
    }
  }
});

t.test('every example is what its schema says', async (t) => {
  for (const [name, schema] of Object.entries(schemas)) {
    if (schema.example !== undefined) t.equal(problemsWithNamed(name, schema.example), '', name);
    const isFrame = name.endsWith('Frame');
    if (isFrame) t.ok(schema.example, `${name} has an example`);
  }
  for (const [name, { schema, example }] of Object.entries({ ...parameters })) {
    t.ok(example !== undefined, `${name} has an example`);
    t.equal(problemsWith(schema, example), '', name);
  }
  for (const { operationId, object } of operations) {
    for (const [where, content] of contentsOf(object)) {
      for (const { schema, examples: named } of Object.values(content)) {
        for (const example of Object.values(named ?? {})) {
          const { value } = resolve<{ readonly value: unknown }>(example);
          t.equal(problemsWith(schema, value), '', `${operationId} ${where}`);
        }
      }
    }
  }
});

t.test('every reference leads somewhere, and nothing is left over', async (t) => {
  const used = new Set(text.match(/#\/components\/\w+\/\w+/g));
  for (const $ref of used) t.doesNotThrow(() => resolve({ $ref }), $ref);
  for (const [kind, named] of Object.entries({ parameters, headers, responses, examples })) {
    for (const name of Object.keys(named)) {
      t.ok(used.has(`#/components/${kind}/${name}`), `${kind}/${name} is used`);
    }
  }
});

t.test('the lists of the document are those of the code', async (t) => {
  t.same(schemas.ErrorCode.enum, Object.keys(ERROR_CATALOGUE));
  t.same(schemas.CreateMode.enum, CREATE_MODES);
  const outcomes = Object.values(ERROR_CATALOGUE).map(({ outcome }) => outcome as string);
  t.same(new Set(schemas.Outcome.enum), new Set(outcomes));
});

t.test('every code is told with the status that it is answered with', async (t) => {
  const descriptions = new Map<string, string>();
  for (const { object } of operations) {
    for (const [status, answer] of Object.entries(object.responses)) {
      if (!('$ref' in answer)) continue;
      descriptions.set(status, responses[nameOfReference(answer)]?.description ?? '');
    }
  }
  /** Only the WebSocket has it; answered by the router and not by an operation. */
  const elsewhere = new Set<ErrorCode>(['NoWatch', 'IdPassed', 'MethodNotAllowed']);
  for (const [code, status] of Object.entries(HTTP_STATUS)) {
    if (elsewhere.has(code as ErrorCode)) continue;
    const own = descriptions.get(`${status}`) ?? descriptions.get('default') ?? '';
    t.match(own, new RegExp(`\\b${code}\\b`), `${code} with ${status}`);
  }
});
