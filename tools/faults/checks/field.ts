import { type FieldCharger, SESSION_MINUTES, SESSION_WH } from '../load/field-charger';
import type { Databases } from './databases';

/** An order of a session, as far as it has to be right. */
export interface FieldOrder {
  readonly session_id: string;
  /** kWh, and minutes. */
  readonly energy: number;
  readonly minutes: number;
  readonly price: number;
  /** What its price was reckoned by. */
  readonly tariff: string;
}

const TRANSACTIONS = 'select id from transactions where charger_id = $1';
const ORDERS = `
  select session_id, charging_session_energy::float8 as energy, charging_session_time::float8 as minutes,
    price_usd::float8 as price, concat_ws(' ', charge_point_id, unit, unit_price_usd) as tariff
  from orders where session_id like 'ocpp.%' and status = 1`;

/** Orders that do not say what the charger measured, or whose price is not that of the others. */
export function wrongOrders(orders: readonly FieldOrder[]): string[] {
  const prices = new Map<string, number>();
  return orders.flatMap(({ session_id, energy, minutes, price, tariff }) => {
    const before = prices.get(tariff) ?? price;
    prices.set(tariff, before);
    const wrong: string[] = [];
    if (energy * 1000 !== SESSION_WH) wrong.push(`${energy} kWh`);
    if (minutes !== SESSION_MINUTES) wrong.push(`${minutes} minutes`);
    if (price !== before) wrong.push(`${price} USD, another one ${before}`);
    return wrong.map((what) => `order of ${session_id}: ${what}`);
  });
}

/** Transactions that the charger got no id of: a begin was stored twice. */
export const doubleBegins = (begun: ReadonlySet<number>, stored: readonly number[], identity: string): string[] =>
  stored.filter((id) => !begun.has(id)).map((id) => `transaction ${id} of ${identity} was begun twice`);

/** What of the sessions of chargers is not as the chargers said; answers by error are reported once. */
export async function fieldSessions(chargers: readonly FieldCharger[], databases: Databases): Promise<string[]> {
  const problems: string[] = [];
  for (const { begun, unanswered, options, problems: refused } of chargers) {
    problems.push(...refused.splice(0));
    const rows = await databases.rows<{ id: number }>('chargers', TRANSACTIONS, [options.id]);
    // One that was stored, and whose answer the charger has not got yet.
    const open = unanswered === 'StartTransaction' ? 1 : 0;
    const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
    problems.push(...doubleBegins(begun, open ? ids.slice(0, -1) : ids, options.identity));
  }
  return [...problems, ...wrongOrders(await databases.rows<FieldOrder>('orders', ORDERS))];
}
