import { PERMISSIONS, ROLES } from '../permissions';
import {
  bit,
  bool,
  id,
  int,
  list,
  literal,
  nullable,
  numeric,
  object,
  oneOf,
  oneOfValues,
  s2,
  string,
  text,
  ymd,
} from '../shape';
import { personKeys, subscriptionKeys } from './auth';
import { countryDetail, country } from './countries';

const city = object({ id, name: string, country_id: id });

const place = object({
  country: oneOf(country, countryDetail),
  city: nullable(city),
  latitude: nullable(numeric),
  longitude: nullable(numeric),
  address: nullable(string),
});

/** The caller's own data. `user_type`: 1 customer, 2 distributor. */
export const user = object({
  ...personKeys,
  ...subscriptionKeys,
  status: int,
  email_verified: bit,
  user_type: oneOfValues(1, 2),
  vat_id: nullable(string),
  country_id: nullable(id),
  currency: nullable(string),
  currency_iso: nullable(string),
  currency_country_id: nullable(id),
  location: nullable(place),
});

const flag = oneOf(bool, bit);

const wallet = object({
  id,
  name: text,
  balance: s2,
  currency: string,
  type: string,
  payable: flag,
  rechargeable: flag,
  withdrawable: flag,
});

/** The balance in the viewer's currency. */
export const balance = object({ balance: s2, currency: string, currency_iso: nullable(string), wallets: list(wallet) });

/** The caller's permissions, by name. */
export const permissionNames = list(oneOfValues(...PERMISSIONS));
/** The caller's roles, as lower-case slugs. */
export const roleNames = list(oneOfValues(...ROLES));

/** After subscribing. */
export const subscribed = object({
  isSubscribed: literal(true),
  subscriptionFeatures: list(string),
  subscriptionEnds: ymd,
});
/** After unsubscribing. */
export const unsubscribed = object({
  isSubscribed: literal(false),
  subscriptionFeatures: list(string, 0),
  subscriptionEnds: literal(null),
});
