/** What a master decides: from the state as it is to what has to change. Asks nobody. */

export interface State {
  /** The mzxid of /master; undefined when nobody leads. */
  readonly master: string | undefined;
  /** Tasks that are not done yet, oldest first. */
  readonly tasks: readonly string[];
  /** Workers that are alive. */
  readonly workers: readonly string[];
  /** The tasks that each worker has been given, those of dead workers included. */
  readonly assigned: ReadonlyMap<string, readonly string[]>;
}

export interface Assignment {
  readonly worker: string;
  readonly task: string;
}

export interface Plan {
  /** From workers that are gone. They come first: then the tasks are free for the next round. */
  readonly withdraw: readonly Assignment[];
  /** Workers that are gone: their empty folders. */
  readonly dismiss: readonly string[];
  readonly assign: readonly Assignment[];
}

/** A worker has at most so many tasks: what it does not have yet, nobody has to take from it. */
const TASKS_PER_WORKER = 2;

export function plan({ tasks, workers, assigned }: State): Plan {
  const alive = new Set(workers);
  const gone = [...assigned].filter(([worker]) => !alive.has(worker));
  const withdraw = gone.flatMap(([worker, held]) => held.map((task) => ({ worker, task })));
  const taken = new Set([...assigned.values()].flat());
  const load = new Map(workers.map((worker) => [worker, assigned.get(worker)?.length ?? 0]));
  const assign: Assignment[] = [];
  for (const task of tasks.filter((free) => !taken.has(free))) {
    const [worker, count] = leastLoaded(load);
    if (worker === undefined || count >= TASKS_PER_WORKER) break;
    assign.push({ worker, task });
    load.set(worker, count + 1);
  }
  return { withdraw, dismiss: gone.map(([worker]) => worker), assign };
}

function leastLoaded(load: ReadonlyMap<string, number>): [string | undefined, number] {
  let least: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const [worker, count] of load) if (count < least[1]) least = [worker, count];
  return least;
}
