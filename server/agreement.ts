/**
 * Whether this member's tree is the leader's. Equal logs make equal trees, so two members that have
 * applied the same entries have the same digest; if not, a disk, a memory or this program is wrong,
 * and somebody must look. Found by comparing digests at entries that both remember. Which of the
 * two is right is not known here: nothing is repaired, it is only said.
 */
import type { LogIndex, MemberId } from '../raftlog/types.ts';

/** The digest that a tree had when everything through `index` was applied. */
export interface Milestone {
  readonly index: LogIndex;
  readonly digest: string;
}

/** Every so many entries is a milestone, on all members the same ones. */
const MILESTONE_ENTRIES = 256;
/** Milestones remembered: a report is older than so many entries only after a long pause. */
const KEPT = 256;

export class Agreement {
  /** '' when there is nothing to compare: it is not known what it should be. */
  readonly #digest: () => string;
  #milestones: Milestone[] = [];
  /** The newest that the leader has told of and that this member has not come to. */
  #awaited: (Milestone & { readonly leader: MemberId }) | undefined;
  #disagreement: string | undefined;

  /** `digest` is that of this member's tree now. */
  constructor(digest: () => string) {
    this.#digest = digest;
  }

  /** In what this member differs from its leader, if it was found to. */
  get disagreement(): string | undefined {
    return this.#disagreement;
  }

  /** The last entry that others can compare. */
  get latest(): Milestone | undefined {
    return this.#milestones.at(-1);
  }

  /** Everything through `index` is applied. */
  applied(index: LogIndex): void {
    if (index % MILESTONE_ENTRIES !== 0) return;
    const milestone = { index, digest: this.#digest() };
    this.#milestones.push(milestone);
    if (this.#milestones.length > KEPT) this.#milestones.shift();
    if (this.#awaited?.index === index) this.#compare(milestone, this.#awaited);
  }

  /**
   * The leader's tree was this one, at an entry of its choice; `appliedIndex` is how far this
   * member is.
   */
  told(leader: MemberId, theirs: Milestone, appliedIndex: LogIndex): void {
    const { index } = theirs;
    if (index === appliedIndex) this.#compare({ index, digest: this.#digest() }, theirs, leader);
    else if (index > appliedIndex) this.#await(leader, theirs);
    else {
      const ours = this.#milestones.find((milestone) => milestone.index === index);
      if (ours !== undefined) this.#compare(ours, theirs, leader);
    }
  }

  /** A snapshot has taken the place of everything. */
  restart(): void {
    this.#milestones = [];
    this.#awaited = undefined;
    this.#disagreement = undefined;
  }

  #await(leader: MemberId, theirs: Milestone): void {
    if (theirs.index % MILESTONE_ENTRIES === 0) this.#awaited = { ...theirs, leader };
  }

  #compare(ours: Milestone, theirs: Milestone, leader = this.#awaited?.leader): void {
    const isKnown = ours.digest !== '' && theirs.digest !== '';
    if (!isKnown || ours.digest === theirs.digest) return;
    this.#disagreement ??=
      `the tree differs from that of member ${leader}: ` +
      `${ours.digest} and ${theirs.digest} after entry ${ours.index}`;
  }
}
