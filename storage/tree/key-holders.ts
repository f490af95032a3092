/**
 * Who has how many of the keys that are kept, so that nobody has all. Follows from the answers that
 * are kept; what a holder may have is for the leader to say.
 */

/** What the keys of one holder come to. */
export interface Holding {
  readonly holder: string;
  keys: number;
  /** Of the texts of the answers. */
  units: number;
}

export class KeyHolders {
  readonly #holdings = new Map<string, Holding>();

  get(holder: string): Readonly<Holding> | undefined {
    return this.#holdings.get(holder);
  }

  clear(): void {
    this.#holdings.clear();
  }

  /** A key is counted for them; what is given back is for `remove`. */
  add(holders: readonly string[], units: number): readonly Holding[] {
    return holders.map((holder) => {
      let holding = this.#holdings.get(holder);
      if (holding === undefined) {
        holding = { holder, keys: 0, units: 0 };
        this.#holdings.set(holder, holding);
      }
      holding.keys += 1;
      holding.units += units;
      return holding;
    });
  }

  remove(holdings: readonly Holding[], units: number): void {
    for (const holding of holdings) {
      holding.keys -= 1;
      holding.units -= units;
      if (holding.keys === 0) this.#holdings.delete(holding.holder);
    }
  }
}
