/**
 * Seeded bugs: what the simulator must find. Each one is a change of the source text of the core,
 * made while the file is loaded, so that nothing of it is in the core itself.
 */
import { registerHooks } from 'node:module';

export interface Mutant {
  readonly name: string;
  /** What is wrong with it, as a sentence. */
  readonly breaks: string;
  /** In raftlog/. */
  readonly file: string;
  /** Exactly once in that file: what is found gives way to what is put there. */
  readonly changes: Changes;
  /** Where a second guard would hide the bug: without that one, too. */
  readonly also?: { readonly file: string; readonly changes: Changes };
}

type Changes = readonly (readonly [find: string, put: string])[];

/** The text of `file` in raftlog/ with the bug; as it is when the bug is elsewhere. */
export function mutated(mutant: Mutant, file: string, text: string): string {
  let result = text;
  const parts = [mutant, mutant.also].filter((part) => part?.file === file);
  for (const [find, put] of parts.flatMap((part) => part?.changes ?? [])) {
    const at = result.indexOf(find);
    if (at === -1 || result.includes(find, at + 1)) {
      throw new Error(`${mutant.name}: not exactly once in raftlog/${file}: ${find}`);
    }
    result = result.slice(0, at) + put + result.slice(at + find.length);
  }
  return result;
}

/** This process loads the core with the bug. Call it before anything imports the core. */
export function load(mutant: Mutant): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const [, file] = /\/raftlog\/([\w-]+\.ts)$/.exec(url) ?? [];
      if (file === undefined || loaded.source === undefined) return loaded;
      const { source } = loaded;
      const text =
        typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
      return { ...loaded, source: mutated(mutant, file, text) };
    },
  });
}
