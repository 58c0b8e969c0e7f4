import type { AuthUser, Country, OwnUser, Subscription } from '@open-cpo/contracts';
import { earnedIn } from '@open-cpo/persistence';
import { USER_TYPE } from './user-type';
import type { UserRow } from './user.row';

/** What a subscription opens in the dashboard; nothing of the API is refused for want of one. */
const PREMIUM = ['sustainability', 'admins', 'workers', 'fleets'] as const;

export const subscriptionView = (ends: string | null): Subscription => ({
  isSubscribed: ends !== null,
  subscriptionFeatures: ends === null ? [] : [...PREMIUM],
  subscriptionEnds: ends,
});

type Person = Omit<AuthUser, 'access_token'>;

const person = (user: UserRow): Person => ({
  id: user.id,
  status: 1,
  customer_type: 'C',
  first_name: user.firstName,
  last_name: user.lastName,
  full_name: `${user.firstName} ${user.lastName}`.trim(),
  contact_number: user.contactNumber,
  email: user.email,
  // There is no user before the address is proven.
  email_verified: 1,
  // Below zero, while cash business outweighs the rest, it is shown as it is.
  balance: earnedIn(user.balanceUsd, user.balanceEarned, user.currency, user.usdRate),
  ...subscriptionView(user.subscriptionEnds),
  country_id: user.countryId,
  currency: user.currency,
  vat_id: user.vatId,
});

/** The user as login and the verifications answer it (reference L82). */
export const authUser = (user: UserRow, access_token: string): AuthUser => ({ ...person(user), access_token });

/** The caller's own data: no token. */
export const ownUser = (user: UserRow, country: Country | undefined, currencyCountryId: number | null): OwnUser => ({
  ...person(user),
  user_type: USER_TYPE,
  currency_iso: user.currency,
  currency_country_id: currencyCountryId,
  location: country
    ? { country, city: null, latitude: country.latitude, longitude: country.longitude, address: null }
    : null,
});
