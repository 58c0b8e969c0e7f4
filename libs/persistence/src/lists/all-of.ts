import type { RowOptions } from '../transactions/cursor';
import type { Transactions } from '../transactions/transactions';
import { type List, prepare } from './list';

/** Every row of a list, however many, one after the other and from one moment. */
export function allOf<T extends object>(
  transactions: Transactions,
  list: List,
  options: RowOptions = {},
): AsyncGenerator<T> {
  const { select, from, where, order, params } = prepare(list);
  return transactions.rows<T>(`select ${select} from ${from} where ${where} order by ${order}`, params, {
    ...options,
    list: true,
  });
}
