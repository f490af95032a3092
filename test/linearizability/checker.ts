/**
 * Whether a history is linearizable: whether every operation can be given a moment between its call
 * and its answer so that, in that order, each does what it was answered.
 *
 * The search of Wing and Gong with Lowe's memory: operations are tried in the order of their calls,
 * and what has been tried once (the same operations done, the same state) is not tried again. An
 * operation of which nothing is known (`answered` undefined) may take effect at any later time, or
 * never. Such ones would make the search exponential, for each may stand anywhere in what follows;
 * so they are tried only where nothing else fits, and of those that are alike (`Model.twin`) only
 * the one called first: where a later one would stand, the first one may stand just as well.
 */

import { assert } from '../../raftlog/assert.ts';

export interface Operation<Call> {
  readonly call: Call;
  /** Times of one clock; a call comes before its answer. */
  readonly called: number;
  /** Undefined: it may have been done, and may still be. */
  readonly answered: number | undefined;
}

export interface Model<Call> {
  readonly initial: string;
  /** The state that it leaves; undefined when it cannot have been answered so in that state. */
  after(state: string, call: Call): string | undefined;
  /**
   * Calls without answer that share this text do the same, as far as any answer tells; undefined:
   * it is like no other.
   */
  twin(call: Call): string | undefined;
}

export interface Verdict {
  readonly linearizable: boolean;
  /** How often an operation was tried: what the search has cost. */
  readonly tries: number;
}

/** A call or an answer, in the list of those that are not placed yet. */
interface Step<Call> {
  readonly at: number;
  readonly task: Task<Call>;
  /** Whether it was answered. */
  readonly isSure: boolean;
  /** Of a call: the step of its answer. */
  answer: Step<Call> | undefined;
  before: Step<Call> | undefined;
  after: Step<Call> | undefined;
}

interface Task<Call> {
  readonly operation: Operation<Call>;
  /** Two random numbers, by which what is done is known whatever its order. */
  readonly marks: readonly [number, number];
  /** To be placed before this one. */
  readonly elderTwin: Task<Call> | undefined;
  placed: boolean;
}

interface Placed<Call> {
  readonly step: Step<Call>;
  readonly former: string;
  /** What changes nothing and can stand here may as well: nothing else is tried instead. */
  readonly changes: boolean;
}

/** A search that has come so far would take for ever: the history is not one that can be judged. */
const MAX_TRIES = 5_000_000;

/** Throws when it cannot tell within reason. */
export function judge<Call>(history: readonly Operation<Call>[], model: Model<Call>): Verdict {
  const { answered, unanswered } = listsOf(tasksOf(history, model));
  const done = new Done();
  const placed: Placed<Call>[] = [];
  let state = model.initial;
  let certain = history.filter((operation) => operation.answered !== undefined).length;
  let tries = 0;
  /** What may stand next: whatever was called before the first answer in the list. */
  const following = (step: Step<Call>): Step<Call> | undefined => {
    if (step.isSure && step.after?.answer !== undefined) return step.after;
    const next = step.isSure ? unanswered.after : step.after;
    return next !== undefined && next.at <= firstAnswer(answered) ? next : undefined;
  };
  let step = following(answered);
  while (certain > 0) {
    if (step !== undefined) {
      const { task } = step;
      tries += 1;
      assert(tries < MAX_TRIES, `${history.length} operations are too much to judge`);
      const next = task.elderTwin?.placed === false ? undefined : after(model, state, task);
      if (next === undefined || !done.isNew(task.marks, next)) {
        step = following(step);
        continue;
      }
      placed.push({ step, former: state, changes: next !== state });
      state = next;
      task.placed = true;
      if (step.isSure) certain -= 1;
      lift(step);
      step = following(answered);
      continue;
    }
    const last = placed.pop();
    if (last === undefined) return { linearizable: false, tries };
    done.toggle(last.step.task.marks);
    last.step.task.placed = false;
    state = last.former;
    if (last.step.isSure) certain += 1;
    putBack(last.step);
    step = last.changes ? following(last.step) : undefined;
  }
  return { linearizable: true, tries };
}

function after<Call>(model: Model<Call>, state: string, task: Task<Call>): string | undefined {
  return model.after(state, task.operation.call);
}

function firstAnswer<Call>(answered: Step<Call>): number {
  let step = answered.after;
  while (step?.answer !== undefined) step = step.after;
  return step?.at ?? Number.POSITIVE_INFINITY;
}

/**
 * Which sets of operations have led to which states. A set is known by 64 random bits: two that are
 * taken for one another, once in many more runs than there will be, end a search too early, so a
 * history is refused that is good; never the other way round.
 */
class Done {
  readonly #seen = new Set<string>();
  #low = 0;
  #high = 0;

  /** Takes an operation in, unless what it comes to has been tried. */
  isNew([low, high]: readonly [number, number], state: string): boolean {
    const key = `${(this.#low ^ low) >>> 0}.${(this.#high ^ high) >>> 0}:${state}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.toggle([low, high]);
    return true;
  }

  /** Takes an operation in, or out again. */
  toggle([low, high]: readonly [number, number]): void {
    this.#low ^= low;
    this.#high ^= high;
  }
}

function tasksOf<Call>(history: readonly Operation<Call>[], model: Model<Call>): Task<Call>[] {
  const twins = new Map<string, Task<Call>>();
  const sorted = [...history].sort((a, b) => a.called - b.called);
  return sorted.map((operation) => {
    const twin = operation.answered === undefined ? model.twin(operation.call) : undefined;
    const elderTwin = twin === undefined ? undefined : twins.get(twin);
    const task = { operation, marks: [bits32(), bits32()] as const, elderTwin, placed: false };
    if (twin !== undefined) twins.set(twin, task);
    return task;
  });
}

function bits32(): number {
  return (Math.random() * 2 ** 32) | 0;
}

/**
 * Calls and answers of what was answered, and calls of what was not, each in the order of time;
 * what is given back stands before the first.
 */
function listsOf<Call>(tasks: readonly Task<Call>[]) {
  const answered: Step<Call>[] = [];
  const unanswered: Step<Call>[] = [];
  const none = { before: undefined, after: undefined, answer: undefined };
  for (const task of tasks) {
    const { called, answered: at } = task.operation;
    if (at === undefined) {
      unanswered.push({ at: called, task, isSure: false, ...none });
    } else {
      const answer = { at, task, isSure: true, ...none };
      answered.push({ at: called, task, isSure: true, ...none, answer }, answer);
    }
  }
  // At the same time calls come first: what overlaps in doubt is taken to overlap.
  answered.sort((a, b) => (a.at === b.at ? callsFirst(a, b) : a.at - b.at));
  return { answered: linked(answered, true), unanswered: linked(unanswered, false) };
}

function linked<Call>(steps: readonly Step<Call>[], isSure: boolean): Step<Call> {
  const none = { before: undefined, after: undefined, answer: undefined };
  const head: Step<Call> = { at: 0, task: NOBODY as Task<Call>, isSure, ...none };
  let last = head;
  for (const step of steps) {
    last.after = step;
    step.before = last;
    last = step;
  }
  return head;
}

/** Of the head of a list, which is never tried. */
const NOBODY: Task<unknown> = {
  operation: { call: undefined, called: 0, answered: 0 },
  marks: [0, 0],
  elderTwin: undefined,
  placed: true,
};

function callsFirst<Call>(a: Step<Call>, b: Step<Call>): number {
  return Number(a.answer === undefined) - Number(b.answer === undefined);
}

/** Takes a call and its answer out of the list. */
function lift<Call>(call: Step<Call>): void {
  for (const step of [call, call.answer]) {
    if (step === undefined) continue;
    if (step.before !== undefined) step.before.after = step.after;
    if (step.after !== undefined) step.after.before = step.before;
  }
}

/** Undoes `lift`, in the opposite order. */
function putBack<Call>(call: Step<Call>): void {
  for (const step of [call.answer, call]) {
    if (step === undefined) continue;
    if (step.before !== undefined) step.before.after = step;
    if (step.after !== undefined) step.after.before = step;
  }
}
