import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StackError } from './terminal';

/** @throws StackError for what was not declared */
export function commandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new StackError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws StackError when it is no whole number from 1 to the most */
export function wholeNumber(name: string, text: string | undefined, most = 999_999_999): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new StackError(`--${name} is a whole number from 1 to ${most}.`);
  return value;
}
