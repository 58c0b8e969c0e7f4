import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed: file, name and the beginning of the message. */
  readonly failures?: readonly string[];
}

/** The part of Jest's report that counts. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults?: readonly TestFile[];
}

/** Absolute path of a file, its tests, and why it could not be loaded. */
interface TestFile {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

interface TestResult {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[] | null;
}

/** Characters of a message that are repeated at the end, and failures. */
const [MESSAGE_LENGTH, MOST_FAILURES] = [600, 20];

/** The counts of Jest's report; a run without one is a failure, and so is one that ended badly with nothing failed. */
export function tallyOf(report: JestReport | undefined, exitCode: number): Tally {
  if (!report) {
    return { passed: 0, failed: 1, skipped: 0, failures: ['The run broke off without a report.'] };
  }
  const counted = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: counted === 0 && exitCode !== 0 ? 1 : counted,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...(counted === 0 && exitCode !== 0 ? [`The test runner ended with code ${exitCode}.`] : []),
      ...(report.testResults?.flatMap(failuresOf) ?? []),
    ],
  };
}

function failuresOf({ name, message, assertionResults }: TestFile): string[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const notLoaded = assertionResults.length === 0 && message ? [failure(file, message)] : [];
  return [...notLoaded, ...failed.map((one) => failure(`${file} › ${one.fullName}`, one.failureMessages?.join('\n')))];
}

function failure(what: string, message = ''): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [what, ...lines.join('\n').slice(0, MESSAGE_LENGTH).split('\n')].join('\n    ');
}

/** What failed, for the end of the output: CI keeps the end of a long one. */
export function failureList({ failures = [] }: Tally): string {
  const more = failures.length > MOST_FAILURES ? [`  and ${failures.length - MOST_FAILURES} more`] : [];
  return [...failures.slice(0, MOST_FAILURES).map((text) => `  ● ${text}`), ...more].join('\n');
}

/** All counts together. */
export function sum(tallies: readonly Tally[]): Tally {
  const total = (name: 'passed' | 'failed' | 'skipped'): number => tallies.reduce((all, tally) => all + tally[name], 0);
  const failures = tallies.flatMap((tally) => tally.failures ?? []);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped'), failures };
}

/** The last line of `npm test`. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
