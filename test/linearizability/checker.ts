/**
 * Whether a history of one register is linearizable: whether every operation can be given a moment
 * between its call and its answer so that each read shows the last write before it.
 *
 * The search of Wing and Gong with Lowe's memory: operations are tried in the order of their calls,
 * and what has been tried once (the same operations done, the same value) is not tried again. A
 * write of which nothing is known (`answered` undefined) may take effect at any later time, or
 * never.
 */

export interface Operation {
  readonly kind: 'read' | 'write';
  /** Written, or read. */
  readonly value: string;
  /** Times of one clock; a call comes before its answer. */
  readonly called: number;
  /** Undefined: a write that may have been done. */
  readonly answered: number | undefined;
}

/** A call or an answer, in the list of those that are not placed yet. */
interface Step {
  readonly at: number;
  /** Index of the operation. */
  readonly id: number;
  readonly operation: Operation;
  /** Of a call: the step of its answer. */
  answer: Step | undefined;
  before: Step | undefined;
  after: Step | undefined;
}

interface Placed {
  readonly call: Step;
  readonly former: string;
}

export function isLinearizable(history: readonly Operation[], initial: string): boolean {
  const head = stepsOf(history);
  const seen = new Set<string>();
  const placed: Placed[] = [];
  /** Of what was done, by which histories that did the same are known; order does not matter. */
  const bits = new Uint32Array(Math.ceil(history.length / 32));
  let value = initial;
  let certain = history.filter(({ answered }) => answered !== undefined).length;
  let step = head.after;
  while (certain > 0) {
    if (step?.answer !== undefined) {
      const { id, operation } = step;
      const fits = operation.kind === 'write' || operation.value === value;
      const next = operation.kind === 'write' ? operation.value : value;
      bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31));
      const key = `${next}:${bits.join(',')}`;
      if (fits && !seen.has(key)) {
        seen.add(key);
        placed.push({ call: step, former: value });
        value = next;
        if (operation.answered !== undefined) certain -= 1;
        lift(step);
        step = head.after;
        continue;
      }
      bits[id >>> 5] = (bits[id >>> 5] ?? 0) & ~(1 << (id & 31));
      step = step.after;
      continue;
    }
    // An answer whose call could not be placed before it, or the end: something before is wrong.
    const last = placed.pop();
    if (last === undefined) return false;
    const { id, operation } = last.call;
    bits[id >>> 5] = (bits[id >>> 5] ?? 0) & ~(1 << (id & 31));
    value = last.former;
    if (operation.answered !== undefined) certain += 1;
    putBack(last.call);
    step = last.call.after;
  }
  return true;
}

/** The list of all calls and answers in the order of time; what is given back stands before it. */
function stepsOf(history: readonly Operation[]): Step {
  const steps: Step[] = [];
  for (const [id, operation] of history.entries()) {
    const link = { id, operation, before: undefined, after: undefined, answer: undefined };
    const answer: Step = { ...link, at: operation.answered ?? Number.POSITIVE_INFINITY };
    steps.push({ ...link, at: operation.called, answer }, answer);
  }
  // At the same time calls come first: what overlaps in doubt is taken to overlap.
  steps.sort((a, b) => (a.at === b.at ? callsFirst(a, b) : a.at - b.at));
  const head: Step = { ...EMPTY };
  let last = head;
  for (const step of steps) {
    last.after = step;
    step.before = last;
    last = step;
  }
  return head;
}

const EMPTY: Step = {
  at: 0,
  id: -1,
  operation: { kind: 'read', value: '', called: 0, answered: 0 },
  answer: undefined,
  before: undefined,
  after: undefined,
};

function callsFirst(a: Step, b: Step): number {
  return Number(a.answer === undefined) - Number(b.answer === undefined);
}

/** Takes a call and its answer out of the list. */
function lift(call: Step): void {
  for (const step of [call, call.answer]) {
    if (step === undefined) continue;
    if (step.before !== undefined) step.before.after = step.after;
    if (step.after !== undefined) step.after.before = step.before;
  }
}

/** Undoes `lift`, in the opposite order. */
function putBack(call: Step): void {
  for (const step of [call.answer, call]) {
    if (step === undefined) continue;
    if (step.before !== undefined) step.before.after = step;
    if (step.after !== undefined) step.after.before = step;
  }
}
