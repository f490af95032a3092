/**
 * Chance, from a seed: the same seed gives the same numbers everywhere (sfc32). Each concern of the
 * simulation has a generator of its own (`fork`), so that one more draw here changes nothing there.
 */
export class Random {
  readonly #seed: number;
  readonly #stream: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream = 0) {
    this.#seed = seed;
    this.#stream = stream;
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) ^ stream;
    this.#c = 0x9e3779b9;
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** A generator that depends on the seed and the name only, not on what was drawn before. */
  fork(name: string): Random {
    return new Random(this.#seed, mixed(this.#stream, textHash(name)));
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  /** An integer in 0..below-1. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** An integer in from..through. */
  between(from: number, through: number): number {
    return from + this.below(through - from + 1);
  }

  /** A number in [from, to). */
  within(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Exponentially distributed; never more than ten times the mean. */
  exponential(mean: number): number {
    return Math.min(10 * mean, -mean * Math.log(1 - this.next()));
  }

  pick<T>(items: readonly [T, ...T[]]): T;
  pick<T>(items: readonly T[]): T | undefined;
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** The same items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const result: T[] = [];
    while (rest.length > 0) result.push(...rest.splice(this.below(rest.length), 1));
    return result;
  }
}

/** FNV-1a, as a signed 32-bit number. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash | 0;
}

/** One number out of two: the next link of a chain. */
export function mixed(hash: number, value: number): number {
  let next = Math.imul(hash ^ (value | 0), 0x85ebca6b);
  next = Math.imul(next ^ (next >>> 13) ^ ((value / 2 ** 32) | 0), 0xc2b2ae35);
  return (next ^ (next >>> 16)) | 0;
}
