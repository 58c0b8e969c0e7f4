import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { StackError } from '../stack/terminal';

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
  try {
    const { values } = parseArgs({ args: [...args], options: declared, strict: true });
    const short = values.short ?? false;
    return {
      requests: number('requests', values.requests) ?? (short ? SHORT : FULL),
      seed: number('seed', values.seed) ?? randomInt(1, 2 ** 31 - 1),
      short,
    };
  } catch (error) {
    throw new StackError(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} is a whole number from 1 to 999999999.`);
  return Number(text);
}
