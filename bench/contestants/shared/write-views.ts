import type { Person } from './settings';
import type { Viewer } from './amounts';
import { two } from './amounts';

/** What is written, in the words of the contestants. */
export type Written =
  | { readonly write: 'create'; readonly body: NewPowerCenter }
  | { readonly write: 'change'; readonly id: number; readonly body: { readonly title: string } }
  | { readonly write: 'worker'; readonly body: NewWorker }
  | { readonly write: 'price'; readonly id: number; readonly body: { readonly price: string } };

export interface NewPowerCenter {
  readonly title: string;
  readonly category: string;
  readonly city?: string;
}

export interface NewWorker {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly rfid: string;
  readonly expire_at: string;
}

/** A write as it comes: who asks, and under which key. */
export interface WriteAsked {
  readonly written: Written;
  readonly person: Person;
  readonly key: string;
}

/** What other services are told: the whole power center, its prices, or both. */
export interface ToldPowerCenter {
  readonly id: number;
  readonly account_id: number;
  readonly time_zone: string;
  readonly told_at: string;
  readonly card: object | null;
  readonly prices: object | null;
}

/** Tells who keeps cards that those of an account are others now. */
export const cardsOf = ({ accountId, timeZone }: Person): ToldPowerCenter => {
  const told_at = new Date().toISOString();
  return { id: accountId, account_id: accountId, time_zone: timeZone, told_at, card: null, prices: null };
};

const iso = (at: Date): string => at.toISOString().replace('Z', '000Z');

export interface Model {
  readonly id: number;
  readonly price_unit: string;
  readonly title: string;
  readonly identifier: string;
  readonly token: string;
  readonly category: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What creation answers. */
export const modelView = (row: Model & { readonly city?: string | null }, person: Person) => ({
  price_unit: row.price_unit,
  user_id: person.userId,
  title: row.title,
  identifier: row.identifier,
  token: row.token,
  category: row.category,
  city: row.city,
  updated_at: iso(row.updated_at),
  created_at: iso(row.created_at),
  id: row.id,
});

interface Addressed extends Model {
  readonly address_line_1: string | null;
  readonly address_line_2: string | null;
  readonly address_line_3: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** What a change answers. */
export const changedView = (row: Addressed, person: Person) => ({
  price_unit: row.price_unit,
  user_id: person.userId,
  title: row.title,
  identifier: row.identifier,
  token: row.token,
  category: row.category,
  address_line_1: row.address_line_1,
  address_line_2: row.address_line_2,
  address_line_3: row.address_line_3,
  zipcode: row.zipcode,
  city: row.city,
  state: row.state,
  latitude: row.latitude,
  longitude: row.longitude,
  updated_at: iso(row.updated_at),
  created_at: iso(row.created_at),
  id: row.id,
});

export const workerView = (id: number, body: NewWorker) => ({
  id,
  first_name: body.first_name,
  last_name: body.last_name,
  name: `${body.first_name} ${body.last_name}`,
  email: body.email,
  rfid: body.rfid,
  expire_at: body.expire_at,
  cash_on_hands: null,
});

export interface PriceRow {
  readonly id: number;
  readonly charge_point_id: number;
  readonly starting: string;
  readonly ending: string;
}

export const priceView = (row: PriceRow, price: string) => ({
  id: row.id,
  price: two(Number(price)),
  startingTime: row.starting,
  endingTime: row.ending,
});

/** Columns of a price as it was entered. */
export const enteredPrice = (price: string, { currency, rate }: Viewer) => ({
  price_amount: two(Number(price)),
  price_currency: currency,
  price_usd: (Number(price) / rate).toFixed(8),
});
