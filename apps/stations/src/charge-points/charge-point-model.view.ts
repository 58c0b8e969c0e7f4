import type { ChargePointModel } from '@open-cpo/contracts';

/** What creation writes, by the columns' names. */
export interface ModelRow {
  readonly id: number;
  readonly price_unit: string;
  readonly title: string;
  readonly identifier: string;
  readonly token: string;
  readonly category: string;
  readonly address_line_1?: string | null;
  readonly address_line_2?: string | null;
  readonly address_line_3?: string | null;
  readonly zipcode?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Timestamps have microseconds on the wire; ours end with three zeros. */
export const iso = (at: Date): string => at.toISOString().replace('Z', '000Z');

/**
 * The model in its documented order (reference L2750), with numbers for coordinates. What is `undefined` was not sent
 * at creation and does not appear.
 */
export const modelView = (row: ModelRow, ownerId: number): ChargePointModel => ({
  price_unit: row.price_unit,
  user_id: ownerId,
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
