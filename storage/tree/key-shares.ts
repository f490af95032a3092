/**
 * How much of the room for idempotency keys one caller may have: as much as is left for everybody
 * else, and all callers of one address twice that. So one who takes all that can be had gets half
 * of the room, the second a third, and there is always some for one more. Judged by the leader, on
 * the replicated state and what is outstanding.
 */
import type { AnswerTable, OldAnswers } from './answers.ts';
import type { PrepareLimits } from './draft.ts';
import type { Refusal } from './errors.ts';
import { type Holding, KeyHolders } from './key-holders.ts';

const NOTHING = { keys: 0, units: 0 };

/** What may be held by whom a key is counted for first, and second, of what is left. */
const SHARES = [1, 2] as const;

export class KeyShares {
  readonly #limits: PrepareLimits;
  /** Keys that are outstanding, in all and by holder, and the units of the answers to them. */
  #keys = 0;
  #units = 0;
  readonly #holders = new KeyHolders();

  constructor(limits: PrepareLimits) {
    this.#limits = limits;
  }

  /** A key has become outstanding; what is given back is for `remove`. */
  add(holders: readonly string[], units: number): readonly Holding[] {
    this.#keys += 1;
    this.#units += units;
    return this.#holders.add(holders, units);
  }

  /** It is so no more. */
  remove(holdings: readonly Holding[], units: number): void {
    this.#keys -= 1;
    this.#units -= units;
    this.#holders.remove(holdings, units);
  }

  reset(): void {
    this.#keys = 0;
    this.#units = 0;
    this.#holders.clear();
  }

  /**
   * Why there is no room for one key more of `holders`, when `old` is forgotten for it. `isAllOld`:
   * there is no more that is old. Rather than to forget an answer too early, a request is refused.
   */
  refusal(
    answers: AnswerTable,
    holders: readonly string[],
    old: OldAnswers,
    isAllOld: boolean,
  ): Refusal | undefined {
    const { idempotencyKeys, idempotencyBytes } = this.#limits;
    const keysLeft = idempotencyKeys - (answers.keys - old.keys) - this.#keys;
    if (keysLeft <= 0) return throttled('idempotencyKeys', idempotencyKeys, ALL_USED);
    const unitsLeft = idempotencyBytes - (answers.keyedUnits - old.units) - this.#units;
    if (unitsLeft <= 0) return throttled('idempotencyBytes', idempotencyBytes, ALL_USED);
    // Whose are old that were not looked at is not known; they go with each key that is used.
    if (!isAllOld) return undefined;
    for (const [at, holder] of holders.entries()) {
      const share = SHARES[at] ?? 1;
      const kept = answers.heldBy(holder) ?? NOTHING;
      const coming = this.#holders.get(holder) ?? NOTHING;
      const forgotten = old.held[at] ?? NOTHING;
      const keys = kept.keys + coming.keys - forgotten.keys;
      const mayKeys = share * keysLeft;
      if (keys >= mayKeys) return throttled('idempotencyKeysShare', mayKeys, SHARE_USED);
      const units = kept.units + coming.units - forgotten.units;
      const mayUnits = share * unitsLeft;
      if (units >= mayUnits) return throttled('idempotencyBytesShare', mayUnits, SHARE_USED);
    }
    return undefined;
  }
}

const ALL_USED = 'as many idempotency keys as may be were used within ten minutes';
const SHARE_USED =
  'you, or all callers of your address, have used your share of the idempotency keys of ten minutes';

function throttled(name: string, value: number, detail: string): Refusal {
  return { code: 'Throttled', detail, limit: { name, value }, retryAfter: 1 };
}
