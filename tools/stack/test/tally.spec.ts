import { lastLine, sum, tallyOf, type JestReport } from './tally';

describe('the last line of npm test', () => {
  const report = (counts: Partial<JestReport>): JestReport => ({
    numPassedTests: 10,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    ...counts,
  });

  it('counts what passed and what failed', () => {
    expect(lastLine(tallyOf(report({ numFailedTests: 2 }), 1))).toBe('10 passed, 2 failed');
  });

  it('names skipped tests only when there are some', () => {
    expect(lastLine(tallyOf(report({ numPendingTests: 1, numTodoTests: 1 }), 0))).toBe(
      '10 passed, 0 failed, 2 skipped',
    );
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(tallyOf(report({ numRuntimeErrorTestSuites: 1 }), 1).failed).toBe(1);
  });

  it('never says that nothing failed when the run broke off', () => {
    expect(tallyOf(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(tallyOf(report({}), 134).failed).toBe(1);
  });

  it('adds the checks to the tests', () => {
    const check = { passed: 1, failed: 0, skipped: 0 };
    expect(lastLine(sum([check, { ...check, passed: 0, failed: 1 }, tallyOf(report({}), 0)]))).toBe(
      '11 passed, 1 failed',
    );
  });
});
