/**
 * What a dry run may tell. A write leaves a trace and a dry run leaves none, so it tells nothing
 * that its caller could not read: whether it would be refused, too, follows from versions, sizes
 * and children. So it is judged only by znodes that its caller may read, and of what it would
 * create its caller sees as much as could be read then.
 */
import { noAuth } from './acl.ts';
import type { Draft } from './draft.ts';
import type { Refusal } from './errors.ts';
import type { SeenZnode } from './outstanding.ts';
import type { OpResult, TransactionOp } from './types.ts';

/**
 * The refusal of a dry run whose caller may not read a znode that it would be judged by; to be
 * asked before anything of it is looked at. `path`: what the caller has named. What it would have
 * created itself by then holds nothing that it does not know.
 */
export function unreadRefusal(
  draft: Draft,
  znode: SeenZnode,
  path: string,
  on: 'znode' | 'parent',
): Refusal | undefined {
  if (!draft.isDryRun || draft.mayRead(znode)) return undefined;
  if (znode.stat.czxid === draft.context.zxid) return undefined;
  return noAuth(path, 'r', on);
}

/** Whether the stat that an operation, which the draft has just taken in, came to may be shown. */
export function showsStat(draft: Draft, { op, path }: TransactionOp): boolean {
  const created = op === 'create' ? draft.changes.at(-1) : undefined;
  return draft.mayRead(draft.seen.znode(created?.op === 'create' ? created.path : path));
}

/** The result of an operation without what may not be shown. */
export function shownResult(result: OpResult, statIsShown: boolean | undefined): OpResult {
  if (statIsShown === true) return result;
  const { stat: _, ...rest } = result;
  return rest;
}
