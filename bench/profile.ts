/**
 * Reads what `node --cpu-prof` has written and lists functions by the time spent in themselves:
 * `node bench/profile.ts DIRECTORY [ROWS]`. One file is one thread.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

const [directory = '.', rows = '30'] = process.argv.slice(2);
const root = process.cwd();

for (const name of readdirSync(directory).filter((file) => file.endsWith('.cpuprofile'))) {
  const profile = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Profile;
  process.stdout.write(`${name}\n${selfTimes(profile, Number(rows))}\n\n`);
}

function selfTimes(profile: Profile, rowsShown: number): string {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const callers = new Map<number, ProfileNode>();
  for (const node of profile.nodes) for (const id of node.children ?? []) callers.set(id, node);
  const times = new Map<string, number>();
  let busy = 0;
  for (const [i, id] of profile.samples.entries()) {
    const node = byId.get(id);
    const elapsed = profile.timeDeltas[i] ?? 0;
    if (node === undefined || node.callFrame.functionName === '(idle)') continue;
    busy += elapsed;
    const caller = callers.get(id);
    // Native and generated functions have no file: what calls them tells which they are.
    const nameless = node.callFrame.url === '' && caller !== undefined;
    const place = placeOf(node) + (nameless ? `  called by ${placeOf(caller)}` : '');
    times.set(place, (times.get(place) ?? 0) + elapsed);
  }
  const sorted = [...times].sort((a, b) => b[1] - a[1]).slice(0, rowsShown);
  const lines = sorted.map(([place, time]) => {
    return `${((time / busy) * 100).toFixed(1).padStart(6)} %  ${place}`;
  });
  return [`busy ${(busy / 1e6).toFixed(2)} s`, ...lines].join('\n');
}

function placeOf(node: ProfileNode): string {
  const { functionName, url, lineNumber } = node.callFrame;
  const name = functionName === '' ? '(anonymous)' : functionName;
  const file = url.replace('file://', '').replace(`${root}/`, '');
  return file === '' ? name : `${name}  ${file}:${lineNumber + 1}`;
}
