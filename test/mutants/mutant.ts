/**
 * Seeded bugs: what the simulator must find. Each one is a change of the source text of the
 * product, made while the file is loaded, so that nothing of it is in the product itself.
 */
import { registerHooks } from 'node:module';
import type { World } from '../sim/run.ts';

export interface Mutant {
  readonly name: string;
  /** What is wrong with it, as a sentence. */
  readonly breaks: string;
  /** In raftlog/; with its folder when it is elsewhere. */
  readonly file: string;
  /** Exactly once in that file: what is found gives way to what is put there. */
  readonly changes: Changes;
  /** Where a second guard would hide the bug: without that one, too. */
  readonly also?: { readonly file: string; readonly changes: Changes };
}

type Changes = readonly (readonly [find: string, put: string])[];

/** Where a file of a mutant is. */
export function pathOf(file: string): string {
  return file.includes('/') ? file : `raftlog/${file}`;
}

/** The simulated world that can find it: the core by itself, or whole members. */
export function worldOf({ file }: Mutant): World {
  return pathOf(file).startsWith('raftlog/') ? 'core' : 'members';
}

/** The text of the file at `path` with the bug; as it is when the bug is elsewhere. */
export function mutated(mutant: Mutant, path: string, text: string): string {
  let result = text;
  const parts = [mutant, mutant.also].filter((part) => part && pathOf(part.file) === path);
  for (const [find, put] of parts.flatMap((part) => part?.changes ?? [])) {
    const at = result.indexOf(find);
    if (at === -1 || result.includes(find, at + 1)) {
      throw new Error(`${mutant.name}: not exactly once in ${path}: ${find}`);
    }
    result = result.slice(0, at) + put + result.slice(at + find.length);
  }
  return result;
}

const ROOT = new URL('../../', import.meta.url).href;

/** This process loads the product with the bug. Call it before anything imports the product. */
export function load(mutant: Mutant): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.startsWith(ROOT) || loaded.source === undefined) return loaded;
      const { source } = loaded;
      const text =
        typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
      return { ...loaded, source: mutated(mutant, url.slice(ROOT.length), text) };
    },
  });
}
