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
    changes: [
      [
        'if (stat === undefined) return since < this.#state.lastZxid;',
        'if (stat === undefined) return false;',
      ],
    ],
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
];
