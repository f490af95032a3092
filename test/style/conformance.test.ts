/** Documents that say by which tests something is shown: these are there, under those names. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ROOT } from './files.ts';

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The rows of all tables of a document, cell by cell, without heads and rules. */
function rowsOf(document: string): string[][] {
  const lines = document.split('\n').filter((line) => line.startsWith('|'));
  const isRule = (line: string | undefined) => line?.startsWith('|---') === true;
  return lines
    .filter((line, at) => !isRule(line) && !isRule(lines[at + 1]))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

const TEST_FILE = /`(test\/[\w/-]+\.(?:test|cases)\.ts)`/g;

function filesIn(text: string): string[] {
  return [...text.matchAll(TEST_FILE)].map(([, file = '']) => file);
}

/** Each test that is named behind its file: `file`: “name”, “another name”. */
function namedIn(text: string): [file: string, name: string][] {
  const behind = /`(test\/[\w/-]+\.(?:test|cases)\.ts)`((?:[:,] “.+?”)+)/g;
  return [...text.matchAll(behind)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/“(.+?)”/g)].map(([, name = '']): [string, string] => [file, name]),
  );
}

const CONFORMANCE = read('docs/CONFORMANCE.md');

t.test(
  'each row of the map of conformance names tests that are there, or says why not',
  async (t) => {
    for (const cells of rowsOf(CONFORMANCE)) {
      const where = cells.at(-1) ?? '';
      const files = filesIn(where);
      t.ok(files.length > 0 || /n\. a\..*: .{10,}/.test(where), cells.join(' | '));
      for (const file of files) t.ok(existsSync(join(ROOT, file)), file);
      for (const [file, name] of namedIn(where)) t.ok(isTestOf(file, name), `${file}: ${name}`);
    }
    t.ok(namedIn(CONFORMANCE).length > 100, 'most of them name the very tests');
  },
);

t.test('the map has every row of ZooKeeper’s tests, and of what is easily got wrong', async (t) => {
  const numbers = rowsOf(CONFORMANCE).flatMap(([first = '']) =>
    /^\d+$/.test(first) ? [Number(first)] : [],
  );
  const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
  t.same(numbers, [...upTo(70), ...upTo(25)]);
});

t.test('differences are one table, and each is shown by a test of that name', async (t) => {
  const document = read('docs/DIFFERENCES.md');
  t.equal(document.match(/^\|---/gm)?.length, 1, 'one table');
  const rows = rowsOf(document);
  t.ok(rows.length > 90);
  const whats = rows.map(([about, what]) => `${about}: ${what}`);
  t.equal(new Set(whats).size, whats.length, 'each once');
  const abouts = rows.map(([about]) => about);
  t.equal(runsOf(abouts), new Set(abouts).size, 'what is about one thing stands together');
  for (const cells of rows) {
    t.equal(cells.length, 5, cells.join(' | '));
    const [, file = '', name = ''] =
      /^`(test\/[\w/-]+(?:\.test|\.cases)?\.ts)`: “(.+)”$/.exec(cells[4] ?? '') ?? [];
    t.ok(existsSync(join(ROOT, file)) && file !== '', cells[4] ?? '');
    if (file === '') continue;
    t.ok(isTestOf(file, name), `${file}: ${name}`);
  }
});

/** How many runs of equal neighbours there are. */
function runsOf(values: readonly unknown[]): number {
  return values.filter((value, at) => value !== values[at - 1]).length;
}

t.test('each guarantee is shown by tests of those names', async (t) => {
  const document = read('docs/CONSISTENCY.md');
  const rows = rowsOf(document);
  t.ok(rows.length > 30);
  for (const cells of rows) t.ok(filesIn(cells.at(-1) ?? '').length > 0, cells.join(' | '));
  for (const file of filesIn(document)) t.ok(existsSync(join(ROOT, file)), file);
  const named = [...document.matchAll(/`(test\/[\w/-]+\.(?:test|cases)\.ts)`[:,] “(.+?)”/g)];
  t.ok(named.length > rows.length);
  for (const [, file = '', name = ''] of named) t.ok(isTestOf(file, name), `${file}: ${name}`);
});

/** Whether the file has a test or a case of that name. */
function isTestOf(file: string, name: string): boolean {
  const text = read(file);
  return [`'${name}'`, `\`${name}\``].some((literal) =>
    [`${literal}:`, `test(${literal}`, `(\n  ${literal},`, `Members(${literal}`].some((use) =>
      text.includes(use),
    ),
  );
}
