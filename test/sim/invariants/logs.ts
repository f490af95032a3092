/**
 * I3: two logs that have the same zxid somewhere are the same through there.
 * I4: a leader takes nothing out of its own log.
 * I11: indexes are contiguous; zxids are, too, within an epoch, which begins with counter 0 and
 *      is over before its counter runs out.
 * I12: every transaction in any log was proposed as that by the leader of its epoch, which had
 *      applied everything of the epochs before.
 * I24: a log has no hole, on no disk and in no message.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { Entry, LogPosition, Persist } from '../../../raftlog/types.ts';
import { COUNTER_MAX, counterOf, epochOf } from '../../../raftlog/zxid.ts';
import { shortZxid } from '../trace.ts';
import type { Ghost, MemberView } from '../view.ts';
import { violated } from '../violation.ts';

type Append = Extract<Message, { kind: 'append' }>;

export class Logs {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  /** Before its log takes them over. */
  handingOut({ id, core, log, seen }: MemberView, { entries }: Persist): void {
    const first = entries[0];
    if (first === undefined || first.index > log.lastIndex) return;
    const led = seen.role === 'leading' && core.role === 'leading' && seen.epoch === core.epoch;
    if (led && first.epoch === core.epoch && log.last.epoch === core.epoch) {
      violated('I4', `leader ${id} replaces its own entries from ${first.index} on`);
    }
  }

  /** `entry` is the last one of its log now. */
  appended({ log }: MemberView, entry: Entry, before: LogPosition): void {
    checkNeighbours(before, entry);
    if (counterOf(entry.zxid) > (this.#ghost.swarm.core.counterMax ?? COUNTER_MAX)) {
      violated('I11', `the counter of ${shortZxid(entry.zxid)} has run out`);
    }
    const hash = log.hashAt(entry.index) ?? 0;
    const known = this.#ghost.entries.get(entry.zxid);
    if (known === undefined) {
      this.#ghost.entries.set(entry.zxid, { index: entry.index, hash });
      if (entry.type === 'transaction') this.#checkProposal(entry);
    } else if (known.index !== entry.index || known.hash !== hash) {
      violated('I3', `logs that both have ${shortZxid(entry.zxid)} are the same through there`);
    }
  }

  #checkProposal(entry: Entry): void {
    const op = this.#ghost.opOf(entry.payload);
    if (op?.zxid === entry.zxid) return;
    violated('I12', `${shortZxid(entry.zxid)} was proposed by the leader of its epoch`);
  }

  proposing({ id, core, applied }: MemberView): void {
    if (applied.position.epoch === core.epoch) return;
    violated('I12', `leader ${id} has applied everything of former epochs before it proposes`);
  }

  sent({ id, core, log }: MemberView, message: Message): void {
    if (message.kind !== 'append') return;
    checkContiguous(message);
    if (core.role !== 'leading' || core.epoch !== message.epoch) return;
    const own = log.zxidAt(message.previous.index);
    if (own !== undefined && own !== message.previous.zxid) {
      violated('I24', `leader ${id} names its own entry before those that it sends`);
    }
    const last = message.entries.at(-1);
    if (last !== undefined && log.zxidAt(last.index) !== last.zxid) {
      violated('I24', `leader ${id} sends entries of its own log`);
    }
  }
}

function checkNeighbours(before: LogPosition, entry: Entry): void {
  const { index, epoch, zxid } = entry;
  if (index !== before.index + 1) violated('I11', `index ${index} has one before it`);
  if (epochOf(zxid) !== epoch) violated('I11', `${shortZxid(zxid)} is of its entry's epoch`);
  if (epoch === before.epoch) {
    if (zxid === before.zxid + 1) return;
    violated('I11', `${shortZxid(zxid)} follows ${shortZxid(before.zxid)} directly`);
  }
  if (epoch < before.epoch) {
    violated('I11', `epochs never fall along a log: ${shortZxid(zxid)}`);
  }
  if (counterOf(zxid) !== 0 || entry.type !== 'epoch') {
    violated('I11', `an epoch begins with its marker, counter 0, not with ${shortZxid(zxid)}`);
  }
}

function checkContiguous({ previous, entries }: Append): void {
  let index = previous.index;
  let zxid = previous.zxid;
  for (const entry of entries) {
    if (entry.index !== index + 1) violated('I24', `a message has no hole: ${entry.index}`);
    if (entry.zxid <= zxid) violated('I24', `zxids grow in a message: ${shortZxid(entry.zxid)}`);
    index = entry.index;
    zxid = entry.zxid;
  }
}
