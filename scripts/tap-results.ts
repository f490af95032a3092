/** What a test file has said on its standard output, in TAP. */
import { type FinalResults, Parser, type Result } from 'tap-parser';

export interface TapResults {
  readonly passed: number;
  readonly skipped: number;
  /** One text for each assertion that failed: its name, and what tap knows about it. */
  readonly failures: readonly string[];
}

/** Counts assertions, those of subtests included; a subtest as such counts for nothing. */
export function tapResults(output: string): TapResults {
  let passed = 0;
  let skipped = 0;
  const failures: string[] = [];
  for (const [event, argument] of Parser.parse(output, { flat: true })) {
    if (event === 'bailout') failures.push(`bailed out: ${String(argument)}`);
    if (event === 'complete' && failures.length === 0 && !(argument as FinalResults).ok) {
      failures.push('the plan was not fulfilled');
    }
    if (event !== 'assert') continue;
    const result = argument as Result;
    if (result.skip || result.todo) skipped += 1;
    else if (result.ok) passed += 1;
    else failures.push(describe(result));
  }
  return { passed, skipped, failures };
}

/** What helps to find the failure; the rest of what tap tells is left out. */
const TOLD = ['message', 'diff', 'expected', 'actual', 'found', 'wanted', 'source', 'stack'];
const LONGEST_DETAIL = 2000;

function describe({ fullname, diag }: Result): string {
  const lines = [fullname];
  const details: Record<string, unknown> = diag ?? {};
  const { at } = details as { at?: { fileName?: string; lineNumber?: number } };
  if (at?.fileName !== undefined) lines.push(`at ${at.fileName}:${at.lineNumber}`);
  for (const key of TOLD) {
    const detail = details[key];
    if (detail === undefined || (key === 'stack' && at !== undefined)) continue;
    const text = typeof detail === 'string' ? detail : JSON.stringify(detail);
    lines.push(`${key}: ${text.slice(0, LONGEST_DETAIL).trimEnd()}`);
  }
  return lines.join('\n').replaceAll('\n', '\n    ');
}
