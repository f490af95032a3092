/**
 * Turns requests into transactions, on the leader. A request is judged against the committed tree
 * and everything prepared since (`outstanding.ts`), in ZooKeeper's order of checks; it comes to a
 * transaction whose every result is absolute, or to a refusal, which leaves no trace.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import { Draft, type PrepareContext, type PrepareLimits } from './draft.ts';
import { shownResult, showsStat } from './dry-run.ts';
import type { Refusal } from './errors.ts';
import { Outstanding } from './outstanding.ts';
import { prepareSetQuota } from './prepare-quota.ts';
import {
  prepareCloseSession,
  prepareOpenSession,
  prepareReap,
  prepareSetConfig,
} from './prepare-session.ts';
import { prepareOperation, requestRefusal } from './prepare-znode.ts';
import { ID_PASSED, Repeats } from './repeats.ts';
import { resultsOf } from './results.ts';
import type { ReplicatedState } from './state.ts';
import type {
  LoggedName,
  OpResult,
  SessionId,
  Transaction,
  TransactionOp,
  TransactionRequest,
  WriteRequest,
} from './types.ts';

export type { PrepareContext, PrepareLimits } from './draft.ts';

export type Prepared =
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** There is nothing to log: what a dry run would come to, or a transaction of no operations. */
  | { readonly kind: 'dryRun'; readonly results: readonly OpResult[] }
  /** It is a repeat: the answer is the first one, which `ReplicatedState.answers` has by then. */
  | { readonly kind: 'repeated' }
  /** The leader's own request has nothing left to do. */
  | { readonly kind: 'nothing' };

const NOTHING: Prepared = { kind: 'nothing' };

export class Preparer {
  readonly #limits: PrepareLimits;
  readonly #state: ReplicatedState;
  readonly #seen: Outstanding;
  readonly #repeats: Repeats;

  constructor(state: ReplicatedState, limits: PrepareLimits) {
    this.#limits = limits;
    this.#state = state;
    this.#seen = new Outstanding(state);
    this.#repeats = new Repeats(state, limits, (session) => this.#seen.hasSession(session));
  }

  /** Whether everything that was prepared has been applied. */
  get idle(): boolean {
    return this.#seen.idle;
  }

  /**
   * A transaction that comes of this counts as outstanding at once: it must be proposed with
   * `context.zxid` before anything else is prepared, or forgotten with `reset`.
   */
  prepare(request: WriteRequest, context: PrepareContext): Prepared {
    const look = this.#repeats.look(request, context);
    if (look.kind === 'repeated' || look.kind === 'refused') return look;
    const name = look.kind === 'new' ? look.name : undefined;
    this.#seen.begin();
    const draft = new Draft(this.#seen, context, this.#limits);
    const prepared = this.#decide(draft, request, name);
    if (prepared.kind !== 'transaction') {
      this.#seen.rollBack();
      return prepared;
    }
    if (look.kind === 'passed') {
      this.#seen.rollBack();
      return { kind: 'refused', refusal: ID_PASSED };
    }
    if (name === undefined) {
      this.#seen.keep();
      return prepared;
    }
    const { transaction } = prepared;
    const fitted = 'id' in name ? this.#repeats.withRoom(name, transaction) : transaction;
    if ('code' in fitted) {
      this.#seen.rollBack();
      return { kind: 'refused', refusal: fitted };
    }
    this.#seen.keep();
    this.#repeats.keep(context.zxid, name, transaction);
    return fitted === transaction ? prepared : { kind: 'transaction', transaction: fitted };
  }

  /** Everything through `zxid` is in the committed tree now. */
  applied(zxid: Zxid): void {
    this.#seen.applied(zxid);
    this.#repeats.applied(zxid);
  }

  /** Forgets everything outstanding: this member begins to lead. */
  reset(): void {
    this.#seen.reset();
    this.#repeats.reset();
  }

  #decide(draft: Draft, request: WriteRequest, name: LoggedName | undefined): Prepared {
    switch (request.op) {
      case 'transaction':
        return this.#decideTransaction(draft, request, name);
      case 'openSession':
        return finished(draft, prepareOpenSession(draft, request), name);
      case 'closeSession':
        return finished(draft, prepareCloseSession(draft, request), name);
      case 'reap':
        prepareReap(draft, request);
        draft.hideAclsToFit();
        return finished(draft, undefined, name);
      case 'setConfig':
        prepareSetConfig(draft, request, this.#configText());
        draft.hideAclsToFit();
        return finished(draft, undefined, name);
      case 'setQuota':
        return finished(
          draft,
          this.#sessionRefusal(draft.context.session) ??
            prepareSetQuota(draft, request) ??
            roomRefusal(draft),
          name,
        );
      default: {
        const refusal =
          requestRefusal(request, this.#limits) ??
          this.#sessionRefusal(draft.context.session) ??
          prepareOperation(draft, request) ??
          roomRefusal(draft);
        return finished(draft, refusal, name);
      }
    }
  }

  #decideTransaction(
    draft: Draft,
    request: TransactionRequest,
    name: LoggedName | undefined,
  ): Prepared {
    const { ops } = request;
    const early = this.#sizeRefusal(ops) ?? this.#sessionRefusal(draft.context.session);
    if (early !== undefined) return { kind: 'refused', refusal: early };
    draft.reserve(ops.length);
    draft.isDryRun = request.dryRun === true;
    const resultAt: number[] = [];
    const shown: boolean[] = [];
    for (const [index, op] of ops.entries()) {
      const refusal =
        requestRefusal(op, this.#limits) ?? prepareOperation(draft, op) ?? roomRefusal(draft);
      if (refusal !== undefined) return { kind: 'refused', refusal: { ...refusal, index } };
      const isCheck = op.op === 'check' || op.op === 'checkAbsent';
      resultAt.push(isCheck ? -1 : draft.changes.length - 1);
      if (draft.isDryRun) shown.push(showsStat(draft, op));
    }
    const { zxid, time } = draft.context;
    const named = name === undefined ? undefined : { name };
    const transaction: Transaction = { time, changes: draft.changes, resultAt, ...named };
    if (draft.isDryRun || draft.changes.length === 0) {
      const results = resultsOf(zxid, transaction, request);
      return { kind: 'dryRun', results: results.map((each, at) => shownResult(each, shown[at])) };
    }
    return { kind: 'transaction', transaction };
  }

  #sizeRefusal(ops: readonly TransactionOp[]): Refusal | undefined {
    const { transactionOps, transactionBytes } = this.#limits;
    if (ops.length > transactionOps) {
      return { code: 'TooLarge', limit: { name: 'transactionOps', value: transactionOps } };
    }
    let bytes = 0;
    for (const op of ops) if (op.op === 'create' || op.op === 'set') bytes += op.data.length;
    if (bytes <= transactionBytes) return undefined;
    return { code: 'TooLarge', limit: { name: 'transactionBytes', value: transactionBytes } };
  }

  /** Of the applied tree: only a leader writes it, who begins with nothing outstanding. */
  #configText(): string {
    return this.#state.tree.get('/zookeeper/config')?.text ?? '';
  }

  #sessionRefusal(session: SessionId | ''): Refusal | undefined {
    if (session === '' || this.#seen.hasSession(session)) return undefined;
    return { code: 'SessionExpired' };
  }
}

/** What is more than an entry may hold. The leader's own requests make room: `hideAclsToFit`. */
function roomRefusal(draft: Draft): Refusal | undefined {
  if (draft.fits) return undefined;
  const { entryBytes } = draft.limits;
  return { code: 'TooLarge', limit: { name: 'entryBytes', value: entryBytes } };
}

function finished(
  draft: Draft,
  refusal: Refusal | undefined,
  name: LoggedName | undefined,
): Prepared {
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const { changes } = draft;
  if (changes.length === 0) return NOTHING;
  const { time } = draft.context;
  const transaction = name === undefined ? { time, changes } : { time, changes, name };
  return { kind: 'transaction', transaction };
}
