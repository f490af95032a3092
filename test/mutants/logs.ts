/** Bugs of appending, truncating, acknowledging and catching up. */
import type { Mutant } from './mutant.ts';

export const LOG_MUTANTS: readonly Mutant[] = [
  {
    name: 'acknowledge-before-disk',
    breaks: 'A follower acknowledges what its disk may still lose.',
    file: 'following.ts',
    changes: [
      [
        'const index = Math.min(this.#matched, log.persistedIndex);\n    if (index === 0',
        'const index = Math.min(this.#matched, log.last.index);\n    if (index === 0',
      ],
    ],
  },
  {
    name: 'a-sync-vouches-for-more',
    breaks: 'When the disk is done, what was asked of it since is taken for durable, too.',
    file: 'raftlog.ts',
    changes: [
      [
        'this.#shared.log.persisted(Math.max(through, this.#shared.log.persistedIndex));',
        'this.#shared.log.takeUnpersisted();\n    this.#shared.log.persisted(Math.max(through, this.#shared.log.last.index));',
      ],
    ],
  },
  {
    name: 'replaced-entries-vouch-for-others',
    breaks: 'A sync of entries that were replaced meanwhile makes their successors durable.',
    file: 'persistence.ts',
    changes: [
      [
        'owed.through = Math.min(owed.through, index - 1);',
        'owed.through = Math.max(owed.through, index - 1);',
      ],
    ],
  },
  {
    name: 'previous-ignored',
    breaks: 'A follower appends without looking at what comes before.',
    file: 'following.ts',
    changes: [
      [
        '    return log.positionAt(point.index)?.zxid === point.zxid;',
        '    return point.index <= log.last.index;',
      ],
    ],
  },
  {
    name: 'previous-compared-by-epoch-only',
    breaks: 'Two positions are taken for the same when only their epochs are.',
    file: 'following.ts',
    changes: [
      [
        '    return log.positionAt(point.index)?.zxid === point.zxid;',
        '    return (log.positionAt(point.index)?.epoch ?? -1) >= Math.floor(point.zxid / 2 ** 32) - 1;',
      ],
    ],
  },
  {
    name: 'truncate-without-conflict',
    breaks: 'A late append cuts off entries that agree with it.',
    file: 'following.ts',
    changes: [['    if (own?.zxid === entry.zxid) return;\n', '']],
  },
  {
    name: 'truncate-nothing',
    breaks: 'What is durable is not taken back when the log is cut.',
    file: 'log.ts',
    changes: [['    this.#persisted = Math.min(this.#persisted, before.index);\n', '']],
  },
  {
    name: 'matched-from-the-start',
    breaks: 'A follower takes its log for that of its leader before it has compared them.',
    file: 'following.ts',
    changes: [
      [
        '    this.leader = leader;\n    this.#patience',
        '    this.leader = leader;\n    this.#matched = shared.log.last.index;\n    this.#patience',
      ],
    ],
  },
  {
    name: 'match-by-refusal',
    breaks: 'A refusal is taken for an acknowledgement of where the logs may agree.',
    file: 'progress.ts',
    changes: [
      [
        '    this.probe(Math.max(this.#match, Math.min(hint, previous - 1)) + 1);',
        '    this.#match = Math.max(this.#match, Math.min(hint, previous - 1));\n    this.probe(this.#match + 1);',
      ],
    ],
  },
  {
    name: 'match-of-another-epoch',
    breaks: 'A follower keeps what it knew of its leader when that begins another epoch.',
    file: 'raftlog.ts',
    changes: [
      [
        'if (led || later || this.leader !== from) this.follow(from);',
        'if (led || this.leader !== from) this.follow(from);',
      ],
    ],
  },
  {
    name: 'lost-channel-forgotten',
    breaks: 'A leader keeps counting on what a member had before its process died.',
    file: 'leading.ts',
    changes: [
      [
        'if (former !== undefined) this.#welcome(member, former.restart).active = false;',
        'if (former !== undefined) former.active = false;',
      ],
    ],
  },
  {
    name: 'lost-appends-not-sent-again',
    breaks: 'An append that was lost is waited for, for ever.',
    file: 'leading.ts',
    changes: [
      [
        'if (progress.stalled(STALLED_HEARTBEATS * heartbeatTicks)) progress.probe();',
        'progress.stalled(STALLED_HEARTBEATS * heartbeatTicks);',
      ],
    ],
  },
  {
    name: 'hole-after-a-page',
    breaks: 'What is read from the disk for a member is sent as if it followed what it has.',
    file: 'log.ts',
    changes: [
      [
        '    let through = from - 1;\n    let used = 0;',
        '    let through = from === this.#last.index - 2 ? from : from - 1;\n    let used = 0;',
      ],
      [
        '    return this.#slice(from, through);\n  }\n\n  /**',
        '    return this.#slice(from === this.#last.index - 2 ? from + 1 : from, through);\n  }\n\n  /**',
      ],
    ],
  },
];
