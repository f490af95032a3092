/**
 * Constructs that break generated clients are not in `openapi.yaml`; and each rule finds the
 * construct that it is about, in a document that has it.
 */
import t from 'tap';
import { openapi } from '../../routes/openapi.ts';
import { CONSTRUCTS, type Json } from './constructs.ts';

const PROBLEM = {
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const BYTES = { schema: { $ref: '#/components/schemas/Bytes' } };
const SAID = { schema: { $ref: '#/components/schemas/Said' } };

/** A small document without any of them, but for what a test puts into it. */
function documentWith(operation: Json, schemas: Json = {}, path = '/v1/things'): Json {
  const responses = { '204': { description: 'Done' }, default: PROBLEM };
  return {
    openapi: '3.0.3',
    paths: { [path]: { put: { operationId: 'putThing', responses, ...operation } } },
    components: { schemas: { Problem: { type: 'object' }, ...schemas } },
  };
}

function schemaWith(properties: Json): Json {
  return documentWith({}, { Thing: { type: 'object', properties } });
}

const header = (name: string, required: boolean) => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string' },
});

/** For each construct documents that have it, each in another way. */
const BREAKING: Readonly<Record<keyof typeof CONSTRUCTS, readonly Json[]>> = {
  'unions with null': [
    schemaWith({ data: { type: 'string', nullable: true } }),
    schemaWith({ data: { type: ['string', 'null'] } }),
    schemaWith({ data: { type: 'string', default: null } }),
  ],
  'alternatives that have to be guessed': [
    schemaWith({ data: { oneOf: [{ type: 'string' }, { type: 'integer' }] } }),
    documentWith({}, { Thing: { allOf: [{ $ref: '#/components/schemas/Problem' }] } }),
    documentWith({}, { Thing: { type: 'object', discriminator: { propertyName: 'kind' } } }),
  ],
  'several kinds of request body': [
    documentWith({
      requestBody: { content: { 'application/json': SAID, 'application/xml': SAID } },
    }),
    documentWith({ requestBody: { content: { 'multipart/form-data': SAID } } }),
  ],
  'several shapes of an error': [
    documentWith({ responses: { '404': { content: { 'application/json': SAID } } } }),
    documentWith({
      responses: { '200': { content: { 'application/json': SAID, 'text/json': SAID } } },
    }),
  ],
  'slashes in the middle of a URL': [
    documentWith(
      { parameters: [{ name: 'path', in: 'path', 'x-znode-path': true }] },
      {},
      '/v1/things/{path}/data',
    ),
    documentWith(
      { parameters: [{ name: 'path', in: 'path', 'x-znode-path': true }] },
      {},
      '/v1/things/{path}',
    ),
  ],
  'headers that a result hangs on': [
    documentWith({ parameters: [header('Thing-Kind', true)] }),
    documentWith({ parameters: [header('If-Match', false)] }),
  ],
  'numbers of unknown size, and numbers as identifiers': [
    schemaWith({ size: { type: 'integer' } }),
    schemaWith({ size: { type: 'integer', format: 'int64' } }),
    schemaWith({ part: { type: 'number' } }),
    schemaWith({ mzxid: { type: 'integer', format: 'int64', maximum: 10 } }),
  ],
  'what came after OpenAPI 3.0': [
    { ...schemaWith({}), openapi: '3.1.0' },
    schemaWith({ op: { const: 'set' } }),
    schemaWith({ size: { type: 'string', exclusiveMinimum: 0 } }),
    documentWith({
      responses: { '200': { content: { 'text/event-stream': { ...SAID, itemSchema: {} } } } },
    }),
  ],
  'tuples, maps and mixed lists': [
    schemaWith({ pair: { type: 'array', items: [{ type: 'string' }, { type: 'string' }] } }),
    documentWith({}, { Thing: { type: 'object', additionalProperties: { type: 'string' } } }),
    schemaWith({ level: { enum: ['all', 1] } }),
  ],
  'schemas that come back to themselves': [
    schemaWith({ child: { $ref: '#/components/schemas/Thing' } }),
    documentWith(
      {},
      {
        One: { type: 'array', items: { $ref: '#/components/schemas/Other' } },
        Other: { type: 'array', items: { $ref: '#/components/schemas/One' } },
      },
    ),
  ],
  'defaults of fields that not every operation has': [
    schemaWith({ op: { type: 'string', enum: ['a', 'b'] }, x: { type: 'string', default: 'y' } }),
  ],
  'quotes within a pattern': [
    schemaWith({ etag: { type: 'string', pattern: '^"?[0-9]+"?$' } }),
    schemaWith({ name: { type: 'string', pattern: "^[^']+$" } }),
  ],
  'schemas and operations without a name': [
    schemaWith({ stat: { type: 'object' } }),
    documentWith({
      responses: { '200': { content: { 'application/json': { schema: { type: 'array' } } } } },
    }),
    documentWith({ operationId: undefined }),
    documentWith({ operationId: 'put_thing' }),
  ],
};

t.test('a document without any of them is left alone', async (t) => {
  const plain = documentWith(
    {
      parameters: [
        header('If-Match', false),
        { name: 'version', in: 'query', schema: { type: 'integer', format: 'int32' } },
      ],
      requestBody: { content: { 'application/json': SAID, 'application/octet-stream': BYTES } },
    },
    { Said: { type: 'string' }, Bytes: { type: 'string', format: 'binary' } },
  );
  for (const [construct, rule] of Object.entries(CONSTRUCTS)) t.same(rule(plain), [], construct);
});

for (const [construct, rule] of Object.entries(CONSTRUCTS)) {
  t.test(`there are no ${construct}`, async (t) => {
    t.same(rule(openapi as unknown as Json), []);
    for (const document of BREAKING[construct as keyof typeof CONSTRUCTS]) {
      t.ok(rule(document).length > 0, `found in ${JSON.stringify(document).slice(0, 300)}`);
    }
  });
}
