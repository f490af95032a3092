/** What no other tool looks at: sizes, words that must not stay, the purity of the pure folders. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findLines, ROOT, type TextFile, textFiles, topFolders, withoutComments } from './files.ts';

const files = textFiles();
const code = files.filter(({ path }) => /\.(ts|cjs|sh)$/.test(path));
const pure = files.filter(({ path }) => /^(raftlog|storage\/tree)\/.*\.ts$/.test(path));

/** Words that this file is about must not stand in it as they are. */
function word(...parts: string[]): string {
  return parts.join('');
}

const CORE_LINES = 450;
const OTHER_LINES = 350;
/** A specification is read by its headings: a file of it may be as long as a core file. */
const CORE = /^(raftlog|storage\/tree|server|test)\//;

t.test('a file holds one idea: it has a bounded number of lines', async (t) => {
  const tooLong = code.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    const most = CORE.test(path) ? CORE_LINES : OTHER_LINES;
    return lines > most ? [`${path} has ${lines} lines, at most ${most} are wanted`] : [];
  });
  t.same(tooLong, []);
});

/** A text in one piece may stick out: broken up it could not be searched for. */
const LONG_TEXT = /(['"`]).{60,}\1/;

t.test('a line has at most 100 columns', async (t) => {
  const tooLong = findLines(code, /^.{101,}$/u).filter((line) => !LONG_TEXT.test(line));
  t.same(tooLong, []);
});

t.test('nothing is left for later', async (t) => {
  const later = new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`);
  t.same(findLines(files, later), []);
});

t.test('no test keeps others from running', async (t) => {
  t.same(findLines(code, new RegExp(`\\.${word('on', 'ly')}\\(`)), []);
});

t.test('the type check is not talked out of anything', async (t) => {
  const typed = files.filter(({ path }) => path.endsWith('.ts'));
  const bare = typed.map(({ path, text }): TextFile => ({ path, text: withoutComments(text) }));
  t.same(findLines(bare, new RegExp(`\\${word('bas', ' any')}\\b`)), []);
  t.same(findLines(typed, new RegExp(word('@ts', '-(ignore|expect-error|nocheck)'))), []);
});

t.test('no lint rule is switched off in place without a reason', async (t) => {
  t.same(findLines(code, new RegExp(`${word('biome', '-ignore')}(?!.*: .{10,})`)), []);
});

t.test('nothing names the machine or the registry that it was made with', async (t) => {
  const paths = `(^|[\\s"'\`(=])/(${word('wo', 'rk')}|${word('ro', 'ot')}|${word('tm', 'p')})/`;
  const hosts = word('registry', '\\.(npmjs|yarnpkg|npmmirror)');
  t.same(findLines(files, new RegExp(`${paths}|${hosts}`)), []);
});

t.test('the lockfile names versions and checksums, not where they came from', async (t) => {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  t.notMatch(text, /"resolved": "https?:/);
});

/**
 * The one file that may use Buffer: as memory, copied from and to strings at half the cost of the
 * platform's encoders. It does nothing there that an encoder would not.
 */
const BYTES_AND_STRINGS = 'storage/tree/text.ts';

t.test('the pure folders know no clock, chance, promise, runtime or I/O', async (t) => {
  const impure = [
    ...['Date', 'Promise', 'async', 'await', 'Buffer', 'process', 'performance', 'crypto'],
    ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'globalThis'],
  ];
  const words = new RegExp(`(?<![.\\w'])(${impure.join('|')})\\b(?!['?]?:)`);
  const bare = pure.map(({ path, text }): TextFile => ({ path, text: withoutComments(text) }));
  const found = findLines(bare, words);
  t.same(
    found.filter((line) => !line.startsWith(BYTES_AND_STRINGS)),
    [],
  );
  t.same(
    found.filter((line) => line.startsWith(BYTES_AND_STRINGS) && !/\bBuffer\b/.test(line)),
    [],
  );
  t.same(findLines(bare, /Math\.random|['"]node:/), []);
});

t.test('the pure folders have what the test above looks at', async (t) => {
  t.ok(pure.some(({ path }) => path === 'raftlog/zxid.ts'));
  t.ok(pure.some(({ path }) => path === 'storage/tree/apply.ts'));
});

const SOURCE_FOLDERS = [
  ...['raftlog', 'storage', 'storage/tree', 'server', 'routes'],
  ...['test', 'bench', 'examples', 'scripts'],
];

t.test('every source folder says what lives in it and what never does', async (t) => {
  for (const folder of SOURCE_FOLDERS) {
    t.ok(existsSync(join(ROOT, folder, 'README.md')), `${folder}/README.md`);
  }
});

t.test('the top level has the folders that it should have', async (t) => {
  const known = [
    ...['raftlog', 'storage', 'server', 'routes', 'test'],
    ...['bench', 'docs', 'examples', 'scripts', '.ci'],
  ];
  t.same(
    topFolders().filter((name) => !known.includes(name)),
    [],
  );
});
