/**
 * The few statistics that a benchmark needs. Latencies are milliseconds throughout.
 */

/** Keeps samples without allocating while they are taken; the newest are dropped when full. */
export class Samples {
  readonly #values: Float32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float32Array(capacity);
  }

  add(value: number): void {
    if (this.#count < this.#values.length) this.#values[this.#count++] = value;
  }

  clear(): void {
    this.#count = 0;
  }

  /** The values at the given fractions of the sorted samples; NaN when there are none. */
  quantiles(fractions: readonly number[]): number[] {
    const sorted = this.#values.subarray(0, this.#count).slice().sort();
    return fractions.map((fraction) => {
      const at = Math.min(sorted.length - 1, Math.floor(sorted.length * fraction));
      return sorted[at] ?? Number.NaN;
    });
  }
}

/** The median; the mean of the two in the middle of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
