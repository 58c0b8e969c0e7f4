import { Ambient } from '@open-cpo/platform';
import type { ClientBase } from 'pg';

interface Asking {
  readonly accountId?: number;
  /** Has promised to ask nothing that the wall stands behind. */
  readonly hot?: boolean;
}

const asking = new Ambient<Asking>();

/** Does `work` for an account: what it asks finds that account's rows alone, wherever the wall stands. */
export const within = <T>(accountId: number | undefined, work: () => T): T => asking.run({ accountId }, work);

/** Does `work` that has promised to ask nothing that the wall stands behind, and holds it to that. */
export const heldHot = <T>(accountId: number | undefined, work: () => T): T =>
  asking.run({ accountId, hot: true }, work);

/**
 * The account that is asking; nothing when the service works for itself.
 * @throws Error when what asks has promised not to
 */
export function accountWithin(): number | undefined {
  if (asking.value?.hot)
    throw new Error('An operation that is exempt from row-level security asks by exempt reads alone.');
  return asking.value?.accountId;
}

/** The account that asks by a read which is exempt from row-level security. */
export const exemptAccount = (): number | undefined => asking.value?.accountId;

/**
 * The role beside a service's own that row-level security holds. The runtime role has BYPASSRLS: what the
 * service does for itself, and the reads that are too hot for a wall, are planned as if there was none.
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
