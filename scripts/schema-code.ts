/**
 * Code made of the document's schemas, so that no schema is compiled while a member starts or
 * takes its first requests: validators by ajv, serialisers by fast-json-stringify.
 */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import fastJson from 'fast-json-stringify';
import { BODIES, FRAMES, READ_OPS, TRANSACTION_OPS, WRITTEN } from '../routes/schema-names.ts';

/** JavaScript, and what TypeScript is told of it. */
export interface Module {
  readonly code: string;
  readonly types: string;
}

/** Both compilers write CommonJS where they need a helper of theirs. */
const HEAD = `import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

`;

/** Has a validator for each schema that clients are held against, by its name. */
export function validatorsModule(schemas: object): Module {
  const ajv = new Ajv({
    strict: true,
    // The document is validated by the tests, once and more strictly.
    validateSchema: false,
    meta: false,
    keywords: ['components'],
    formats: { int32: true, int64: true, binary: true, password: true, uri: true },
    code: { source: true, esm: true },
  });
  ajv.addSchema({ $id: 'openapi', components: { schemas: withoutProse(schemas) } });
  const ops = [FRAMES, TRANSACTION_OPS, READ_OPS].flatMap((each) => Object.values(each));
  const names: readonly string[] = [...ops, ...BODIES];
  const types = names.map((name) => `export const ${name}: ValidateFunction;\n`);
  return {
    code: `${HEAD}${standalone.default(ajv, refsTo(names))}\n`,
    types: `import type { ValidateFunction } from 'ajv';\n\n${types.join('')}`,
  };
}

/** Has a serialiser for each schema that a member writes, by its name. */
export function serialisersModule(schemas: object): Module {
  const components = { schemas: withoutProse(schemas) };
  const openapi = { $id: 'openapi', type: 'object', components } as fastJson.Schema;
  const options: StandaloneOptions = { schema: { openapi }, mode: 'standalone' };
  const serialisers = Object.entries(refsTo(WRITTEN)).map(([name, $ref]) => {
    const code = fastJson({ $ref }, options);
    return `export const ${name} = ((module) => {${code}\nreturn module.exports;\n})({});\n`;
  });
  const types = WRITTEN.map((name) => `export const ${name}: Serialiser<'${name}'>;\n`);
  return {
    code: `${HEAD}${serialisers.join('')}`,
    types: `import type { Serialiser } from './serialisers.ts';\n\n${types.join('')}`,
  };
}

type StandaloneOptions = fastJson.Options & { mode: 'standalone' };

function refsTo(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `openapi#/components/schemas/${name}`]));
}

/** A copy without what schemas say to readers, which is no part of what is checked. */
function withoutProse(schemas: object): object {
  const copy = JSON.stringify(schemas, (name, value) => {
    const isProse = name === 'example' || (name === 'description' && typeof value === 'string');
    return isProse ? undefined : value;
  });
  return JSON.parse(copy) as object;
}
