/** The only two clocks of a member, injected so that tests and a simulator can drive them. */

export interface Clock {
  /** Wall clock, ms since 1970: stamps ctime and mtime, never decides how long something took. */
  wall(): number;
  /** Monotonic clock, ms: every timeout is measured on it. */
  monotonic(): number;
  /** Calls `run` after `ms`; the returned function cancels it. Does not keep the process alive. */
  after(ms: number, run: () => void): () => void;
  /** Calls `run` once what is waiting in the sockets has been taken in. */
  soon(run: () => void): void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon: (run) => {
    setImmediate(run);
  },
};
