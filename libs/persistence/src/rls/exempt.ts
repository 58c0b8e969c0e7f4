import { isDeepStrictEqual } from 'node:util';
import type { ClientBase, QueryConfig } from 'pg';
import { type Answer, askPrepared, type RlsSettings } from '../connection/prepared';
import { exemptAccount } from './rls';

declare const OWN: unique symbol;

/** An account that was compared with the one which asks, where row-level security knows that one. */
export type OwnAccount = number & { readonly [OWN]: true };

/**
 * The account of a read that is exempt from row-level security. It is compared in every test and outside of operations that
 * are wholly exempt; those set no account in production, because keeping one costs them too much.
 * @throws Error when another account asks
 */
export function ownAccount(accountId: unknown): OwnAccount {
  const asking = exemptAccount();
  if (typeof accountId !== 'number' || (asking !== undefined && asking !== accountId)) {
    throw new Error('A read without row-level security is for the rows of the account that asks.');
  }
  return accountId as OwnAccount;
}

/** A read that is exempt from row-level security. Its text compares the account of the rows with `$1`. */
export interface ExemptRead {
  readonly text: string;
  /** A prepared statement's; none where it must be planned with its parameters in sight. */
  readonly name?: string;
}

/**
 * The answer of a read that is exempt, for tests: asked with and without row-level security, from one snapshot.
 * @throws Error when the answers differ
 */
export async function comparedWithRls(
  client: ClientBase,
  { text, values = [], rowMode }: QueryConfig<unknown[]> & { readonly rowMode?: 'array' },
  { account, role }: RlsSettings,
): Promise<Answer> {
  const ask = (): Promise<Answer> => askPrepared(client, { name: '', text, values, rowMode });
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const answer = await ask();
    await client.query(`SET LOCAL app.account = '${account}'; SET LOCAL ROLE "${role}"`);
    const limited = await ask();
    if (isDeepStrictEqual(limited.rows, answer.rows)) return answer;
    throw new Error(`Without row-level security this read finds other rows: ${text.trim().slice(0, 200)}`);
  } finally {
    await client.query('ROLLBACK');
  }
}
