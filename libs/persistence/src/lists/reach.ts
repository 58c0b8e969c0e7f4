import { LRUCache } from 'lru-cache';
import type { Transactions } from '../transactions/transactions';
import { ownAccount } from '../rls/exempt';
import { boundTo, type List } from './list';
import type { Reach } from './search';

/** Rows of an account up to which looking through all of them beats planning how to find some. */
const FEW_ROWS = 500;
/** Rows up to which a search for one or two characters goes through all: 0.7 ms of CPU for each thousand. */
export const SMALL_ROWS = 20_000;
/** How long the length of a list is remembered. A list that has grown since is searched rightly, only more slowly. */
const REMEMBERED_MS = 60_000;

const known = new LRUCache<string, number>({ max: 20_000, ttl: REMEMBERED_MS });

/** How a list is searched depends on how many rows the account has in it: from a counter that is kept, or counted. */
export async function reachOf(transactions: Transactions, list: List): Promise<Reach> {
  const rows = await rowsOf(transactions, list);
  return rows <= FEW_ROWS ? 'few' : rows <= SMALL_ROWS ? 'small' : 'large';
}

async function rowsOf(transactions: Transactions, list: List): Promise<number> {
  const { total = counted(list), params } = list;
  const key = `${String(params[0])} ${total}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const text = `select (${total}) as total where $1::int is not null`;
  const { rows } = await transactions.askExempt({ text, values: [ownAccount(params[0])] });
  const length = Number((rows[0] as { total?: unknown } | undefined)?.total ?? Infinity);
  known.set(key, length);
  return length;
}

/** No more than has to be known is counted, of all rows of the account: those that the list leaves out as well. */
const counted = ({ from, countFrom = from, where }: List): string =>
  `select count(*) from (select from ${countFrom} where ${boundTo(where)} limit ${SMALL_ROWS + 1}) some_rows`;
