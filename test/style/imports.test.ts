/** The import rules find what they are there for: one offence for each, in a copy of the layout. */
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import t from 'tap';
import { ROOT } from './files.ts';

const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/** An importing file, what it says, and the rule that it breaks. */
const OFFENCES: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['raftlog/a.ts', `import { readFileSync } from 'node:fs'; readFileSync;`, 'raftlog-is-alone'],
  ['raftlog/b.ts', `import type { X } from '../storage/tree/x.ts';`, 'raftlog-is-alone'],
  ['storage/tree/a.ts', `import { core } from '../../raftlog/core.ts'; core;`, 'tree-is-pure'],
  ['storage/tree/b.ts', `import { on } from 'node:events'; on;`, 'tree-is-pure'],
  ['storage/tree/c.ts', `import type { P } from 'pino';`, 'tree-types-are-of-values'],
  ['storage/a.ts', `import { core } from '../raftlog/core.ts'; core;`, 'storage-is-a-disk'],
  ['storage/b.ts', `import type { X } from '../server/x.ts';`, 'storage-knows-no-server'],
  ['server/a.ts', `import sqlite from 'better-sqlite3'; sqlite;`, 'one-place-opens-sqlite'],
  ['server/b.ts', `import { x } from '../routes/app.ts'; x;`, 'server-meets-routes-once'],
  ['server/main.ts', `import { x } from '../routes/x.ts'; x;`, 'server-wires-the-app-only'],
  ['server/c.ts', `import fastify from 'fastify'; fastify;`, 'http-stays-in-routes'],
  ['server/d.ts', `import t from 'tap'; t;`, 'no-tools-in-the-product'],
  ['routes/a.ts', `import { x } from '../server/x.ts'; x;`, 'routes-see-types-of-the-server'],
  ['routes/b.ts', `import { x } from '../storage/x.ts'; x;`, 'routes-touch-no-disk'],
  ['routes/c.ts', `import { core } from '../raftlog/core.ts'; core;`, 'routes-run-no-consensus'],
  ['routes/d.ts', `import { x } from '../test/x.ts'; x;`, 'product-knows-nothing-around-it'],
  ['routes/e.ts', `import nothing from 'no-such-package'; nothing;`, 'nothing-missing'],
  ['routes/f.ts', `import { g } from './g.ts'; export const f = () => g;`, 'no-circles'],
  ['examples/a.ts', `import { x } from '../server/x.ts'; x;`, 'programs-use-the-surface'],
  ['examples/b.ts', `import ws from 'ws'; ws;`, 'examples-need-nothing'],
  ['server/dead.ts', `export const dead = 1;`, 'no-dead-files'],
];

/** What the offending files import, and what is allowed. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  'raftlog/core.ts': `import { assert } from './assert.ts'; export const core = assert;`,
  'raftlog/assert.ts': `export const assert = 1;`,
  'storage/x.ts': `import { x } from './tree/x.ts'; export const y = x; export { y as x };`,
  'storage/tree/x.ts':
    `import { assert } from '../../raftlog/assert.ts'; export const x = assert; ` +
    `export type X = 1; export type { core } from '../../raftlog/core.ts';`,
  'server/x.ts': `import { x } from '../storage/x.ts'; export { x }; export type X = 1;`,
  'server/limits.ts': `export const limits = 1;`,
  'routes/app.ts':
    `import type { X } from '../server/x.ts'; import { limits } from '../server/limits.ts'; ` +
    `import { x } from './x.ts'; export { x, limits }; export type { X };`,
  'routes/x.ts': `import fastify from 'fastify'; export const x = fastify;`,
  'routes/g.ts': `import { f } from './f.ts'; export const g = () => f;`,
  'server/member.ts': `import { x } from '../routes/app.ts'; export { x };`,
  'test/x.ts': `import { x } from '../server/member.ts'; export { x };`,
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

t.test('each rule is broken by what it forbids, and by nothing else', async (t) => {
  const files: Record<string, string> = { 'tsconfig.json': '{}' };
  for (const [file, text] of Object.entries(SURROUNDINGS)) files[file] = text;
  for (const [file, text] of OFFENCES) files[file] = text;
  const directory = t.testdir(nested(files));
  symlinkSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  const folders = ['raftlog', 'storage', 'server', 'routes', 'test', 'examples'];
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/.bin/depcruise'),
      ...['--config', CONFIG, '--output-type', 'json', ...folders],
    ],
    { cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } };
  const found = summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  for (const [file, , rule] of OFFENCES) {
    t.ok(found.includes(`${file}: ${rule}`), `${file} breaks ${rule}`);
  }
  const offenders = new Set([...OFFENCES.map(([file]) => file), 'routes/g.ts']);
  const innocent = summary.violations.filter(({ from }) => !offenders.has(from));
  t.same(innocent, [], 'what is allowed breaks nothing');
});

t.test('every rule has a reason', async (t) => {
  const config = createRequire(import.meta.url)(CONFIG) as {
    forbidden: readonly { name: string; comment?: string }[];
  };
  const tried = new Set(OFFENCES.map(([, , rule]) => rule));
  for (const { name, comment = '' } of config.forbidden) {
    t.ok(comment.length > 40, `${name} has a reason`);
    t.ok(tried.has(name), `${name} is tried above`);
  }
});

type Tree = { [name: string]: string | Tree };

/** `{'a/b': text}` as `{a: {b: text}}`. */
function nested(files: Readonly<Record<string, string>>): Tree {
  const tree: Tree = {};
  for (const [path, text] of Object.entries(files)) {
    const names = path.split('/');
    const last = names.pop() ?? '';
    let folder = tree;
    for (const name of names) {
      const next = folder[name] ?? {};
      folder[name] = next;
      if (typeof next !== 'string') folder = next;
    }
    folder[last] = text;
  }
  return tree;
}
