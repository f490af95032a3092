/**
 * The answer to a request as a text to be kept: its transaction without what the answer does not
 * show, as the log writes transactions. So the first answer is made again the way it was made
 * first, by `resultsOf`.
 */
import { OPEN_ACL } from './acl.ts';
import { decodeTransaction, encodeTransaction } from './codec.ts';
import { inOnePiece } from './text.ts';
import type { Change, Transaction, ZnodeData } from './types.ts';

/**
 * Units of the text that an answer has for each operation it counts as: room for what operations
 * come to whose paths are no longer than a hundred characters or so. Replicated state rests on it.
 */
export const OPERATION_UNITS = 256;

/**
 * As how many operations an answer counts whose text is `text`: those that it is the answer to, or
 * more when the text is longer than theirs have to be, as with a long path or ACL.
 */
export function operationsOf({ resultAt }: Transaction, text: string): number {
  return Math.max(1, resultAt?.length ?? 1, Math.ceil(text.length / OPERATION_UNITS));
}

export function answerText({ time, changes, resultAt }: Transaction): string {
  if (resultAt === undefined) {
    return inOnePiece(encodeTransaction({ time, changes: changes.slice(-1).map(shown) }));
  }
  const shownAt: number[] = [];
  const results: Change[] = [];
  for (const at of resultAt) {
    const change = changes[at];
    shownAt.push(change === undefined ? -1 : results.length);
    if (change !== undefined) results.push(shown(change));
  }
  return inOnePiece(encodeTransaction({ time, changes: results, resultAt: shownAt }));
}

/** A transaction with the same results. */
export function transactionOfAnswer(text: string): Transaction {
  return decodeTransaction(text);
}

function shown(change: Change): Change {
  switch (change.op) {
    case 'create': {
      const { parentAcl: _acl, usage: _usage, ...rest } = change;
      return { ...rest, data: withoutText(change.data), acl: OPEN_ACL };
    }
    case 'set': {
      const { usage: _usage, ...rest } = change;
      return { ...rest, data: withoutText(change.data) };
    }
    case 'delete':
      return { op: 'delete', id: change.id, path: change.path, parent: change.parent };
    default:
      return change;
  }
}

/** Of the data an answer shows the length. */
function withoutText({ length }: ZnodeData): ZnodeData {
  return { text: '', encoding: 'utf8', length };
}
