/** Documents that say what the code says: settings, limits, dependencies, files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { SETTINGS } from '../../server/config.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { ROOT, textFiles } from './files.ts';

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The cells of each row of the Markdown tables whose first cell is in backticks. */
function rowsOf(path: string): string[][] {
  return read(path)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function name(cell: string | undefined): string {
  return (cell ?? '').replaceAll('`', '');
}

const UNITS: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 * 1024 };

function numberOf(cell: string | undefined): number {
  const [digits = '', unit = ''] = (cell ?? '').split(' ');
  return Number(digits) * (UNITS[unit] ?? 1);
}

t.test('docs/LIMITS.md has every limit with its default', async (t) => {
  const documented = Object.fromEntries(
    rowsOf('docs/LIMITS.md').map(([limit, value]) => [name(limit), numberOf(value)]),
  );
  t.same(documented, DEFAULT_LIMITS);
});

t.test('docs/CONFIGURATION.md has every setting, as flag and as variable', async (t) => {
  const documented = rowsOf('docs/CONFIGURATION.md').map(([flag, variable]) => [
    name(flag),
    name(variable),
  ]);
  const settings = Object.keys(SETTINGS).map((setting) => [
    `--${setting}`,
    `PADDOCK_${setting.toUpperCase().replaceAll('-', '_')}`,
  ]);
  t.same(documented.sort(), settings.sort());
});

t.test('docs/DEPENDENCIES.md has a reason for every package', async (t) => {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
    read('package.json'),
  ) as Record<string, Record<string, string>>;
  const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
  const rows = rowsOf('docs/DEPENDENCIES.md');
  t.same(rows.map(([cell]) => name(cell)).sort(), wanted.sort());
  t.ok(
    rows.every(([, reason]) => (reason ?? '').length > 3),
    'each has a reason',
  );
});

t.test('packages are wanted in exactly one version', async (t) => {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
    read('package.json'),
  ) as Record<string, Record<string, string>>;
  for (const versions of [dependencies, optionalDependencies, devDependencies]) {
    for (const [name, version] of Object.entries(versions ?? {})) {
      t.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  }
});

t.test('every file that a document names is there', async (t) => {
  const missing: string[] = [];
  for (const { path, text } of textFiles().filter((file) => file.path.endsWith('.md'))) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
    for (const [, file = ''] of prose.matchAll(/`([\w./-]+\.(?:ts|cjs|sh|yaml))`/g)) {
      const candidates = [join(ROOT, folder, file), join(ROOT, file)];
      if (!candidates.some((candidate) => existsSync(candidate))) missing.push(`${path}: ${file}`);
    }
  }
  t.same(missing, []);
});

t.test('every link of a document leads somewhere', async (t) => {
  const broken: string[] = [];
  for (const { path, text } of textFiles().filter((file) => file.path.endsWith('.md'))) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue;
      if (!existsSync(join(ROOT, folder, target))) broken.push(`${path}: ${target}`);
    }
  }
  t.same(broken, []);
});
