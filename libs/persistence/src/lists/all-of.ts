import { Batched } from '@open-cpo/contracts';
import type { RowOptions } from '../transactions/cursor';
import type { Param, Transactions } from '../transactions/transactions';
import { type OwnAccount, ownAccount } from '../rls/exempt';
import { boundTo, isSearched, type List, prepare } from './list';
import { nameOf } from './names';
import { reachOf } from './reach';

/** Rows up to which a list is read at once. */
const FEW = 200;

/**
 * Every row of a list, however many, one after the other and from one moment. Most lists are short: they are asked for
 * at once, by a prepared statement, and only longer ones are read again with a cursor and its five round trips.
 */
export function allOf<T extends object>(transactions: Transactions, list: List, options: RowOptions = {}): Batched<T> {
  boundTo(list.where);
  return new Batched(read<T>(transactions, list, options));
}

async function* read<T extends object>(
  transactions: Transactions,
  list: List,
  options: RowOptions,
): AsyncGenerator<readonly T[], void> {
  const reach = isSearched(list) ? await reachOf(transactions, list) : undefined;
  const { select, from, where, order, params, searched } = prepare(
    list.narrowed ? { ...list, narrowed: { ...list.narrowed, apart: false } } : list,
    reach,
  );
  const [account, ...others] = params;
  const values: [OwnAccount, ...Param[]] = [ownAccount(account), ...others];
  const text = `select ${select} from ${from} where ${where} order by ${order}`;
  const few = Math.min(FEW, options.batch ?? FEW);
  // What is searched for may have to be sorted whole: not twice.
  if (!searched) {
    const first = `${text} limit ${few + 1}`;
    const { rows } = await transactions.askExempt({ text: first, values, name: nameOf(first) });
    if (rows.length <= few) return void (yield rows as T[]);
  }
  yield* transactions.rowsExempt<T>(text, values, options).batches;
}
