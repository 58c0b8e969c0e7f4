import { digits, format, id, nullable, numeric, object, string, text, url } from '../shape';
import type { Keys } from '../shape';

const keys = {
  id,
  name: text,
  iso: format('iso2'),
  time_zone: format('zone'),
  latitude: numeric,
  longitude: numeric,
  phone_code: digits,
  contact_number: string,
  email: string,
  currency: string,
  currency_iso: nullable(string),
} satisfies Keys;

/** A country in the list. */
export const country = object(keys);
/** One country: the list's fields and its flag. */
export const countryDetail = object({ ...keys, flag_url: url });
