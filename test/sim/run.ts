/** What running one seed takes, and what it comes to: the same for every world. */

/** The core with a simple host around it, or whole members with clients. */
export type World = 'core' | 'members';

export const DEFAULT_STEPS = 10_000;

export interface RunOptions {
  readonly seed: number;
  /** Steps with trouble and steps after it, about; trouble ends after four fifths of them. */
  readonly steps?: number;
  /** Stops after this step. */
  readonly until?: number;
  /** Gets every line of the trace. */
  readonly print?: (line: string) => void;
}

export interface RunResult {
  readonly seed: number;
  readonly steps: number;
  /** Virtual milliseconds. */
  readonly ms: number;
  readonly traceHash: number;
  readonly committed: number;
  readonly epochs: number;
  readonly failure: Failure | undefined;
}

export interface Failure {
  /** I1..I26, L1..; `core` for an assertion of the core itself, `error` for anything else. */
  readonly rule: string;
  readonly message: string;
  readonly step: number;
  readonly swarm: string;
  readonly trace: readonly string[];
}
