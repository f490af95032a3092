/** The static checks, by name: what `npm run check` runs and `npm test` runs first. */
export const CHECKS: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc'],
  'format and lint': ['biome', 'ci', '.'],
  'import directions': ['depcruise', '--config', '.dependency-cruiser.cjs', '.'],
};
