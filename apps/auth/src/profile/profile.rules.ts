import type { UpdateUser } from '@open-cpo/contracts';
import type { Account } from '../users/account.entity';
import type { User } from '../users/user.entity';
import { phoneDigits } from '../users/phone-number';
import type { UserRow } from '../users/user.row';

type UserChange = Partial<Pick<User, 'firstName' | 'lastName' | 'contactNumber' | 'language'>>;
type AccountChange = Partial<Pick<Account, 'countryId' | 'currency'>>;

/** What of `wanted` is there and differs from how it is. */
function differing<T extends object>(wanted: T, now: { readonly [K in keyof T]: unknown }): Partial<T> {
  const different = Object.entries(wanted).filter(
    ([key, value]) => value !== undefined && value !== now[key as keyof T],
  );
  return Object.fromEntries(different) as Partial<T>;
}

/** A telephone number that was sent empty is cleared; one that was not sent stays. */
const contactNumberOf = ({ contact_number: number }: UpdateUser, iso: string | undefined): string | undefined =>
  number === undefined ? undefined : phoneDigits(number, iso);

/** `iso`: the country that a telephone number is dialled in. */
export const userChanges = (user: UserRow, input: UpdateUser, iso: string | undefined): UserChange =>
  differing(
    {
      firstName: input.first_name,
      lastName: input.last_name,
      contactNumber: contactNumberOf(input, iso),
      language: input.language,
    },
    user,
  );

export const accountChanges = (user: UserRow, input: UpdateUser): AccountChange =>
  differing({ countryId: input.country_id, currency: input.currency?.toUpperCase() }, user);
