/** What is made from the documents and committed is what they would make today. */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function check(root: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const args = [join(root, 'scripts/generate.ts'), '--check'];
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

t.test('the generated files are fresh', async (t) => {
  t.same(await check(ROOT), { code: 0, output: '' });
});

/** What is said of a copy whose `openapi.yaml` has been changed. */
function checkChanged(t: Test, from: string, to: string) {
  const copy = t.testdir({ scripts: {}, routes: {} });
  const files = [
    ...['scripts/generate.ts', 'scripts/schema-code.ts', 'routes/schema-names.ts'],
    ...['routes/openapi.gen.ts', 'routes/contract.gen.json'],
    ...['routes/validators.gen.js', 'routes/validators.gen.d.ts'],
    ...['routes/serialisers.gen.js', 'routes/serialisers.gen.d.ts'],
    ...['openapi.yaml', 'asyncapi.yaml'],
  ];
  for (const file of files) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  const before = readFileSync(join(copy, 'openapi.yaml'), 'utf8');
  const changed = before.replaceAll(from, to);
  t.not(changed, before, 'the change is one');
  writeFileSync(join(copy, 'openapi.yaml'), changed);
  return check(copy);
}

t.test('a document that was changed without generating anew is found', async (t) => {
  const { code, output } = await checkChanged(t, 'ttlMs', 'livesMs');
  t.equal(code, 1);
  t.match(output, /openapi\.gen\.ts is stale/);
  t.match(output, /contract\.gen\.json is stale/);
  t.match(output, /validators\.gen\.js is stale/);
  t.match(output, /serialisers\.gen\.js is stale/);
});
