/**
 * `npm run gen`: what is made from the contract and committed, so that a member parses no YAML when
 * it starts.
 *
 * - `routes/openapi.gen.ts`: the TypeScript types of `openapi.yaml`.
 * - `test/sdk/paddock.gen.ts`: the same as users make them (docs/SDKS.md): openapi-fetch takes no
 *   immutable ones.
 * - `routes/contract.gen.json`: both documents as JSON (100 times faster to read than YAML).
 * - `routes/validators.gen.js`, `routes/serialisers.gen.js` and their types: code that checks and
 *   writes what the schemas say.
 *
 * `--check` writes nothing and exits 1 when a file is not what the documents would make of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { type Module, serialisersModule, validatorsModule } from './schema-code.ts';

const ROOT = new URL('../', import.meta.url);

interface Document {
  readonly components: { readonly schemas: object };
}

interface Generated {
  readonly file: string;
  readonly text: string;
}

const BANNER = '// Made from openapi.yaml by `npm run gen`. Not for editing by hand.\n\n';

async function generate(): Promise<readonly Generated[]> {
  const openapi = parse(read('openapi.yaml')) as Document;
  const asyncapi: unknown = parse(read('asyncapi.yaml'));
  // A default stands for what was left out; it does not make a field of a request required.
  const options = { defaultNonNullable: false, silent: true };
  const types = await openapiTypes(JSON.stringify(openapi), { ...options, immutable: true });
  const typesOfUsers = await openapiTypes(JSON.stringify(openapi), options);
  const { schemas } = openapi.components;
  return [
    { file: 'routes/openapi.gen.ts', text: BANNER + astToString(types) },
    { file: 'test/sdk/paddock.gen.ts', text: BANNER + astToString(typesOfUsers) },
    { file: 'routes/contract.gen.json', text: `${JSON.stringify({ openapi, asyncapi })}\n` },
    ...generatedModule('routes/validators.gen', validatorsModule(schemas)),
    ...generatedModule('routes/serialisers.gen', serialisersModule(schemas)),
  ];
}

function generatedModule(name: string, { code, types }: Module): readonly Generated[] {
  return [
    { file: `${name}.js`, text: BANNER + code },
    { file: `${name}.d.ts`, text: BANNER + types },
  ];
}

function read(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

function isFresh({ file, text }: Generated): boolean {
  try {
    return read(file) === text;
  } catch {
    return false;
  }
}

const generated = await generate();
const stale = generated.filter((each) => !isFresh(each));
if (process.argv.includes('--check')) {
  for (const { file } of stale) console.error(`${file} is stale: run npm run gen`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { file, text } of stale) {
    writeFileSync(new URL(file, ROOT), text);
    console.log(`wrote ${file}`);
  }
}
