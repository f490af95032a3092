/**
 * Bugs of what members promise to clients beyond a single connection: watches that are left again,
 * repeats, sessions that move, the time that a session has left.
 */
import type { Mutant } from './mutant.ts';

export const PROMISE_MUTANTS: readonly Mutant[] = [
  {
    name: 'came-and-went-unnoticed',
    breaks: 'A watch that is left again overlooks a znode that came and went meanwhile.',
    file: 'server/rewatch.ts',
    changes: [['isShown !== true) return since < lastZxid;', 'isShown !== true) return false;']],
  },
  {
    name: 'misses-what-comes-meanwhile',
    breaks: 'What happens while the history is read is missed by watches that are left again.',
    file: 'server/rewatch.ts',
    changes: [
      [
        'let order = 0;\n    while (position < this.#state.lastZxid &&',
        'let order = 0;\n    const through = this.#state.lastZxid;\n    while (position < through &&',
      ],
    ],
  },
  {
    name: 'stands-before-its-events',
    breaks: 'The answer to watches that are left again says that what they missed has come.',
    file: 'server/rewatch.ts',
    changes: [['missed.size === 0 ? this.#state.lastZxid : since', 'this.#state.lastZxid']],
  },
  {
    name: 'what-is-missed-fires-twice',
    breaks: 'A watch that is left again and fires at once stays.',
    file: 'server/rewatch.ts',
    changes: [
      ['      this.#hub.unwatch(subscriber, watch);\n      const watches', '      const watches'],
    ],
  },
  {
    name: 'new-leaders-know-the-time',
    breaks: 'What is old by the clock of a new leader is forgotten, however long it has led.',
    file: 'storage/tree/repeats.ts',
    changes: [['ledMs === undefined || ledMs >= keyLifeMs;', 'true;']],
  },
  {
    name: 'stamps-its-wall-clock',
    breaks: 'A leader stamps its wall clock, whatever leaders before it have stamped.',
    file: 'server/leader-time.ts',
    changes: [['if (wall >= least) {', 'if (wall >= 0) {']],
  },
  {
    name: 'time-forgotten-by-a-restart',
    breaks: 'What is loaded tells no time of what is gone, and the digest does not miss it.',
    file: 'storage/tree/image.ts',
    changes: [
      ['state.lastTime = lastTime;', 'state.lastTime = undefined;'],
      ['state.shownTime = Math.max(', 'Math.max('],
    ],
    also: {
      file: 'storage/tree/digest.ts',
      changes: [['lastTime === undefined || lastTime === 0', 'lastTime !== -1']],
    },
  },
  {
    name: 'keys-forgotten-early',
    breaks: 'Answers to keys are kept for half of their time.',
    file: 'storage/tree/repeats.ts',
    changes: [['time - keyLifeMs : 0', 'time - keyLifeMs / 2 : 0']],
  },
  {
    name: 'keys-without-a-limit',
    breaks: 'As many answers to keys are kept as clients use keys.',
    file: 'storage/tree/key-shares.ts',
    changes: [
      ['if (keysLeft <= 0)', 'if (keysLeft <= -1000)'],
      ['if (!isAllOld) return undefined;', 'if (keysLeft > -1000) return undefined;'],
    ],
  },
  {
    name: 'ids-without-a-limit',
    breaks: 'Answers to ids are kept however little room there is.',
    file: 'storage/tree/answer-room.ts',
    changes: [['if (share >= AMPLE_UNITS)', 'if (share >= -AMPLE_UNITS)']],
  },
  {
    name: 'forgotten-ids-are-passed',
    breaks: 'An id whose answer is not kept any more is said to have never been applied.',
    file: 'storage/tree/repeats.ts',
    changes: [['id <= (answers?.forgottenId ?? 0) ? FORGOTTEN : PASSED', 'PASSED']],
  },
  {
    name: 'ids-forgotten-early',
    breaks: 'Of a session fewer answers are kept than it may have requests under way.',
    file: 'storage/tree/session-answers.ts',
    changes: [
      ['this.#operations > KEPT_OPERATIONS &&', 'this.#operations > KEPT_OPERATIONS / 4 &&'],
    ],
  },
  {
    name: 'answers-not-in-snapshots',
    breaks: 'Tables, and so snapshots, have none of the answers that are kept for repeats.',
    file: 'storage/fold.ts',
    changes: [
      [
        '    if (transaction.name !== undefined) this.#answers.add(',
        '    if (zxid < 0 && transaction.name) this.#answers.add(',
      ],
    ],
  },
  {
    name: 'everything-is-over',
    breaks: 'A barrier does not wait for what its own session has sent before it.',
    file: 'server/pending.ts',
    changes: [['new Barriers((place) => this.isOver(place))', 'new Barriers(() => true)']],
  },
  {
    name: 'leaders-of-the-past-move-sessions',
    breaks: 'Whoever says that another member speaks for a session is believed.',
    file: 'server/speakers.ts',
    changes: [
      ['    if (from !== this.#told) return;\n    if (this', '    if (this'],
      ['if (from !== this.#parts.leader()) {', 'if (from === this.#parts.id) {'],
    ],
  },
  {
    name: 'moves-lost-with-a-stream',
    breaks: 'A member that was away from its leader does not ask who speaks for its sessions.',
    file: 'server/speakers.ts',
    changes: [
      [
        'for (const session of this.#parts.speaking())',
        'for (const session of this.#unanswered.keys())',
      ],
    ],
  },
  {
    name: 'the-older-one-speaks',
    breaks: 'Of two connections of a session at members that tell it late, the older one speaks.',
    file: 'server/speakers.ts',
    changes: [['own !== undefined && own < ms) this', 'own !== undefined && own > ms) this']],
  },
];
