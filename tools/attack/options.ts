import { randomInt } from 'node:crypto';
import { commandLine, wholeNumber } from '../stack/command-line';

export interface AttackOptions {
  readonly requests: number;
  readonly seed: number;
  /** The form for every change: fewer requests and samples, and the page in docs stays as it is. */
  readonly short: boolean;
}

const FULL = 100_000;
const SHORT = 8_000;

/** @throws StackError for what cannot be understood */
export function attackOptions(args: readonly string[]): AttackOptions {
  const declared = { requests: { type: 'string' }, seed: { type: 'string' }, short: { type: 'boolean' } } as const;
  const { values } = commandLine({ args: [...args], options: declared });
  const short = values.short ?? false;
  return {
    requests: wholeNumber('requests', values.requests) ?? (short ? SHORT : FULL),
    seed: wholeNumber('seed', values.seed) ?? randomInt(1, 2 ** 31 - 1),
    short,
  };
}
