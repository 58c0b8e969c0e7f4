import { LRUCache } from 'lru-cache';
import type { Transactions } from '../transactions/transactions';
import type { List } from './list';

/** Rows of an account up to which looking through all of them beats planning how to find some. */
const FEW = 500;
/** Milliseconds for which that is remembered. Who has many by now still gets the right rows, only later. */
const REMEMBERED = 60_000;

const known = new LRUCache<string, boolean>({ max: 20_000, ttl: REMEMBERED });

/** Whether an account has so few rows in a list that keeps count of them that a search may go through them all. */
export async function hasFew(transactions: Transactions, { total, params }: List): Promise<boolean> {
  if (!total) return false;
  const key = `${String(params[0])} ${total}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const text = `select (${total}) as total where $1::int is not null`;
  const { rows } = await transactions.ask({ text, values: [params[0]], list: true });
  const few = Number((rows[0] as { total?: unknown } | undefined)?.total ?? Infinity) <= FEW;
  known.set(key, few);
  return few;
}
