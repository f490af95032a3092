/** Bugs of committing, applying and reading. */
import type { Mutant } from './mutant.ts';

export const COMMIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'commit-of-an-old-epoch',
    breaks: 'An entry of an earlier epoch is committed by counting (figure 8 of the Raft paper).',
    file: 'leading.ts',
    changes: [
      [
        'if (index <= log.committedIndex || index < this.#markerIndex) return;',
        'if (index <= log.committedIndex) return;',
      ],
    ],
  },
  {
    name: 'leader-counts-itself-early',
    breaks: 'A leader counts itself before its own disk is done.',
    file: 'leading.ts',
    changes: [
      ['if (voter === id) return log.persistedIndex;', 'if (voter === id) return log.last.index;'],
    ],
  },
  {
    name: 'observers-count',
    breaks: 'Observers make quorums.',
    file: 'leading.ts',
    changes: [
      [
        '      membership.voters.map((voter) => {\n        if (voter === id) return log',
        '      [...membership.voters, ...membership.members.observers].map((voter) => {\n        if (voter === id) return log',
      ],
    ],
  },
  {
    name: 'commit-beyond-the-match',
    breaks: 'A follower commits what it has not compared with the log of its leader.',
    file: 'following.ts',
    changes: [
      ['this.#commit(Math.min(committed, this.#matched));', 'this.#commit(committed);'],
      [
        'const known = Math.min(index, this.#matched);',
        'const known = Math.min(index, this.#shared.log.last.index);',
      ],
    ],
    also: {
      file: 'leading.ts',
      changes: [
        [
          "      const committed = Math.min(match, log.committedIndex);\n      this.#shared.send(member, { kind: 'heartbeat', epoch, committed, round });\n    }",
          "      const committed = Math.max(match, log.committedIndex);\n      this.#shared.send(member, { kind: 'heartbeat', epoch, committed, round });\n    }",
        ],
      ],
    },
  },
  {
    name: 'apply-before-commit',
    breaks: 'What is durable here is applied, whoever else has it.',
    file: 'log.ts',
    changes: [
      [
        '    const through = Math.min(this.#committed, this.#persisted);',
        '    const through = this.#persisted;',
      ],
      ["    assert(this.#handedOut <= this.#committed, 'what was handed out is committed');\n", ''],
      ["    assert(index > this.#committed, 'what is committed is never taken back');\n", ''],
    ],
  },
  {
    name: 'apply-before-disk',
    breaks: 'What is committed is applied before it is durable here.',
    file: 'log.ts',
    changes: [
      [
        '    const through = Math.min(this.#committed, this.#persisted);',
        '    const through = this.#committed;',
      ],
      ["    assert(this.#handedOut <= this.#persisted, 'what was handed out is durable');\n", ''],
    ],
  },
  {
    name: 'read-without-confirmation',
    breaks: 'A leader answers linearizable reads by itself.',
    file: 'leading.ts',
    changes: [
      [
        'if (this.isOpen) this.#confirmation.ask(id, this.#shared.log.committedIndex);',
        'if (this.isOpen) this.#shared.reads.push({ id, index: this.#shared.log.committedIndex });',
      ],
    ],
  },
  {
    name: 'read-with-an-old-round',
    breaks: 'A round of heartbeats that began before a read confirms it.',
    file: 'confirmation.ts',
    changes: [
      [
        'this.#waiting.push({ id, index, round: this.#round + 1 });',
        'this.#waiting.push({ id, index, round: this.#round });',
      ],
    ],
  },
  {
    name: 'read-by-a-lease',
    breaks: 'A leader answers reads as long as its last check of the quorum was good.',
    file: 'leading.ts',
    changes: [
      [
        'if (this.isOpen) this.#confirmation.ask(id, this.#shared.log.committedIndex);',
        'if (this.isOpen && this.#ticks > this.#shared.settings.electionTicks) {\n      this.#shared.reads.push({ id, index: this.#shared.log.committedIndex });\n    } else if (this.isOpen) this.#confirmation.ask(id, this.#shared.log.committedIndex);',
      ],
    ],
  },
  {
    name: 'read-before-the-marker',
    breaks: 'A new leader answers reads before it knows what is committed.',
    file: 'leading.ts',
    changes: [
      [
        'if (this.isOpen) this.#confirmation.ask(id, this.#shared.log.committedIndex);\n    else this.#early.push(id);',
        'this.#confirmation.ask(id, this.#shared.log.committedIndex);',
      ],
    ],
  },
  {
    name: 'read-not-lost',
    breaks:
      'Reads are confirmed by a later leadership of the same member, or never told to be lost.',
    file: 'confirmation.ts',
    changes: [
      [
        '    return this.#waiting.splice(0).map((read) => read.id);',
        '    return this.#waiting.map((read) => read.id);',
      ],
      [
        '    const open = this.#waiting.findIndex((read) => read.round > this.#confirmed);',
        '    const open = this.#waiting.findIndex((read) => read.round > this.#confirmed + 1);',
      ],
    ],
  },
  {
    name: 'snapshot-without-members',
    breaks: 'Who belongs to the ensemble is not taken over with a snapshot.',
    file: 'shared.ts',
    changes: [
      [
        '    this.membership = new Membership(position.index, members);\n  }\n}',
        '    this.membership = new Membership(position.index, this.membership.members ?? members);\n  }\n}',
      ],
    ],
  },
  {
    name: 'snapshot-takes-acknowledged-entries',
    breaks: 'A snapshot replaces a log that contains it and more.',
    file: 'raftlog.ts',
    changes: [
      [
        'return position.index > log.committedIndex && !log.contains(position);',
        'return position.index > log.committedIndex;',
      ],
    ],
    also: {
      file: 'progress.ts',
      changes: [
        [
          "return this.#state === 'replicate' ? this.#match + 1 : this.#next;",
          'return this.#match + 1;',
        ],
      ],
    },
  },
  {
    name: 'stale-snapshot',
    breaks: 'A snapshot that is behind what is committed is put in force.',
    file: 'raftlog.ts',
    changes: [
      [
        'return position.index > log.committedIndex && !log.contains(position);',
        'return position.index > 0;',
      ],
      [
        "    assert(position.index > this.#shared.log.committedIndex, 'nothing committed is lost');\n",
        '',
      ],
    ],
    also: {
      file: 'progress.ts',
      changes: [
        [
          "return this.#state === 'replicate' ? this.#match + 1 : this.#next;",
          'return this.#match + 1;',
        ],
      ],
    },
  },
  {
    name: 'members-in-force-when-committed',
    breaks: 'A change of the members counts when it is committed, not when it is in the log.',
    file: 'membership.ts',
    changes: [['const last = this.#versions.at(-1);', 'const last = this.#versions.at(0);']],
  },
  {
    name: 'members-not-taken-back',
    breaks: 'A change of the members stays in force when its entry is cut off.',
    file: 'shared.ts',
    changes: [['    this.membership.truncatedFrom(index);\n', '']],
  },
  {
    name: 'two-voters-at-once',
    breaks: 'Several voters join and leave in one step.',
    file: 'membership.ts',
    changes: [
      ['if (added.length + removed.length > 1)', 'if (added.length + removed.length > 9)'],
      ['if (stranger !== undefined)', 'if (stranger === 0)'],
    ],
  },
  {
    name: 'two-changes-at-once',
    breaks: 'The members are changed before the last change is committed.',
    file: 'raftlog.ts',
    changes: [
      [
        'if (membership.index > log.committedIndex) return',
        'if (membership.index > log.last.index) return',
      ],
    ],
  },
  {
    name: 'change-before-the-marker',
    breaks:
      'A leader changes the members before an entry of its epoch is committed (the bug of 2015).',
    file: 'raftlog.ts',
    changes: [
      ["if (!this.mayPropose) return 'this", "if (this.#role.role !== 'leading') return 'this"],
    ],
  },
  {
    name: 'removed-leader-goes-on',
    breaks: 'A leader that belongs to the ensemble no more leads on.',
    file: 'leading.ts',
    changes: [
      [
        'if (!isVoter && log.committedIndex >= membership.index) this.#turn.look();\n    else if',
        'if (!isVoter && log.committedIndex < membership.index) this.#turn.look();\n    else if',
      ],
    ],
  },
  {
    name: 'removed-voter-asks-for-nothing',
    breaks:
      'A voter whose removal is not committed cannot be elected, though only its log can win.',
    file: 'membership.ts',
    changes: [
      [
        'return this.#versions.some(({ members }) => members.voters.includes(id));',
        'return this.isVoter(id);',
      ],
    ],
  },
  {
    name: 'removed-voter-asks-on',
    breaks: 'A voter goes on asking for promises when it knows that its removal is committed.',
    file: 'membership.ts',
    changes: [['if (at > 0) this.#versions.splice(0, at);', 'if (at < 0) this.#versions = [];']],
  },
  {
    name: 'removed-leader-stands-again',
    breaks: 'A leader whose removal is committed begins another epoch, and asks for votes in it.',
    file: 'leading.ts',
    changes: [
      [
        'log.committedIndex >= membership.index) this.#turn.look();',
        'log.committedIndex >= membership.index) this.#turn.stand(true);',
      ],
    ],
  },
];
