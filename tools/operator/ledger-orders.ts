import { setTimeout as pause } from 'node:timers/promises';
import { type CompletedOrders, ordersOperators, payoutsOperators } from '@open-cpo/contracts';
import type { OperatorConsole } from './console';

/** Tries, and milliseconds between them: what has just been completed is on its way to the ledger. */
const TRIES = 8;
const RETRY_DELAY_MS = 1000;

/** Compares the ledger with the orders, a range of ids at a time; answers the first thing that does not agree. */
export async function compareOrders(
  operatorConsole: Pick<OperatorConsole, 'ask'>,
): Promise<{ orders: number; discrepancy: string }> {
  let orders = 0;
  for (let after: number | null = 0; after !== null;) {
    const { discrepancy, range } = await compareRange(operatorConsole, after);
    orders += range.orders.length;
    if (discrepancy) return { orders, discrepancy };
    after = range.last ? null : range.upTo;
  }
  return { orders, discrepancy: '' };
}

async function compareRange(operatorConsole: Pick<OperatorConsole, 'ask'>, after: number) {
  let compared: { range: CompletedOrders; discrepancy: string } | undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await pause(RETRY_DELAY_MS);
    const range = await operatorConsole.ask(ordersOperators.completed, { after });
    const { discrepancy } = await operatorConsole.ask(payoutsOperators.compare, { after, ...range });
    compared = { range, discrepancy };
    if (!discrepancy) return compared;
  }
  return compared as { range: CompletedOrders; discrepancy: string };
}
