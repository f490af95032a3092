/** Bugs of whole members: of what is around the core, and of the replicated state. */
import type { Mutant } from './mutant.ts';

export const MEMBERS_MUTANTS: readonly Mutant[] = [
  {
    name: 'answers-before-events',
    breaks: 'An answer leaves before the events of what it shows.',
    file: 'server/coordinator.ts',
    changes: [
      [
        '    this.#hub.publish(entry, transaction);\n',
        '    this.#requests.release();\n    this.#hub.publish(entry, transaction);\n',
      ],
    ],
  },
  {
    name: 'answer-when-proposed',
    breaks: 'A refusal is answered before what it rests on is applied.',
    file: 'server/pending.ts',
    changes: [
      [
        'index !== undefined && (index <= applied.index ||',
        'index !== undefined && (index <= applied.index + 1 ||',
      ],
    ],
  },
  {
    name: 'sent-again',
    breaks: 'What a leader may have taken is sent to the next one again.',
    file: 'server/requests.ts',
    changes: [
      ['    this.#lost = true;\n    this.index = 0;\n    return false;', '    return true;'],
    ],
  },
  {
    name: 'judges-without-the-past',
    breaks: 'A leader judges before everything of former epochs is applied.',
    file: 'server/replica.ts',
    changes: [
      [
        'this.#core.mayPropose && this.#readyEpoch === this.#core.epoch;',
        'this.#core.mayPropose && this.#core.role === "leading";',
      ],
    ],
  },
  {
    name: 'timers-of-the-last-time',
    breaks: 'A member that begins to lead does not give the sessions their time again.',
    file: 'server/sessions.ts',
    changes: [['    this.restart();\n    this.#judging = true;', '    this.#judging = true;']],
  },
  {
    name: 'signs-not-passed-on',
    breaks: 'A leader answers the signs of life of other members and does not count them.',
    file: 'server/relay.ts',
    changes: [
      [
        '    for (const [at, session] of sessions.entries()) this.#sessions.touch(session, ages?.[at]);\n' +
          '    this.#heard',
        '    this.#heard',
      ],
    ],
  },
  {
    name: 'signs-come-too-late',
    breaks: 'A sign of life of a session whose end is proposed is answered as if it counted.',
    file: 'server/sessions.ts',
    changes: [['    this.#ending.add(session);\n', '']],
  },
  {
    name: 'promises-without-a-quorum',
    breaks: 'A leader of the past, or who follows it, promises what it would give itself.',
    file: 'server/sessions.ts',
    changes: [['Math.min(byThisLeader, byAnyLeader)', 'byThisLeader']],
  },
  {
    name: 'ephemerals-left-behind',
    breaks: 'One ephemeral znode of a session stays when the session ends.',
    file: 'storage/tree/prepare-session.ts',
    changes: [
      [
        'for (const znode of draft.seen.ephemeralsOf(session)) draft.delete(znode);',
        'for (const znode of [...draft.seen.ephemeralsOf(session)].slice(1)) draft.delete(znode);',
      ],
    ],
  },
  {
    name: 'events-of-a-replay-twice',
    breaks: 'A watch that is being replayed is told of what happens meanwhile at once, too.',
    file: 'server/event-hub.ts',
    changes: [['records.get(watch)?.replaying !== true', 'records.has(watch)']],
  },
  {
    name: 'sync-without-a-quorum',
    breaks: 'A sync is answered from what this member has, whoever leads.',
    file: 'server/forwarder.ts',
    changes: [
      [
        '    if (this.#replica.ready && this.#waiting.length === 0',
        '    if (request instanceof PendingSync) {\n      request.confirmed(0);\n      this.#settled();\n' +
          '      return;\n    }\n    if (this.#replica.ready && this.#waiting.length === 0',
      ],
    ],
  },
  {
    name: 'barriers-before-own-writes',
    breaks: 'A barrier does not wait for what its own session has sent before it.',
    file: 'server/requests.ts',
    changes: [['return this.#pending.lastOf(orderOf(caller));', 'return NOWHERE;']],
  },
  {
    name: 'refused-without-a-quorum',
    breaks: 'What changes nothing is judged by a leader of the past, too.',
    file: 'server/confirmations.ts',
    changes: [['return this.#replica.members.voters.length > 1;', 'return false;']],
  },
  {
    name: 'members-younger-than-asked',
    breaks: 'A client that has seen more elsewhere is not waited for.',
    file: 'server/coordinator.ts',
    changes: [['if (zxid <= this.#state.lastZxid) done', 'if (zxid <= zxid) done']],
  },
  {
    name: 'snapshot-without-resync',
    breaks: 'Watches go on behind a snapshot as if nothing had happened in between.',
    file: 'server/event-hub.ts',
    changes: [['of this.#table.clear()) {', 'of [] as [Subscriber, number[]][]) {']],
  },
  {
    name: 'sequence-from-the-children',
    breaks: 'A sequence number is how many children there are.',
    file: 'storage/tree/prepare-znode.ts',
    changes: [
      [
        'sequentialPath(path, parent.stat.creates) : path',
        'sequentialPath(path, parent.stat.numChildren) : path',
      ],
    ],
  },
  {
    name: 'a-transaction-in-parts',
    breaks: 'What a transaction has before the operation that is refused is done all the same.',
    file: 'storage/tree/prepare.ts',
    changes: [
      [
        'prepareOperation(draft, op) ?? roomRefusal(draft);\n',
        'prepareOperation(draft, op);\n      if (refusal && draft.changes.length > 0) break;\n',
      ],
    ],
  },
  {
    name: 'judged-once',
    breaks: 'A session that shows life when its time comes is never looked at again.',
    file: 'server/session-clock.ts',
    changes: [['        this.#schedule(session, life, round + 1);\n', '']],
  },
  {
    name: 'takes-more-than-it-may',
    breaks: 'However many writes are in flight, more are taken.',
    file: 'server/overload.ts',
    changes: [['if (pending >= (relief', 'if (pending >= 1000 * (relief']],
  },
  {
    name: 'repeats-of-the-outstanding',
    breaks: 'A repeat is not recognised while the first attempt is outstanding.',
    file: 'storage/tree/repeats.ts',
    changes: [['    this.#fingerprints.set(labelOf(name), name.fingerprint);\n', '']],
  },
  {
    name: 'answers-to-ids-not-looked-up',
    breaks: 'A repeat of what has happened under an id is taken for one that comes too late.',
    file: 'storage/tree/repeats.ts',
    changes: [['answers?.find(id)?.fingerprint ?? this.#fingerprints', 'this.#fingerprints']],
  },
  {
    name: 'last-id-again',
    breaks: 'The last id of a session is not taken for a repeat.',
    file: 'storage/tree/repeats.ts',
    changes: [['name.id > previous', 'name.id >= previous']],
  },
  {
    name: 'leaders-know-all-sessions',
    breaks: 'A leader says of a session that it has not come to that it has ended.',
    file: 'server/sessions.ts',
    changes: [['return known ? NOT_A_SESSION', 'return known || this.#judging ? NOT_A_SESSION']],
  },
];
