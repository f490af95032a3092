/**
 * A znode as one register: its data and its version, set, compared and set, deleted and read. Each
 * value is written once at most, so a read tells whose it is.
 *
 * States are text: '' = there is none, else its version and its data.
 */
import { judge, type Model, type Operation, type Verdict } from './checker.ts';

/** What a read shows of a znode that is there. */
export interface Shown {
  readonly version: number;
  readonly value: string;
}

export type Outcome =
  | { readonly kind: 'done'; readonly version?: number }
  /** Under a version that the znode does not have; it has this one. */
  | { readonly kind: 'badVersion'; readonly version: number }
  | { readonly kind: 'noNode' }
  | { readonly kind: 'unknown' };

export type Call =
  /** `shown` undefined: there is no znode. */
  | { readonly kind: 'read'; readonly shown: Shown | undefined }
  /** Without `expected` it creates the znode when there is none. */
  | {
      readonly kind: 'set';
      readonly value: string;
      readonly expected?: number;
      readonly outcome: Outcome;
    }
  | { readonly kind: 'delete'; readonly expected?: number; readonly outcome: Outcome };

export type RegisterOperation = Operation<Call>;

export function judgeRegister(history: readonly RegisterOperation[]): Verdict {
  return judge(settled(history), REGISTER);
}

export function isLinearizable(history: readonly RegisterOperation[]): boolean {
  return judgeRegister(history).linearizable;
}

/**
 * What was read has been written, by then, whether its writer was answered or not. So what is left
 * without an answer is what nobody has read.
 */
function settled(history: readonly RegisterOperation[]): readonly RegisterOperation[] {
  const readBy = new Map<string, number>();
  for (const { call, answered } of history) {
    if (call.kind !== 'read' || call.shown === undefined || answered === undefined) continue;
    const { value } = call.shown;
    readBy.set(value, Math.min(answered, readBy.get(value) ?? answered));
  }
  return history.map((operation) => {
    const { call, answered } = operation;
    if (call.kind !== 'set' || answered !== undefined) return operation;
    return { ...operation, answered: readBy.get(call.value) };
  });
}

const REGISTER: Model<Call> = {
  initial: '',

  after(state, call) {
    if (call.kind === 'read') return state === textOf(call.shown) ? state : undefined;
    const version = state === '' ? undefined : Number.parseInt(state, 10);
    const { expected, outcome } = call;
    if (outcome.kind === 'noNode') return version === undefined ? state : undefined;
    if (outcome.kind === 'badVersion') {
      return version === outcome.version && version !== expected ? state : undefined;
    }
    if (expected !== undefined && version !== expected) return undefined;
    if (call.kind === 'delete') return version === undefined ? undefined : '';
    const next = version === undefined ? 0 : version + 1;
    const told = outcome.kind === 'done' ? outcome.version : undefined;
    if (told !== undefined && told !== next) return undefined;
    return textOf({ version: next, value: call.value });
  },

  /** What nobody has read leaves a version, or nothing, whatever its value. */
  twin(call) {
    return call.kind === 'read' ? undefined : `${call.kind} ${call.expected}`;
  },
};

function textOf(shown: Shown | undefined): string {
  return shown === undefined ? '' : `${shown.version} ${shown.value}`;
}
