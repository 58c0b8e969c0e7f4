import { join } from 'node:path';
import { failureList, lastLine, sum, tallyOf, type JestReport } from './tally';

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
    expect(tallyOf(undefined, 1)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(tallyOf(report({}), 134).failed).toBe(1);
  });

  it('adds the checks to the tests', () => {
    const check = { passed: 1, failed: 0, skipped: 0 };
    expect(lastLine(sum([check, { ...check, passed: 0, failed: 1 }, tallyOf(report({}), 0)]))).toBe(
      '11 passed, 1 failed',
    );
  });

  it('lists what failed with the beginning of its message', () => {
    const file = join(process.cwd(), 'apps/a.spec.ts');
    const failed = {
      status: 'failed',
      fullName: 'a list is sorted',
      failureMessages: ['\u001b[31mno\u001b[39m\n\n  at'],
    };
    const passed = { status: 'passed', fullName: 'is short', failureMessages: [] };
    const testResults = [
      { name: file, message: 'all of it', assertionResults: [failed, passed] },
      { name: join(process.cwd(), 'apps/b.spec.ts'), message: 'cannot load '.repeat(1000), assertionResults: [] },
    ];
    const [first, second, ...rest] = failureList(tallyOf(report({ numFailedTests: 1, testResults }), 1))
      .split('  ● ')
      .slice(1);
    expect(first).toBe('apps/a.spec.ts › a list is sorted\n    no\n      at\n');
    expect(second).toMatch(/^apps\/b\.spec\.ts\n    cannot load /);
    expect(second?.length).toBeLessThan(700);
    expect(rest).toEqual([]);
  });

  it('lists a bounded number of failures', () => {
    const failures = Array.from({ length: 50 }, (_, n) => `test ${n}`);
    const lines = failureList({ passed: 0, failed: 50, skipped: 0, failures }).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('  and 30 more');
  });
});
