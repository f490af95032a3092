/**
 * What a dry run may show. A write leaves a trace and a dry run leaves none, so it must not tell
 * what its caller could not read: attributes of a znode without READ on it, and in the number of a
 * sequential one how many children a parent has had without READ on that.
 */
import type { Draft } from './draft.ts';
import { parentOf } from './path.ts';
import type { OpResult, TransactionOp } from './types.ts';

/** Whether path and stat of an operation that the draft has just taken in may be shown. */
export interface Shown {
  readonly path: boolean;
  readonly stat: boolean;
}

export function shownOf(draft: Draft, op: TransactionOp): Shown {
  const created = op.op === 'create' ? draft.changes.at(-1) : undefined;
  if (op.op !== 'create' || created?.op !== 'create') {
    return { path: true, stat: draft.mayRead(draft.seen.znode(op.path)) };
  }
  // Its name is what was asked for, unless it got a number.
  const { seen } = draft;
  const path = created.path === op.path || draft.mayRead(seen.znode(parentOf(created.path)));
  return { path, stat: path && draft.mayRead(seen.znode(created.path)) };
}

/** The result of an operation without what may not be shown. */
export function shownResult({ op, path, stat }: OpResult, shown: Shown | undefined): OpResult {
  return {
    op,
    ...(path === undefined || shown?.path !== true ? undefined : { path }),
    ...(stat === undefined || shown?.stat !== true ? undefined : { stat }),
  };
}
