import { RESERVATION_FEE, shown, two, type Viewer } from './amounts';

/** What lists read. */
export interface Listed {
  readonly id: number;
  readonly title: string;
  readonly identifier: string;
  readonly listed: boolean;
  readonly configured: boolean;
  readonly connected: boolean;
  readonly busy: boolean;
  readonly reserved: boolean;
  readonly rating: string;
  readonly today_usd: string;
}

export interface Connector {
  readonly id: number;
  readonly name: string;
  readonly icon: string;
  readonly type: string;
  readonly max_power: number;
  readonly status: string;
  readonly number: number | null;
}

export interface ChargerType {
  readonly id: number;
  readonly name: string;
  readonly img: string;
  readonly current_type: string;
  readonly max_power: number;
}

export interface Amenity {
  readonly id: number;
  readonly name: string;
  readonly icon: string | null;
  readonly description: string | null;
}

/** Columns that are shown as they are. */
export interface Plain {
  readonly identifier: string;
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly session_limit_type: string | null;
  readonly session_limit_value: number;
  readonly token: string;
  readonly contact_number: string | null;
  readonly open_time: string | null;
  readonly close_time: string | null;
  readonly price_unit: string;
  readonly orders_count: number;
}

/** A power center with all that belongs to it. */
export interface Whole extends Listed, Plain {
  readonly account_id: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address_line_1: string | null;
  readonly address_line_2: string | null;
  readonly address_line_3: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly image: string | null;
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly price_usd: string | null;
  readonly total_earnings_usd: string;
  readonly total_energy: string;
  readonly total_sessions_time: string;
  readonly charger_type: ChargerType | null;
  readonly connectors: readonly Connector[];
  readonly amenities: readonly Amenity[];
}

export const online = ({ configured, connected }: Pick<Listed, 'configured' | 'connected'>): boolean =>
  configured && connected;

export function statusOf(row: Pick<Listed, 'configured' | 'connected' | 'busy' | 'reserved'>): string {
  if (!online(row)) return 'unavailable';
  if (row.busy) return 'busy';
  return row.reserved ? 'booked' : 'available';
}

export const listedRow = (row: Listed, viewer: Viewer, asNumber: boolean) => ({
  id: row.id,
  title: row.title,
  identifier: row.identifier,
  listed: asNumber ? Number(row.listed) : row.listed,
  status: statusOf(row),
  earning: shown(row.today_usd, viewer.rate),
  rating: row.rating,
});

export const priceOf = (
  row: Pick<Whole, 'price_amount' | 'price_currency' | 'price_usd'>,
  { currency, rate }: Viewer,
): string => {
  if (row.price_amount === null || row.price_usd === null) return '0.00';
  return row.price_currency === currency ? two(Number(row.price_amount)) : shown(row.price_usd, rate);
};

const coordinate = (value: number | null): string | null => (value === null ? null : String(value));

/** The whole power center, in the documented order. */
export const wholeView = (row: Whole, viewer: Viewer, pictures: string) => ({
  id: row.id,
  identifier: row.identifier,
  category: row.category,
  title: row.title,
  description: row.description,
  latitude: coordinate(row.latitude),
  longitude: coordinate(row.longitude),
  listed: row.listed,
  distance: null,
  type: row.charger_type && typeOf(row.charger_type, pictures),
  ...stateOf(row, pictures),
  ...resultsOf(row, viewer),
  connectors: row.connectors.map((one) => connectorView(one, online(row), pictures)),
  amenities: row.amenities.map((one) => ({ ...one, icon: one.icon && `${pictures}/${one.icon}` })),
  price_unit: row.price_unit,
  orders_count: row.orders_count,
  ...useOf(row),
});

const stateOf = (row: Whole, pictures: string) => ({
  status: statusOf(row),
  image: `${pictures}/${row.image ?? 'images/charge-point-1.jpeg'}`,
  session_limit_type: row.session_limit_type,
  session_limit_value: row.session_limit_value,
  online_status: Number(row.connected),
  configured: Number(row.configured),
  rating: row.rating,
  owner_id: row.account_id,
  address: {
    address_line_1: row.address_line_1,
    address_line_2: row.address_line_2,
    address_line_3: row.address_line_3,
    zipcode: row.zipcode,
    city: row.city,
    state: row.state,
  },
  token: row.token,
  contact_number: row.contact_number,
  open_time: row.open_time,
  close_time: row.close_time,
});

const resultsOf = (row: Whole, viewer: Viewer) => ({
  total_earnings: shown(row.total_earnings_usd, viewer.rate),
  total_energy: Number(row.total_energy),
  total_sessions_time: Number(row.total_sessions_time),
  price: priceOf(row, viewer),
  price_usd: Number(row.price_usd ?? 0),
  reservation_fee: shown(RESERVATION_FEE, viewer.rate),
  earning: shown(row.today_usd, viewer.rate),
});

const typeOf = (row: ChargerType, pictures: string) => ({
  ...row,
  img: `${pictures}/${row.img}`,
  max_power: String(row.max_power),
});

export const connectorView = (row: Connector, isOnline: boolean, pictures: string) => ({
  id: row.id,
  name: row.name,
  icon: `${pictures}/${row.icon}`,
  type: row.type,
  max_power: row.max_power,
  status: isOnline ? row.status : 'unavailable',
  number: row.number,
});

const useOf = (row: Whole) => ({
  is_external: false,
  is_in_use: row.busy,
  is_reserved: row.reserved,
  available: statusOf(row) === 'available',
  next_reservation_near_now: null,
  external_details: null,
  booked_by_current_user: false,
  used_by_current_user: false,
});
