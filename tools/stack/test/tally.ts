/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of Jest's report that counts. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
}

/** The counts of Jest's report; a run without one is a failure, and so is one that ended badly with nothing failed. */
export function tallyOf(report: JestReport | undefined, exitCode: number): Tally {
  if (!report) {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counted = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: counted === 0 && exitCode !== 0 ? 1 : counted,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** All counts together. */
export function sum(tallies: readonly Tally[]): Tally {
  const total = (name: keyof Tally): number => tallies.reduce((all, tally) => all + tally[name], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The last line of `npm test`. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
