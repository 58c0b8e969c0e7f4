import { commandLine, wholeNumber } from '../stack/command-line';

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
  const { values } = commandLine({ args: [...args], options: declared });
  return {
    url: (values.url ?? url).replace(/\/$/, ''),
    days: wholeNumber('days', values.days, 365) ?? 90,
    orders: wholeNumber('orders', values.orders, 20_000_000),
  };
}
