/** Bugs of votes, epochs and leadership. */
import type { Mutant } from './mutant.ts';

export const ELECTION_MUTANTS: readonly Mutant[] = [
  {
    name: 'vote-before-disk',
    breaks: 'A vote is told before it is on disk.',
    file: 'raftlog.ts',
    changes: [
      [
        "this.#shared.sendDurable(from, { kind: 'voteReply', epoch: this.epoch, granted });",
        "this.#shared.send(from, { kind: 'voteReply', epoch: this.epoch, granted });",
      ],
    ],
  },
  {
    name: 'held-messages-slip-out',
    breaks: 'What waits for the disk leaves when nothing new goes to the disk.',
    file: 'persistence.ts',
    changes: [
      [
        'if (last === undefined) return held;\n    last.release.push(...held);\n    return [];',
        'return last === undefined || held.length > 0 ? held : [];',
      ],
    ],
  },
  {
    name: 'vote-twice',
    breaks: 'A member votes for everybody who asks.',
    file: 'raftlog.ts',
    changes: [
      [
        'const free = hardState.votedFor === 0 || hardState.votedFor === from;',
        'const free = hardState.votedFor === 0 || from > 0;',
      ],
    ],
  },
  {
    name: 'vote-forgotten-by-a-restart',
    breaks: 'A member that starts again does not know whom it voted for.',
    file: 'shared.ts',
    changes: [
      [
        '    this.hardState = hardState;\n    this.log',
        '    this.hardState = { ...hardState, votedFor: 0 };\n    this.log',
      ],
    ],
  },
  {
    name: 'vote-for-a-log-that-is-behind',
    breaks: 'A candidate is elected without what others have in their logs.',
    file: 'raftlog.ts',
    changes: [
      [' && free && last.zxid >= log.last.zxid;', ' && free;'],
      ['    if (last.zxid < this.#shared.log.last.zxid) return false;\n', ''],
    ],
  },
  {
    name: 'vote-by-length',
    breaks: 'The longer log wins and not the later one.',
    file: 'raftlog.ts',
    changes: [
      [' && free && last.zxid >= log.last.zxid;', ' && free && last.index >= log.last.index;'],
      [
        'if (last.zxid < this.#shared.log.last.zxid) return false;',
        'if (last.index < this.#shared.log.last.index) return false;',
      ],
    ],
  },
  {
    name: 'old-votes-count',
    breaks: 'Votes of an earlier epoch count in this one.',
    file: 'raftlog.ts',
    changes: [
      [
        '        if (message.epoch === this.epoch) this.#role.receive(from, message);\n        return;\n      default:',
        "        if (message.epoch === this.epoch || message.kind === 'voteReply') {\n          this.#role.receive(from, message);\n        }\n        return;\n      default:",
      ],
    ],
  },
  {
    name: 'half-is-a-quorum',
    breaks: 'Half of the voters make a quorum.',
    file: 'quorum.ts',
    changes: [['return Math.floor(voters / 2) + 1;', 'return Math.ceil(voters / 2);']],
  },
  {
    name: 'asking-raises-the-epoch',
    breaks: 'Whoever is asked for a vote in earnest or not takes the epoch over.',
    file: 'raftlog.ts',
    changes: [
      [
        '    const granted = this.#wouldVote(from, epoch, last);\n',
        '    const granted = this.#wouldVote(from, epoch, last);\n    this.#onEpoch(epoch);\n',
      ],
    ],
  },
  {
    name: 'no-pre-vote',
    breaks: 'A member that runs out of patience begins an epoch without asking.',
    file: 'looking.ts',
    changes: [
      [
        '    this.#ask(this.#shared.otherVoters);\n    this.#count();',
        '    this.#turn.stand(false);',
      ],
    ],
  },
  {
    name: 'pre-vote-spares-nobody',
    breaks: 'Members promise their votes while they hear a leader.',
    file: 'raftlog.ts',
    changes: [
      [
        'epoch <= this.epoch || this.#spares(from)) return false;',
        'epoch <= this.epoch) return false;',
      ],
      ['    if (this.#spares(from) && !handOver) return;\n', ''],
    ],
  },
  {
    name: 'no-check-of-the-quorum',
    breaks: 'A leader that nobody hears goes on for ever.',
    file: 'leading.ts',
    changes: [
      [
        'if (this.#ticks % electionTicks === 0 && !this.#quorumIsActive()) {',
        'if (this.#ticks < 0) {',
      ],
    ],
  },
  {
    name: 'leaders-of-the-past-are-obeyed',
    breaks: 'A message of an earlier leader is taken for one of now.',
    file: 'raftlog.ts',
    changes: [
      ['    if (message.epoch < this.epoch) {\n', '    if (message.epoch < this.epoch - 1) {\n'],
    ],
  },
  {
    name: 'epoch-not-on-disk',
    breaks: 'An epoch that was learned of is not made durable before the entries of it.',
    file: 'shared.ts',
    changes: [
      [
        '    this.setHardState({ ...this.hardState, epoch, votedFor: 0 });',
        '    this.hardState = { ...this.hardState, epoch, votedFor: 0 };',
      ],
    ],
  },
  {
    name: 'no-rollover',
    breaks: 'A leader goes on when the counter of its epoch has run out.',
    file: 'leading.ts',
    changes: [
      [
        'return counterOf(this.#shared.log.last.zxid) >= this.#shared.settings.counterMax;',
        'return counterOf(this.#shared.log.last.zxid) > this.#shared.settings.counterMax + 3;',
      ],
    ],
  },
];
