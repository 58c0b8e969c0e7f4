import { AsyncContext } from '@open-cpo/platform';
import type { ClientBase } from 'pg';

interface Asking {
  readonly accountId?: number;
  /** Has promised to ask by exempt reads alone. */
  readonly exemptFromRls?: boolean;
}

const asking = new AsyncContext<Asking>();

/** Does `work` for an account: what it asks finds that account's rows alone, wherever row-level security applies. */
export const within = <T>(accountId: number | undefined, work: () => T): T => asking.run({ accountId }, work);

/** Does `work` that has promised to ask by exempt reads alone, and holds it to that. */
export const exemptFromRls = <T>(accountId: number | undefined, work: () => T): T =>
  asking.run({ accountId, exemptFromRls: true }, work);

/**
 * The account that is asking; nothing when the service works for itself.
 * @throws Error when what asks has promised not to
 */
export function accountWithin(): number | undefined {
  if (asking.value?.exemptFromRls)
    throw new Error('An operation that is exempt from row-level security asks by exempt reads alone.');
  return asking.value?.accountId;
}

/** The account that asks by a read which is exempt from row-level security. */
export const exemptAccount = (): number | undefined => asking.value?.accountId;

/**
 * The role beside a service's own that row-level security holds. The runtime role has BYPASSRLS: what the
 * service does for itself, and the reads that are exempt, are planned as if there was none.
 */
export const callersOf = (user: string): string => `${user}_callers`;

/**
 * Puts the rest of a transaction under row-level security. Reads send it with `BEGIN`; a write, which TypeORM
 * begins, takes a round trip more.
 * @throws TypeError when the account is no whole number: it is written into the statement
 */
export function rlsSqlFor(user: string, accountId: number | undefined): string {
  if (accountId === undefined) return '';
  if (!Number.isSafeInteger(accountId)) throw new TypeError('An account is a whole number.');
  return `SET LOCAL app.account = '${accountId}'; SET LOCAL ROLE "${callersOf(user)}"`;
}

/** Does `work` as the service itself, in a transaction that is under row-level security. */
export async function bypassRls<T>(client: ClientBase, user: string, work: () => Promise<T>): Promise<T> {
  await client.query('SET LOCAL ROLE none');
  const result = await work();
  // After an error the transaction is over, and its role with it.
  await client.query(`SET LOCAL ROLE "${callersOf(user)}"`);
  return result;
}
