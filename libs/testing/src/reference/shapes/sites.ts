import { bool, id, list, nullable, numeric, object, string, text, ymd } from '../shape';
import { cpRow } from './charge-points';

const address = object({
  id,
  latitude: numeric,
  longitude: numeric,
  country: object({ id, name: text }),
  state: string,
  city: string,
  zipcode: nullable(string),
  address_line_1: string,
  address_line_2: nullable(string),
  address_line_3: nullable(string),
});

/** A site; `power_centers` is always there, and filled only when asked for. */
export const site = object({
  id,
  categoryId: nullable(id),
  name: text,
  status: bool,
  active: bool,
  startDate: nullable(ymd),
  endDate: nullable(ymd),
  integrationCode: nullable(string),
  chargePointIds: list(id),
  address: nullable(address),
  power_centers: list(cpRow),
});
