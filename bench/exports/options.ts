import { parseArgs } from 'node:util';
import { number } from '../../tools/demo/options';

export interface ExportsBenchOptions {
  /** Rows of the largest export. */
  readonly orders: number;
  readonly rounds: number;
  /** Puts the figures into the documents. */
  readonly write: boolean;
}

/** @throws StackError, TypeError for what cannot be understood */
export function exportsBenchOptions(args: readonly string[]): ExportsBenchOptions {
  const options = { orders: { type: 'string' }, rounds: { type: 'string' }, write: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options, strict: true });
  return {
    orders: number('orders', values.orders, 10_000_000) ?? 1_000_000,
    rounds: number('rounds', values.rounds, 99) ?? 3,
    write: values.write ?? false,
  };
}
