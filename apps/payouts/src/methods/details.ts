import type { AddPayoutMethod, UpdatePayoutMethod } from '@open-cpo/contracts';
import { accountNumberOf } from './bank-account';

/** What an owner has entered about themselves; sealed at rest. */
export interface Details {
  readonly fullname: string;
  readonly userType: 'individual' | 'company';
  readonly address: string;
  readonly TIN: string;
  readonly id: string | null;
  readonly email: string;
  readonly accountNumber: string | null;
  /** Absent from what was entered before there was such a field. */
  readonly bic?: string | null;
}

/** As entered for the first time. */
export const detailsOf = ({
  fullname,
  userType,
  address,
  TIN,
  id,
  email,
  accountNumber,
  bic,
}: AddPayoutMethod): Details => ({
  fullname,
  userType,
  address,
  TIN,
  id: id ?? null,
  email,
  accountNumber: accountNumber ?? null,
  ...(bic ? { bic } : {}),
});

/** With the new values; what is absent or empty stays. */
export function changed(before: Details, input: UpdatePayoutMethod): Details {
  const { fullname, userType, address, TIN, id, email, accountNumber: number, bic } = input;
  // What was stored in another form is still the same account.
  const same = before.accountNumber && number && accountNumberOf(before.accountNumber) === number;
  const accountNumber = same ? before.accountNumber : number;
  const entered = Object.entries({ fullname, userType, address, TIN, id, email, accountNumber, bic });
  const given = Object.fromEntries(entered.filter(([, value]) => value !== undefined && value !== null));
  return { ...before, ...given };
}

/** All but the last four characters hidden, of short texts all but the last. */
export function masked(text: string): string {
  const seen = text.length > 8 ? 4 : 1;
  return '*'.repeat(text.length - seen) + text.slice(-seen);
}
