/** Data directories that earlier versions wrote: each later version opens them. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { FORMAT_VERSION } from '../../storage/format.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { contentOf, loadStorage } from './recovered.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const directories = readdirSync(FIXTURES).filter((name) => /^data-v\d+$/.test(name));

t.ok(directories.includes(`data-v${FORMAT_VERSION}`), 'there is a directory of this very format');

for (const name of directories) {
  t.test(name, async (t) => {
    const directory = join(t.testdir(), name);
    cpSync(join(FIXTURES, name), directory, { recursive: true });
    const open = () =>
      openSqliteStorage({
        directory,
        historyEntries: 30,
        onFatal: (error) => t.fail(`the storage failed: ${error.stack}`),
      });
    const text = readFileSync(join(FIXTURES, `${name}.json`), 'utf8');
    const expected = JSON.parse(text) as { readonly entries: readonly Entry[] };
    // Formats before the third knew of no answers.
    t.strictSame(
      await contentOf(open()),
      { answers: [], ...expected },
      'every row and entry is what was written',
    );
    const storage = open();
    const { proved, lastIndex } = await loadStorage(storage);
    t.ok(proved, 'the digest is computed as it was then');
    t.equal(lastIndex, expected.entries.at(-1)?.index);
    await storage.close();
  });
}
