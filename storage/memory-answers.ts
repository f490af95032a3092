/** The rows of answers on a `MemoryDisk`, cut as the tables on a disk are. */
import type { AnswersRow } from './tree/image.ts';
import { KEPT_OPERATIONS } from './tree/session-answers.ts';

export class AnswersRows {
  /** Of each owner in the order of their first answers. */
  readonly #rows = new Map<string, AnswersRow[]>();

  /** In the order of their keys. */
  all(): AnswersRow[] {
    const owners = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1));
    return owners.flatMap(([, rows]) => rows);
  }

  add(row: AnswersRow): void {
    const [owner, , , , forgets] = row;
    const former = this.#rows.get(owner) ?? [];
    const rows = [...former.filter(([, , last]) => last > forgets), row];
    this.#rows.set(owner, owner === '' ? rows : rows.slice(firstKept(rows)));
  }

  /** As it is, without looking at what others there are. */
  put(row: AnswersRow): void {
    this.#rows.set(row[0], [...(this.#rows.get(row[0]) ?? []), row]);
  }

  endSession(session: string): void {
    this.#rows.delete(session);
  }

  clear(): void {
    this.#rows.clear();
  }
}

function firstKept(rows: readonly AnswersRow[]): number {
  let kept = 0;
  for (let at = rows.length - 1; at > 0; at -= 1) {
    kept += rows[at]?.[3] ?? 0;
    if (kept >= KEPT_OPERATIONS) return at;
  }
  return 0;
}
