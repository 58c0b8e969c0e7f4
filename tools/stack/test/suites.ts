/** End of the names of slow tests: whole attacks, faults, images and benchmarks. */
const SLOW = String.raw`\.slow\.(spec|e2e-spec)\.ts$`;

/** The suites of `npm test` and `npm run verify`; together they are all tests. */
export type Suite = 'test' | 'verify';

/** Workers of all tests but the slow ones: those of services wait for servers, which leaves two cores idle for half of two workers' time. */
const WORKERS = '--maxWorkers=4';

/** Jest's arguments for a suite. A path of `npm test` selects slow tests, too. */
export function selection(suite: Suite, args: readonly string[]): string[] {
  if (suite === 'verify') return [`--testPathPatterns=${SLOW}`, ...args];
  if (args.length > 0) return [...args];
  return [WORKERS, '--testPathIgnorePatterns=/node_modules/', `--testPathIgnorePatterns=${SLOW}`];
}

/** A part of the slow tests. */
export interface VerifyPart {
  readonly name: string;
  /** What it takes on two cores. */
  readonly minutes: number;
  /** Jest's arguments. */
  readonly args: readonly string[];
}

/** The slow tests in parts, in the order in which CI runs them while time is left. */
export function verifyParts(checkout: string): VerifyPart[] {
  const below = (folders: string): string[] => [
    `--testPathPatterns=^${checkout.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}/(${folders})/.*${SLOW}`,
  ];
  return [
    { name: 'the tools', minutes: 36, args: below('tools|bench') },
    { name: 'the services', minutes: 9, args: below('apps|libs') },
    { name: 'the journeys', minutes: 20, args: below('e2e') },
  ];
}
