import type { AddPayoutMethod, UpdatePayoutMethod } from '@open-cpo/contracts';

/** What an owner has entered about themselves; sealed at rest. */
export interface Details {
  readonly fullname: string;
  readonly userType: 'individual' | 'company';
  readonly address: string;
  readonly TIN: string;
  readonly id: string | null;
  readonly email: string;
  readonly accountNumber: string | null;
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
}: AddPayoutMethod): Details => ({
  fullname,
  userType,
  address,
  TIN,
  id: id ?? null,
  email,
  accountNumber: accountNumber ?? null,
});

/** With what was entered anew; what is absent or empty stays. */
export function changed(before: Details, input: UpdatePayoutMethod): Details {
  const { fullname, userType, address, TIN, id, email, accountNumber } = input;
  const entered = Object.entries({ fullname, userType, address, TIN, id, email, accountNumber });
  const given = Object.fromEntries(entered.filter(([, value]) => value !== undefined && value !== null));
  return { ...before, ...given };
}

/** All but the last four characters hidden, of short texts all but the last. */
export function masked(text: string): string {
  const seen = text.length > 8 ? 4 : 1;
  return '*'.repeat(text.length - seen) + text.slice(-seen);
}
