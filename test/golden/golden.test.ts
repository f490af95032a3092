/**
 * Stories of the protocol: commands, and below each group of them what came of it. `UPDATE=1`
 * writes what comes of them now into the files; whoever does that reads the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { Story } from './commands.ts';

const FOLDER = new URL('stories/', import.meta.url);
const UPDATE = process.env['UPDATE'] === '1';
const LINE = '----';

/** The story with what comes of its commands now. */
function told(text: string): string {
  const story = new Story();
  const blocks = text.trimEnd().split(/\n{2,}/);
  return `${blocks.map((block) => toldBlock(story, block)).join('\n\n')}\n`;
}

function toldBlock(story: Story, block: string): string {
  const lines = block.split('\n');
  const end = lines.indexOf(LINE);
  const said = end === -1 ? lines : lines.slice(0, end);
  const commands = said.filter((line) => !line.startsWith('#'));
  if (commands.length === 0) return block;
  const output = commands.flatMap((command) => {
    try {
      return story.run(command);
    } catch (error) {
      if (!UPDATE) throw error;
      return [`! ${error}`];
    }
  });
  const shown = output.length === 0 ? [] : [LINE, ...output];
  return [...said, ...shown].join('\n');
}

for (const file of readdirSync(FOLDER).sort()) {
  const url = new URL(file, FOLDER);
  const before = readFileSync(url, 'utf8');
  t.test(titleOf(before), async (t) => {
    const now = told(before);
    if (UPDATE) writeFileSync(url, now);
    else t.same(now.split('\n'), before.split('\n'), file);
    t.ok(now.includes(LINE), 'something came of it');
  });
}

/** The first line. */
function titleOf(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^# /, '');
}
