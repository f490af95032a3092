/**
 * I22: tables and a snapshot are what applying the committed log up to their position gives, with
 *      the members that belong there: when folded, when installed and when loaded; the log after
 *      them goes on without a hole, and a log that contains a snapshot and more is kept.
 */
import type { MembersVersion, Snapshot } from '../chained-log.ts';
import type { Ghost, MemberView } from '../view.ts';
import { violated } from '../violation.ts';

export class Snapshots {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  check({ id }: { readonly id: number }, { position, hash, version }: Snapshot): void {
    const { committed } = this.#ghost;
    const { index } = position;
    if (committed.hashAt(index) !== hash || committed.zxidAt(index) !== position.zxid) {
      violated('I22', `what ${id} has in its tables is the committed log through ${index}`);
    }
    if (!sameMembers(version, committed.versionAt(index))) {
      violated('I22', `what ${id} has in its tables names the members at ${index}`);
    }
  }

  /** On the disk of the member, where the log is still there. */
  replacing({ id, disk }: MemberView, { position, hash }: Snapshot): void {
    if (disk.log.hashAt(position.index) !== hash || disk.log.lastIndex === position.index) return;
    violated('I22', `member ${id} gives up nothing for a snapshot that its log contains`);
  }

  /** What a core has loaded is what was there. */
  loaded({ id, core, disk }: MemberView): void {
    if (core.lastIndex !== Math.max(disk.log.lastIndex, disk.tables.position.index)) {
      violated('I24', `member ${id} goes on after its last entry`);
    }
    if (core.committedIndex !== disk.tables.position.index) {
      violated('I22', `member ${id} begins with what its tables contain`);
    }
  }
}

function sameMembers(one: MembersVersion | undefined, other: MembersVersion | undefined): boolean {
  return JSON.stringify(one?.members) === JSON.stringify(other?.members);
}
