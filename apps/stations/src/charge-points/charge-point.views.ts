import {
  localDay,
  type ChargePointCard,
  type ChargePointForIntegration,
  type ChargePointFull,
  type ChargePointListRow,
  type ChargePointRow,
  type ChargerTypeView,
  type ConnectorView,
  Encoded,
  plainDecimal,
} from '@open-cpo/contracts';
import { earnedIn, fromUsd, s2 } from '@open-cpo/persistence';
import type { ChargerTypeRow, ConnectorRow, EarnedToday, ListedRow, PriceColumns, WholeRow } from './charge-point.rows';
import { isOnline, statusOf } from './charge-point.rules';

/** Who looks, and when. */
export interface Viewer {
  /** The user whom the account's power centers belong to. */
  readonly ownerId: number;
  readonly currency: string;
  /** Units of the currency for one US dollar. */
  readonly rate: string;
  readonly now: Date;
}

/** Where pictures are. */
export interface Addresses {
  readonly publicUrl: string;
  readonly storage: string;
}

/** In USD, whatever the power center's price (reference L1571, L2393, L2586). */
const RESERVATION_FEE_USD = '0.50';
const PICTURE = 'images/charge-point-1.jpeg';

/** Today's, by the power center's own calendar: it is reset at midnight there. */
export function earning(row: EarnedToday, { currency, rate, now }: Viewer): string {
  const { earning_day, earning_day_usd, earning_day_earned, time_zone } = row;
  if (earning_day === null || earning_day !== localDay(time_zone, now)) return '0.00';
  return earnedIn(earning_day_usd, earning_day_earned, currency, rate);
}

/** In its own currency a price is what was entered; the rate table moves it in the others only. */
export function priceIn(row: PriceColumns, { currency, rate }: Pick<Viewer, 'currency' | 'rate'>): string {
  if (row.price_amount === null || row.price_usd === null) return '0.00';
  return row.price_currency === currency ? s2(row.price_amount) : fromUsd(row.price_usd, rate);
}

export const rowView = (row: ListedRow, viewer: Viewer): ChargePointRow => ({
  id: row.id,
  title: row.title,
  identifier: row.identifier,
  listed: row.listed,
  status: statusOf(row),
  earning: earning(row, viewer),
  rating: row.rating,
});

/** `listed` is a number in the plain list and a boolean in the table (reference L2066, L2113). */
export const listRowView = (row: ListedRow, viewer: Viewer): ChargePointListRow => ({
  ...rowView(row, viewer),
  listed: row.listed ? 1 : 0,
});

const connectorView = (row: ConnectorRow, online: boolean, { storage }: Addresses): ConnectorView => ({
  id: row.type_id,
  name: row.name,
  icon: `${storage}/${row.icon}`,
  type: row.type,
  max_power: row.max_power,
  status: online ? row.status : 'unavailable',
  number: row.number,
});

/** Coordinates are text in reads (reference L2312) and were any number: no exponent appears. */
export function coordinate(value: number): string;
export function coordinate(value: number | null): string | null;
export function coordinate(value: number | null): string | null {
  return value === null ? null : plainDecimal(value);
}

const typeView = ({ id, name, img, current_type, max_power }: ChargerTypeRow, storage: string): ChargerTypeView => ({
  id,
  name,
  img: `${storage}/${img}`,
  current_type,
  max_power: String(max_power),
});

const addressOf = (row: WholeRow): ChargePointFull['address'] => ({
  address_line_1: row.address_line_1,
  address_line_2: row.address_line_2,
  address_line_3: row.address_line_3,
  zipcode: row.zipcode,
  city: row.city,
  state: row.state,
});

export const pictureOf = ({ image }: Pick<WholeRow, 'image'>, publicUrl: string): string =>
  `${publicUrl}/${image ?? PICTURE}`;

const identityOf = (row: WholeRow, owner_id: number, { publicUrl, storage }: Addresses) => ({
  id: row.id,
  identifier: row.identifier,
  category: row.category,
  title: row.title,
  description: row.description,
  latitude: coordinate(row.latitude),
  longitude: coordinate(row.longitude),
  listed: row.listed,
  distance: null,
  type: row.charger_type && typeView(row.charger_type, storage),
  status: statusOf(row),
  image: pictureOf(row, publicUrl),
  session_limit_type: row.session_limit_type,
  session_limit_value: row.session_limit_value,
  online_status: row.connected ? (1 as const) : (0 as const),
  configured: row.configured ? (1 as const) : (0 as const),
  rating: row.rating,
  owner_id,
  address: addressOf(row),
  token: row.token,
  contact_number: row.contact_number,
  open_time: row.open_time,
  close_time: row.close_time,
});

const partsOf = (row: WholeRow, addresses: Addresses) => ({
  connectors: row.connectors.map((connector) => connectorView(connector, isOnline(row), addresses)),
  amenities: row.amenities.map((one) => ({ ...one, icon: one.icon && `${addresses.storage}/${one.icon}` })),
  price_unit: row.price_unit,
  orders_count: row.orders_count,
});

const useOf = (row: WholeRow) => ({
  is_external: false,
  is_in_use: row.busy,
  is_reserved: row.reserved,
  available: statusOf(row) === 'available',
  next_reservation_near_now: null,
  external_details: null,
});

/**
 * All 42 documented keys in their order (reference L2337), as JSON: putting an object of so many keys together from
 * others was a quarter of what the whole read cost this service.
 */
export const fullJson = (row: WholeRow, viewer: Viewer, addresses: Addresses): Encoded<ChargePointFull> =>
  wholeJson(row, viewer, { identity: identityOf(row, viewer.ownerId, addresses), parts: partsOf(row, addresses) });

/** The same in the words of integrations, whose lists of statuses and units are closed. */
export const integrationJson = (
  row: WholeRow,
  viewer: Viewer,
  addresses: Addresses,
): Encoded<ChargePointForIntegration> => {
  const [identity, parts] = [identityOf(row, viewer.ownerId, addresses), partsOf(row, addresses)];
  return wholeJson(row, viewer, {
    identity: { ...identity, status: identity.status === 'available' ? 'available' : 'unavailable' },
    parts: { ...parts, price_unit: row.price_unit === 'energy' ? 'kwh' : row.price_unit },
  });
};

const wholeJson = <T>(row: WholeRow, viewer: Viewer, { identity, parts }: { identity: object; parts: object }) =>
  joined<T>(
    identity,
    {
      total_earnings: earnedIn(row.total_earnings_usd, row.total_earned, viewer.currency, viewer.rate),
      total_energy: Number(row.total_energy),
      total_sessions_time: Number(row.total_sessions_time),
    },
    parts,
    { price: priceIn(row, viewer), price_usd: Number(row.price_usd ?? 0) },
    useOf(row),
    {
      reservation_fee: fromUsd(RESERVATION_FEE_USD, viewer.rate),
      booked_by_current_user: false,
      used_by_current_user: false,
      earning: earning(row, viewer),
    },
  );

/** The JSON of one object with the keys of several, none of which is empty. */
const joined = <T>(...parts: readonly object[]): Encoded<T> =>
  new Encoded(`{${parts.map((part) => JSON.stringify(part).slice(1, -1)).join(',')}}`);

/** What is the same for every viewer. */
export const cardView = (row: WholeRow, addresses: Addresses): ChargePointCard => ({
  // Whoever shows it knows the owner of the account that looks; here is the place of it among the keys.
  ...identityOf(row, 0, addresses),
  total_energy: Number(row.total_energy),
  total_sessions_time: Number(row.total_sessions_time),
  ...partsOf(row, addresses),
  price_usd: Number(row.price_usd ?? 0),
  ...useOf(row),
  booked_by_current_user: false,
  used_by_current_user: false,
});
