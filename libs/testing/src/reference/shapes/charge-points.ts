import {
  bit,
  bool,
  format,
  hms,
  id,
  int,
  iso,
  list,
  nullable,
  number,
  numeric,
  object,
  oneOf,
  oneOfValues,
  open,
  optional,
  ordered,
  pattern,
  s2,
  string,
  text,
  url,
} from '../shape';
import type { Keys, Shape } from '../shape';

/** Enumerations of a power center. */
export const cpCategory = oneOfValues('EV_CHARGER', 'SMART_PLUG', 'SMART_METER');
export const cpStatus = oneOfValues('available', 'busy', 'booked', 'unavailable');
export const priceUnit = oneOfValues('minutes', 'energy');
export const sessionLimitType = nullable(oneOfValues('minutes', 'energy'));
/** The prefix is constant, also for a plug: `EV_CHARGER_` and 13 hexadecimal digits. */
export const cpToken = pattern(/^EV_CHARGER_[0-9A-F]{13}$/);

const row = (listed: Shape): Shape =>
  object({ id, title: text, identifier: text, listed, status: cpStatus, earning: s2, rating: s2 });

/** A row of the plain list: `listed` is a number here. */
export const cpRowNumber = row(bit);
/** A row of the table, of a group and of a site: `listed` is a boolean. */
export const cpRow = row(bool);

const connector = object({
  id,
  name: text,
  icon: url,
  type: string,
  max_power: number,
  status: oneOfValues('available', 'busy', 'busy-by-you', 'booked', 'booked-by-you', 'unavailable'),
  number: nullable(int),
});

const chargerType = object({ id, name: text, img: url, current_type: oneOfValues('AC', 'DC'), max_power: text });
const amenity = object({ id, name: text, icon: nullable(url), description: nullable(string) });

/** The six address fields, null when unknown. */
export const addressKeys = {
  address_line_1: nullable(string),
  address_line_2: nullable(string),
  address_line_3: nullable(string),
  zipcode: nullable(string),
  city: nullable(string),
  state: nullable(string),
} satisfies Keys;

const identity = {
  id,
  identifier: text,
  category: cpCategory,
  title: text,
  description: nullable(string),
  latitude: nullable(numeric),
  longitude: nullable(numeric),
  listed: bool,
  distance: nullable(number),
  type: nullable(chargerType),
  status: cpStatus,
  image: url,
} satisfies Keys;

const settings = {
  session_limit_type: sessionLimitType,
  session_limit_value: int,
  online_status: bit,
  configured: bit,
  rating: s2,
  owner_id: id,
  address: object(addressKeys),
  token: cpToken,
  contact_number: nullable(string),
  open_time: nullable(hms),
  close_time: nullable(hms),
} satisfies Keys;

const figures = {
  total_earnings: s2,
  total_energy: number,
  total_sessions_time: number,
  connectors: list(connector),
  amenities: list(amenity),
  price_unit: priceUnit,
  orders_count: int,
  price: s2,
  price_usd: number,
} satisfies Keys;

const use = {
  is_external: bool,
  is_in_use: bool,
  is_reserved: bool,
  available: bool,
  next_reservation_near_now: nullable(oneOf(format('dt'), iso)),
  external_details: nullable(open()),
  reservation_fee: s2,
  booked_by_current_user: bool,
  used_by_current_user: bool,
  earning: s2,
} satisfies Keys;

/** The whole power center: 42 documented keys, and two that an integration reads when they are there. */
export const cpFull = object({
  ...identity,
  ...settings,
  ...figures,
  ...use,
  secure: optional(oneOf(bit, bool)),
  media: optional(list(open())),
});

const echoed = {
  address_line_1: optional(addressKeys.address_line_1),
  address_line_2: optional(addressKeys.address_line_2),
  address_line_3: optional(addressKeys.address_line_3),
  zipcode: optional(addressKeys.zipcode),
  city: optional(addressKeys.city),
  state: optional(addressKeys.state),
} satisfies Keys;

/**
 * What creating and updating answer: only what was set, in this order, coordinates as the numbers that came.
 * The address and the coordinates are absent when the request left them out.
 */
export const cpModel = ordered({
  price_unit: priceUnit,
  user_id: id,
  title: text,
  identifier: text,
  token: cpToken,
  category: cpCategory,
  ...echoed,
  latitude: optional(nullable(number)),
  longitude: optional(nullable(number)),
  updated_at: iso,
  created_at: iso,
  id,
});
