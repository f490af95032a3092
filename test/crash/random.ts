/** Seeded random numbers: a run can be repeated by `TEST_SEED`. */

export type Random = () => number;

/** Of this run: `TEST_SEED` of the environment, or a new one. Tests tell it in their names. */
export const SEED = seedOf(process.env['TEST_SEED']);

function seedOf(given: string | undefined): number {
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number in `min`..`max`. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}
