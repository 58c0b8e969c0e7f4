import { commandLine, wholeNumber } from '../../tools/stack/command-line';

export interface ExportsBenchOptions {
  /** Rows of the largest export. */
  readonly orders: number;
  readonly rounds: number;
  /** Puts the results into the documents. */
  readonly write: boolean;
}

/** @throws StackError for what cannot be understood */
export function exportsBenchOptions(args: readonly string[]): ExportsBenchOptions {
  const options = { orders: { type: 'string' }, rounds: { type: 'string' }, write: { type: 'boolean' } } as const;
  const { values } = commandLine({ args: [...args], options });
  return {
    orders: wholeNumber('orders', values.orders, 10_000_000) ?? 1_000_000,
    rounds: wholeNumber('rounds', values.rounds, 99) ?? 3,
    write: values.write ?? false,
  };
}
