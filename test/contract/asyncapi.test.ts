/** `asyncapi.yaml` is valid, and describes the frames that `openapi.yaml` defines: all, once. */
import { readFileSync } from 'node:fs';
import specification from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };
import { Ajv } from 'ajv';
import t from 'tap';
import { asyncapi, openapi, type SchemaName } from '../../routes/openapi.ts';

const { schemas } = openapi.components;
const text = readFileSync(new URL('../../asyncapi.yaml', import.meta.url), 'utf8');

/** As far as this test looks into it, beyond what the docs page does. */
interface Document {
  readonly operations: Readonly<
    Record<string, { readonly messages: readonly { readonly $ref: string }[] }>
  >;
  readonly channels: {
    readonly connection: { readonly messages: Readonly<Record<string, object>> };
  };
  readonly components: {
    readonly messages: Readonly<
      Record<string, { readonly name: string; readonly payload: { schema: { $ref: string } } }>
    >;
  };
}

const document = asyncapi as unknown as Document;

t.test('the document is valid AsyncAPI 3.0.0', async (t) => {
  const ajv = new Ajv({
    strict: false,
    meta: false,
    validateSchema: false,
    validateFormats: false,
    logger: false,
  });
  const validate = ajv.compile(specification);
  t.equal(validate(asyncapi), true, ajv.errorsText(validate.errors));
  t.equal(validate({ ...asyncapi, channels: { connection: { messages: 3 } } }), false);
});

t.test('every reference leads somewhere', async (t) => {
  const references = [...text.matchAll(/\$ref: '(\.\/openapi\.yaml)?#(\/[^']+)'/g)];
  t.ok(references.length > 40);
  for (const [whole, file, pointer = ''] of references) {
    let found: unknown = file === undefined ? asyncapi : openapi;
    for (const name of pointer.split('/').slice(1)) {
      found = (found as Record<string, unknown> | undefined)?.[name];
    }
    t.ok(found, whole);
  }
});

t.test('every frame of openapi.yaml is a message, and every message such a frame', async (t) => {
  const frames = Object.keys(schemas).filter((name) => name.endsWith('Frame'));
  const messages = Object.values(document.components.messages);
  t.same(messages.map(({ name }) => name).sort(), frames.sort());
  for (const { name, payload } of messages) {
    t.equal(payload.schema.$ref, `./openapi.yaml#/components/schemas/${name}`);
  }
});

t.test(
  'the member takes the frames that have an op, under its name, and sends the others',
  async (t) => {
    const { takeRequest, sendEvent } = document.operations;
    const taken = namesOf(takeRequest?.messages);
    const sent = [...namesOf(sendEvent?.messages), 'answer'];
    t.same([...taken, ...sent].sort(), Object.keys(document.components.messages).sort());
    t.same(
      Object.keys(document.channels.connection.messages),
      Object.keys(document.components.messages),
    );
    for (const [key, { name }] of Object.entries(document.components.messages)) {
      const op = schemas[name as SchemaName].properties?.['op'];
      t.equal(op !== undefined, taken.includes(key), name);
      if (op !== undefined && 'enum' in op) t.same(op.enum, [key], name);
    }
  },
);

function namesOf(messages: readonly { readonly $ref: string }[] = []): string[] {
  return messages.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1));
}

t.test('each close code is explained once, with what to do', async (t) => {
  const closeCodes = asyncapi.channels.connection['x-close-codes'];
  const codes = closeCodes.map(({ code }) => code);
  t.same(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  );
  for (const { code, meaning, then } of closeCodes) {
    t.ok((code >= 1000 && code < 1015) || (code >= 4000 && code < 5000), `${code} may be sent`);
    t.match(meaning, /\.$/);
    t.match(then, /\.$/);
  }
});
