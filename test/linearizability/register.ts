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
  return judge(history, new Register(history));
}

export function isLinearizable(history: readonly RegisterOperation[]): boolean {
  return judgeRegister(history).linearizable;
}

class Register implements Model<Call> {
  readonly initial = '';
  /** The values that anybody has read. */
  readonly #read = new Set<string>();

  constructor(history: readonly RegisterOperation[]) {
    for (const { call } of history) {
      if (call.kind === 'read' && call.shown !== undefined) this.#read.add(call.shown.value);
    }
  }

  after(state: string, call: Call): string | undefined {
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
  }

  /** Whatever nobody has read the value of: what it leaves is a version, or nothing. */
  twin(call: Call): string | undefined {
    if (call.kind === 'set' && this.#read.has(call.value)) return undefined;
    return call.kind === 'read' ? undefined : `${call.kind} ${call.expected}`;
  }
}

function textOf(shown: Shown | undefined): string {
  return shown === undefined ? '' : `${shown.version} ${shown.value}`;
}
