import { parseArgs } from 'node:util';
import { StackError } from '../stack/terminal';

export interface DemoOptions {
  /** Where the gateway is. */
  readonly url: string;
  readonly days: number;
  /** Orders to load in bulk instead of history. */
  readonly orders?: number;
}

/** @throws StackError for what cannot be understood */
export function demoOptions(args: readonly string[], url = 'http://localhost:3000'): DemoOptions {
  const declared = { url: { type: 'string' }, days: { type: 'string' }, orders: { type: 'string' } } as const;
  const { values } = parse(() => parseArgs({ args: [...args], options: declared, strict: true }));
  return {
    url: (values.url ?? url).replace(/\/$/, ''),
    days: number('days', values.days, 365) ?? 90,
    orders: number('orders', values.orders, 20_000_000),
  };
}

function parse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new StackError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws StackError when it is no whole number from 1 to the most */
export function number(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new StackError(`--${name} is a whole number from 1 to ${most}.`);
  return value;
}
