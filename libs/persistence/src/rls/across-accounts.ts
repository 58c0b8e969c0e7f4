import { Refusal } from '@open-cpo/contracts';

declare const DECLARED: unique symbol;

/** A read that finds rows of any account; made by `ownedRead` or `acrossAccounts` alone. */
export interface AcrossAccounts {
  readonly text: string;
  /** A prepared statement's. */
  readonly name?: string;
  /** Why it may; nothing for a read of `Transactions.owned`, which compares the account. */
  readonly why?: string;
  readonly [DECLARED]: true;
}

/** A read of one row, whose `account_id` is compared with the account that asks. */
export type OwnedRead = AcrossAccounts & { readonly why?: undefined };

export interface OfAccount {
  readonly account_id: number;
}

const declared = new Set<AcrossAccounts>();

const declare = <T extends AcrossAccounts>(read: Omit<AcrossAccounts, typeof DECLARED>): T => {
  declared.add(read as T);
  return read as T;
};

/** Declares a read for `Transactions.owned`. Its select list has the column `account_id`. */
export const ownedRead = (text: string, name?: string): OwnedRead => declare({ text, name });

/** Declares a read for `Transactions.firstAcrossAccounts`, with the reason why no account is compared, or where it is. */
export const acrossAccounts = (why: string, text: string, name?: string): AcrossAccounts =>
  declare({ text, name, why });

/** Those of the modules that are loaded, for tests. */
export const declaredAcrossAccounts = (): readonly AcrossAccounts[] => [...declared];

/**
 * The row that was found, if it is of the account.
 * @throws Refusal `not_found`, `forbidden`
 */
export function belonging<T extends OfAccount>(found: T | undefined, accountId: number): T {
  if (!found) throw new Refusal('not_found');
  if (found.account_id !== accountId) throw new Refusal('forbidden');
  return found;
}
