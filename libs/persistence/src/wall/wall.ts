import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientBase } from 'pg';

const accounts = new AsyncLocalStorage<number | undefined>();

/** Does `work` for an account: what it asks finds that account's rows alone, wherever the wall stands. */
export const within = <T>(accountId: number | undefined, work: () => T): T => accounts.run(accountId, work);

/** The account that is asking; nothing when the service works for itself. */
export const accountWithin = (): number | undefined => accounts.getStore();

/**
 * The role beside a service's own that row-level security holds. The service owns its tables, and owners pass: so what
 * it does for itself, and the reads that are too hot for a wall, are planned as if there was none.
 */
export const callersOf = (user: string): string => `${user}_callers`;

/**
 * Puts the rest of a transaction behind the wall. Reads send it with `BEGIN`; a write, which TypeORM
 * begins, takes a round trip more.
 * @throws TypeError when the account is no whole number: it is written into the statement
 */
export function behind(user: string, accountId: number | undefined): string {
  if (accountId === undefined) return '';
  if (!Number.isSafeInteger(accountId)) throw new TypeError('An account is a whole number.');
  return `SET LOCAL app.account = '${accountId}'; SET LOCAL ROLE "${callersOf(user)}"`;
}

/** Does `work` as the service itself, in a transaction that is behind the wall. */
export async function overTheWall<T>(client: ClientBase, user: string, work: () => Promise<T>): Promise<T> {
  await client.query('SET LOCAL ROLE none');
  const result = await work();
  // After an error the transaction is over, and its role with it.
  await client.query(`SET LOCAL ROLE "${callersOf(user)}"`);
  return result;
}
