/**
 * The coordinator of production with somebody who looks over its shoulder: the rules are told what
 * it applies before anybody else hears of it, who shows signs of life, what it is asked for and
 * how much of that waits.
 */
import type { Entry } from '../../../raftlog/types.ts';
import { MemberCoordinator } from '../../../server/coordinator.ts';
import type { MemberCoordinatorOptions } from '../../../server/coordinator-options.ts';
import type { Caller, RequestName, WriteAnswer } from '../../../server/types.ts';
import type { ReadAnswer, ReadRequest } from '../../../storage/tree/reads.ts';
import type { ReplicatedState } from '../../../storage/tree/state.ts';
import type { SessionId, Transaction, WriteRequest } from '../../../storage/tree/types.ts';
import type { Rules } from './rules.ts';
import type { StreamEnd } from './streams.ts';

export class ObservedCoordinator extends MemberCoordinator {
  readonly #member: StreamEnd;
  readonly #rules: Rules;
  readonly #state: ReplicatedState;

  constructor(options: MemberCoordinatorOptions, member: StreamEnd, rules: Rules) {
    super(options);
    this.#member = member;
    this.#rules = rules;
    this.#state = options.state;
  }

  // ------------------------------------------------------------------------- what the log says

  override applied(entry: Entry, transaction: Transaction): void {
    this.#rules.applied(this.#member, entry, transaction, this.#state);
    const last = transaction.changes.at(-1);
    if (last?.op === 'openSession') this.#rules.sign(this.#member, last.session);
    super.applied(entry, transaction);
  }

  override passed(entry: Entry): void {
    this.#rules.applied(this.#member, entry, undefined, this.#state);
    super.passed(entry);
  }

  override restored(): void {
    this.#rules.loaded(this.#member, this.#state);
    super.restored();
  }

  override turned(): void {
    super.turned();
    const { role, ready } = this.status();
    this.#rules.turned(this.#member, role === 'leading', ready);
  }

  // ------------------------------------------------------------------------------ what is asked

  override write(
    caller: Caller,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    name?: RequestName,
  ): void {
    this.#rules.sign(this.#member, caller.session);
    const isFull = this.#rules.bounds.isFull(this.inFlight, this.limits);
    const closes = request.op === 'closeSession' ? request.session : undefined;
    if (closes !== undefined) this.#rules.ending(this.#member, closes, true);
    if (!isFull && closes === undefined) {
      super.write(caller, request, done, name);
      return;
    }
    const heard = (answer: WriteAnswer) => {
      if (isFull) this.#rules.bounds.answeredByFull(this.#member.id, answer);
      if (closes !== undefined && !answer.ok) this.#rules.ending(this.#member, closes, false);
      done(answer);
    };
    super.write(caller, request, heard, name);
  }

  override read(caller: Caller, request: ReadRequest): ReadAnswer {
    this.#rules.sign(this.#member, caller.session);
    return super.read(caller, request);
  }

  override authenticate(
    ...token: Parameters<MemberCoordinator['authenticate']>
  ): ReturnType<MemberCoordinator['authenticate']> {
    const proof = super.authenticate(...token);
    if (proof.ok) this.#rules.sign(this.#member, proof.session);
    return proof;
  }

  override touch(session: SessionId): void {
    this.#rules.sign(this.#member, session);
    super.touch(session);
  }

  /** Now and then. */
  look(): void {
    const { watches, ready } = this.status();
    if (this.#member.paused || !ready || this.inFlight >= this.limits.inFlightWrites) {
      this.#rules.absent(this.#member);
    }
    this.#rules.look(this.#member, watches, this.limits, this.#state);
  }
}
