/** The files of the project as the tests of its style see them: all that would be committed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What npm, tap, the benchmarks and a member at work leave behind; the same as in .gitignore. */
const LEFT_BEHIND = new Set(['.git', 'node_modules', 'data', '.tap', '.perf', 'coverage']);

const EXTENSIONS = /\.(ts|cjs|js|lua|java|sh|json|yaml|md|html|css)$/;
const NAMES = /(^|\/)(LICENSE|run|\.npmrc|\.taprc|\.gitignore)$/;

export interface TextFile {
  /** From the root of the project, like `server/main.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Folders at the top, by name. */
export function topFolders(): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !LEFT_BEHIND.has(entry.name))
    .map(({ name }) => name);
}

/** Every text file below `folder`, fixtures and generated files left out. */
export function textFiles(folder = ''): TextFile[] {
  const files: TextFile[] = [];
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (folder === '' && LEFT_BEHIND.has(entry.name)) continue;
    if (path === 'test/fixtures') continue;
    if (entry.isDirectory()) files.push(...textFiles(path));
    else if ((EXTENSIONS.test(path) || NAMES.test(path)) && !isGenerated(path)) {
      files.push({ path, text: readFileSync(join(ROOT, path), 'utf8') });
    }
  }
  return files;
}

function isGenerated(path: string): boolean {
  return path === 'package-lock.json' || /\.gen\.(ts|json)$/.test(path) || path.endsWith('.tap');
}

/** `path:line: text` of each line that matches. */
export function findLines(files: readonly TextFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  );
}

/** A TypeScript text with its comments blanked out, line by line. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}
