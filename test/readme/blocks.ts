/** The fenced blocks of a Markdown file, and the commands of its `console` blocks. */

export interface Block {
  readonly language: string;
  readonly text: string;
}

export interface Step {
  readonly command: string;
  /** The lines shown under it. */
  readonly shown: readonly string[];
}

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const [, language = '', text = ''] of markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    blocks.push({ language, text });
  }
  return blocks;
}

/** `$ ` begins a command, `> ` goes on with it, everything else is what it prints. */
export function stepsOf(console: string): Step[] {
  const steps: { command: string; shown: string[] }[] = [];
  for (const line of console.trimEnd().split('\n')) {
    const last = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] });
    else if (last === undefined) throw new Error(`a block begins with a command, not: ${line}`);
    else if (line.startsWith('> ')) last.command += `\n${line.slice(2)}`;
    else last.shown.push(line);
  }
  return steps;
}

/** Whether `printed` is what is shown, where `...` stands for anything, also for whole lines. */
export function isAsShown(shown: readonly string[], printed: string): boolean {
  const pattern = shown
    .join('\n')
    .split('...')
    .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[\\s\\S]*?');
  return new RegExp(`^${pattern}\\s*$`).test(printed);
}
