import type { FieldCharger } from '../load/field-charger';
import type { Measured } from '../load/field-session';
import type { Databases } from './databases';

/** An order of a session, as far as it has to be right. */
export interface FieldOrder {
  readonly session_id: string;
  /** kWh, and minutes. */
  readonly energy: number;
  readonly minutes: number;
  readonly price: number;
  readonly quantity: number;
  readonly unit_price: number;
  /** Whether one price was in force all the time. */
  readonly plain: boolean;
  readonly flags: readonly string[];
  /** What its price was reckoned by. */
  readonly tariff: string;
}

const TRANSACTIONS = 'select id from transactions where charger_id = $1';
const KEPT = 'select count(*) from kept_messages where charger_id = $1';
const CONNECTED = 'select count(*) from chargers where id = $1 and disconnected_at is null';
const ORDERS = `
  select session_id, charging_session_energy::float8 as energy, charging_session_time::float8 as minutes,
    price_usd::float8 as price, quantity::float8 as quantity, unit_price_usd::float8 as unit_price,
    prices = '[]' as plain, flags, concat_ws(' ', charge_point_id, unit, unit_price_usd, quantity) as tariff
  from orders where session_id like 'ocpp.%' and status = 1`;

/** Sessions of a charger are reported one after the other and overlap in time. */
const IGNORED = ['connector_overlap', 'connector_unknown'];
/** Four decimals of an order's minutes and kWh, and eight of its prices. */
const ROUNDED = 0.0001;
const ROUNDED_PRICE = 1e-6;

const differ = (a: number, b: number, by: number): boolean => Math.abs(a - b) > by;

/** Orders that do not say what the charger measured, or whose price is not that of their quantity. */
export function wrongOrders(orders: readonly FieldOrder[], measured: ReadonlyMap<string, Measured>): string[] {
  const prices = new Map<string, number>();
  return orders.flatMap((order) => {
    const { session_id, price, tariff } = order;
    const before = prices.get(tariff) ?? price;
    prices.set(tariff, before);
    const expected = measured.get(session_id);
    const wrong = expected ? differences(order, expected) : ['no charger has had the session'];
    if (price !== before) wrong.push(`${price} USD, another one ${before}`);
    return wrong.map((what) => `order of ${session_id}: ${what}`);
  });
}

function differences(order: FieldOrder, { wh, minutes, slack, flags }: Measured): string[] {
  const wrong: string[] = [];
  if (differ(order.energy, wh / 1000, ROUNDED)) wrong.push(`${order.energy} kWh instead of ${wh / 1000}`);
  if (differ(order.minutes, minutes, slack + ROUNDED)) wrong.push(`${order.minutes} minutes instead of ${minutes}`);
  const price = order.quantity * order.unit_price;
  if (order.plain && differ(order.price, price, ROUNDED_PRICE)) wrong.push(`${order.price} USD instead of ${price}`);
  const found = order.flags.filter((flag) => !IGNORED.includes(flag));
  if (found.toSorted().join() !== flags.toSorted().join()) {
    wrong.push(`flags "${found.join()}" instead of "${flags.join()}"`);
  }
  return wrong;
}

/** Transactions that the charger got no id of: a begin was stored twice. */
export const doubleBegins = (begun: ReadonlySet<number>, stored: readonly number[], identity: string): string[] =>
  stored.filter((id) => !begun.has(id)).map((id) => `transaction ${id} of ${identity} was begun twice`);

/** What the platform has of a charger. */
export interface ChargerRecord {
  readonly transactions: readonly number[];
  /** Messages of no transaction. */
  readonly kept: number;
  readonly connected: boolean;
}

type Charger = Pick<FieldCharger, 'begun' | 'unanswered' | 'unassigned'> & {
  readonly options: Pick<FieldCharger['options'], 'identity'>;
  readonly connection: Pick<FieldCharger['connection'], 'isOpen'>;
};

/** What the platform has of a charger and the charger did not report, or the other way round. */
export function recordProblems(charger: Charger, { transactions, kept, connected }: ChargerRecord): string[] {
  const { begun, unanswered, unassigned, connection } = charger;
  const { identity } = charger.options;
  // One that was stored, and whose answer the charger has not got yet.
  const open = unanswered === 'StartTransaction' ? 1 : 0;
  const ids = transactions.toSorted((a, b) => a - b);
  const problems = doubleBegins(begun, open ? ids.slice(0, -1) : ids, identity);
  if (kept < unassigned) problems.push(`${unassigned - kept} answered messages of ${identity} were not kept`);
  if (connection.isOpen && !connected) problems.push(`${identity} counts as disconnected, and has a connection`);
  return problems;
}

/** What of the sessions of chargers is not as the chargers reported; answers by error are reported once. */
export async function fieldSessions(chargers: readonly FieldCharger[], databases: Databases): Promise<string[]> {
  const problems: string[] = [];
  for (const charger of chargers) {
    const { id } = charger.options;
    problems.push(...charger.problems.splice(0));
    const rows = await databases.rows<{ id: number }>('chargers', TRANSACTIONS, [id]);
    const kept = await databases.number('chargers', KEPT, [id]);
    const connected = (await databases.number('chargers', CONNECTED, [id])) > 0;
    problems.push(...recordProblems(charger, { transactions: rows.map((row) => row.id), kept, connected }));
  }
  const measured = new Map(chargers.flatMap((charger) => [...charger.measured]));
  return [...problems, ...wrongOrders(await databases.rows<FieldOrder>('orders', ORDERS), measured)];
}
