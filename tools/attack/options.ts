import { randomInt } from 'node:crypto';
import { commandLine, wholeNumber } from '../stack/command-line';

export interface AttackOptions {
  readonly requests: number;
  readonly seed: number;
  /** The form for every change: fewer requests and samples, and the page in docs stays as it is. */
  readonly short: boolean;
  /** A part of the names of the stages that are run, and nothing else; the page stays as it is. */
  readonly only?: string;
}

const FULL = 100_000;
const SHORT = 8_000;

/** @throws StackError for what cannot be understood */
export function attackOptions(args: readonly string[]): AttackOptions {
  const text = { type: 'string' } as const;
  const declared = { requests: text, seed: text, short: { type: 'boolean' }, only: text } as const;
  const { values } = commandLine({ args: [...args], options: declared });
  const short = values.short ?? false;
  return {
    requests: wholeNumber('requests', values.requests) ?? (short ? SHORT : FULL),
    seed: wholeNumber('seed', values.seed) ?? randomInt(1, 2 ** 31 - 1),
    short,
    ...(values.only === undefined ? {} : { only: values.only }),
  };
}
