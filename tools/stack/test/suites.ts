/** End of the names of slow tests: whole attacks, faults, images and benchmarks. */
const SLOW = String.raw`\.slow\.(spec|e2e-spec)\.ts$`;

/** The suites of `npm test` and `npm run verify`; together they are all tests. */
export type Suite = 'test' | 'verify';

/** Jest's arguments for a suite. A path of `npm test` selects slow tests, too. */
export function selection(suite: Suite, args: readonly string[]): string[] {
  if (suite === 'verify') return [`--testPathPatterns=${SLOW}`, ...args];
  if (args.length > 0) return [...args];
  return ['--testPathIgnorePatterns=/node_modules/', `--testPathIgnorePatterns=${SLOW}`];
}
