/**
 * Texts that are kept because they may be asked for again: a cache with a bound, by place. What has
 * not been asked for in a while goes first. Whoever changes what a text was made from drops it.
 */

/** Units of all texts together: 32 MiB at two bytes a unit, half that for plain ASCII. */
export const KEPT_UNITS_MAX = 16 * 1024 * 1024;

export class KeptTexts {
  readonly #halfUnits: number;
  /** Two generations: when the young are half of what may be kept, the old ones go. */
  #young = new Map<number, string>();
  #youngUnits = 0;
  #old = new Map<number, string>();
  #oldUnits = 0;

  constructor(maxUnits: number = KEPT_UNITS_MAX) {
    this.#halfUnits = maxUnits / 2;
  }

  get units(): number {
    return this.#youngUnits + this.#oldUnits;
  }

  get(place: number): string | undefined {
    const young = this.#young.get(place);
    if (young !== undefined) return young;
    const old = this.#old.get(place);
    if (old === undefined) return undefined;
    this.set(place, old);
    return old;
  }

  set(place: number, text: string): void {
    this.delete(place);
    if (text.length > this.#halfUnits) return;
    if (this.#youngUnits + text.length > this.#halfUnits) {
      this.#old = this.#young;
      this.#oldUnits = this.#youngUnits;
      this.#young = new Map();
      this.#youngUnits = 0;
    }
    this.#young.set(place, text);
    this.#youngUnits += text.length;
  }

  delete(place: number): void {
    const young = this.#young.get(place);
    if (young !== undefined) {
      this.#young.delete(place);
      this.#youngUnits -= young.length;
      return;
    }
    const old = this.#old.get(place);
    if (old === undefined) return;
    this.#old.delete(place);
    this.#oldUnits -= old.length;
  }
}
