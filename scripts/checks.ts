/** The static checks, by name: what `npm run check` runs and `npm test` runs first. */
export const CHECKS: Readonly<Record<string, readonly string[]>> = {
  'types (tsc)': ['tsc', '--pretty', 'false'],
  'format and lint (biome)': ['biome', 'ci', '--colors=off', '--max-diagnostics=50', '.'],
  'import directions (dependency-cruiser)': [
    ...['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    ...['raftlog', 'storage', 'server', 'routes', 'test', 'bench', 'examples', 'scripts'],
  ],
  'strict lint of openapi.yaml (redocly)': ['node', 'scripts/lint-openapi.ts'],
  'generated files are fresh': ['node', 'scripts/generate.ts', '--check'],
};
