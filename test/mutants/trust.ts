/** Bugs of members that may have forgotten. */
import type { Mutant } from './mutant.ts';

export const TRUST_MUTANTS: readonly Mutant[] = [
  {
    name: 'blank-is-new',
    breaks: 'A member with a blank disk takes part as if it had never said anything.',
    file: 'raftlog.ts',
    changes: [
      [
        'if (blank || shared.suspect) this.#suspect();',
        'if (blank && shared.suspect) this.#suspect();',
      ],
    ],
  },
  {
    name: 'trusted-with-nothing',
    breaks: 'A suspect is trusted when all others have introduced themselves.',
    file: 'suspicion.ts',
    changes: [
      [
        'if (!caughtUp || highest > epoch) return false;',
        'if (leader === 0 || highest > epoch) return false;',
      ],
    ],
  },
  {
    name: 'trusted-by-what-the-leader-knows',
    breaks: 'A suspect regains what its leader knows to be committed, and not what is.',
    file: 'following.ts',
    changes: [['return log.positionAt(committedIndex)?.epoch === epoch;', 'return epoch > 0;']],
  },
  {
    name: 'trusted-before-disk',
    breaks: 'A suspect is trusted when it has been told everything, before it is durable.',
    file: 'following.ts',
    changes: [
      [
        'return this.inTouch && this.#shared.log.persistedIndex >= this.#shared.log.committedIndex;',
        'return this.inTouch;',
      ],
    ],
  },
  {
    name: 'votes-forgotten-by-trust',
    breaks: 'A suspect asks one voter how far the ensemble has come, and not all.',
    file: 'suspicion.ts',
    changes: [
      [
        'if (!others.every((other) => other !== undefined)) return false;',
        'if (!others.some((other) => other !== undefined)) return others.length === 0;',
      ],
      ['...others.map((other) => other.epoch)', '...others.map((other) => other?.epoch ?? 0)'],
      ['others.every((other) => other.blank)', 'others.every((other) => other?.blank !== false)'],
    ],
  },
  {
    name: 'a-suspect-counts',
    breaks: 'A leader counts the word of a member that may have forgotten.',
    file: 'leading.ts',
    changes: [['progress.trusted = !message.suspect;', 'progress.trusted = true;']],
  },
  {
    name: 'a-suspect-votes',
    breaks: 'A member that may have forgotten a vote gives another one.',
    file: 'raftlog.ts',
    changes: [
      [
        'const granted = !suspect && epoch === this.epoch',
        'const granted = suspect !== undefined && epoch === this.epoch',
      ],
    ],
  },
  {
    name: 'a-suspect-confirms-reads',
    breaks: 'A member that may have forgotten a later leader confirms the reads of an earlier one.',
    file: 'leading.ts',
    changes: [
      ['return progress?.trusted === true ? progress.round : 0;', 'return progress?.round ?? 0;'],
    ],
  },
];
