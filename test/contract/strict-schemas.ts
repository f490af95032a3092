/**
 * The document's schemas as a test reads them: what a reply must be in order to be what the
 * document says, with nothing in it that the document does not have.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { openapi, type Reference, type SchemaObject } from '../../routes/openapi.ts';

const ajv = new Ajv({
  strict: true,
  allErrors: true,
  keywords: ['components', 'example'],
  formats: {
    int32: true,
    int64: true,
    binary: true,
    password: true,
    uri: /^[a-z][a-z0-9+.-]*:\S+$/,
  },
});
ajv.addSchema({ $id: 'strict', components: { schemas: closed(openapi.components.schemas) } });

/** Schemas with fields take no others, whatever they say themselves. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'example' ? each : closed(each)]),
  );
  const isObjectSchema = 'type' in copy && 'properties' in copy && copy['type'] === 'object';
  return isObjectSchema ? { additionalProperties: false, ...copy } : copy;
}

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with `value` under a schema or a reference to one; '' when nothing is. */
export function problemsWith(schema: SchemaObject | Reference, value: unknown): string {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"strict#/components/');
  let validate = compiled.get(text);
  if (validate === undefined) {
    validate = ajv.compile(JSON.parse(text) as object);
    compiled.set(text, validate);
  }
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

export function problemsWithNamed(name: string, value: unknown): string {
  return problemsWith({ $ref: `#/components/schemas/${name}` }, value);
}
