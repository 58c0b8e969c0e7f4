import { Client } from 'pg';
import type { Copies } from '../contestants/shared/settings';
import type { BenchStack } from '../stack/bench-stack';
import type { ContestantName } from '../stack/contestant';
import { OWNER } from '../stack/people';
import { standIn } from './password-stand-in';

const COPIED = ['auth', 'stations', 'workforce', 'orders', 'notifications', 'chargers'] as const;

/** Baselines that write. */
export const WRITERS = ['bare', 'lean', 'microservices'] as const satisfies readonly ContestantName[];

// One for each power center, before there is any copy: the same ids everywhere.
const PRICES = `insert into charge_point_prices
  (charge_point_id, price_amount, price_currency, price_usd, starting, ending)
  select id, 10, 'DZD', 0.07341636, '08:00', '12:00' from charge_points where account_id = 1 and deleted_at is null
    and not exists (select 1 from charge_point_prices p where p.charge_point_id = charge_points.id)`;

/** Users who log in, by their number from one on: one alone would wait for the row of its own device. */
export const LOGINS = 64;
export const emailOf = (number: number): string => `login-${number}@demo.test`;

const PEOPLE = `insert into users (account_id, email, password_hash, role, status, first_name, last_name)
  select ${OWNER.accountId}, 'login-' || n || '@demo.test', '', 'viewer', 'active', 'Amina', 'Number ' || n
  from generate_series(1, ${LOGINS}) n`;
const PASSWORDS = `update users set password_hash = '${standIn(OWNER.password)}'`;

// Its receiver is never asked: deliveries are stored, and the worker does not run.
const WEBHOOK = `insert into webhooks (account_id, url, description, events, secrets)
  values (${OWNER.accountId}, 'https://receiver.test/', '', '{order.started}', '')`;

const POWER_CENTERS = `select id, account_id, identifier, token, time_zone, coalesce((
    select json_agg(json_build_object('id', m.id, 'number', m.number)) from charge_point_connectors m
    where m.charge_point_id = c.id), '[]') as connectors,
    json_build_object('unit', price_unit, 'price_usd', coalesce(price_usd, 0)::text) as tariff
  from charge_points c where deleted_at is null`;

// What orders and feeds have of power centers and accounts before the first event: at the platform, events tell it.
const OF_ORDERS = [
  `insert into charge_points (id, account_id, identifier, token, time_zone, connectors, card, created_at, told_at)
    select id, account_id, identifier, token, time_zone, connectors, '{}', '2020-01-01', '2020-01-01'
    from json_populate_recordset(null::charge_points, $1)`,
  `insert into charge_point_tariffs (charge_point_id, valid_from, tariff)
    select id, '2020-01-01', tariff from json_to_recordset($1) as g (id int, tariff jsonb)`,
  `insert into charge_point_totals (charge_point_id, account_id)
    select id, account_id from json_to_recordset($1) as g (id int, account_id int)`,
  `insert into account_totals (account_id)
    select distinct account_id from json_to_recordset($1) as g (account_id int)`,
];
const OF_FEEDS = `insert into feeds (account_id, head)
  select distinct account_id, 0 from json_to_recordset($1) as g (account_id int)`;

const nameOf = (stack: BenchStack, app: string): string => new URL(stack.databaseUrl(app)).pathname.slice(1);

function inDatabase(stack: BenchStack, name: string): string {
  const url = new URL(stack.addresses.databaseAdminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function ask(url: string, statements: readonly string[], values?: readonly string[]): Promise<object[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: object[] = [];
    for (const statement of statements) ({ rows } = await client.query<object>(statement, values && [...values]));
    return rows;
  } finally {
    await client.end();
  }
}

/** Copies of the databases for each baseline: it writes to the same tables, indexes and triggers. Before processes run. */
export async function copyDatabases(stack: BenchStack): Promise<void> {
  await ask(inDatabase(stack, nameOf(stack, 'stations')), [PRICES]);
  await ask(inDatabase(stack, nameOf(stack, 'auth')), [PEOPLE, PASSWORDS]);
  await ask(inDatabase(stack, nameOf(stack, 'notifications')), [WEBHOOK]);
  const powerCenters = JSON.stringify(await ask(inDatabase(stack, nameOf(stack, 'stations')), [POWER_CENTERS]));
  for (const writer of WRITERS) {
    for (const app of COPIED) {
      const [from, to] = [nameOf(stack, app), copyOf(writer, app)];
      await ask(stack.addresses.databaseAdminUrl, [`create database "${to}" template "${from}"`]);
      await ask(inDatabase(stack, to), ['delete from outbox']);
    }
    await ask(inDatabase(stack, copyOf(writer, 'orders')), OF_ORDERS, [powerCenters]);
    await ask(inDatabase(stack, copyOf(writer, 'notifications')), [OF_FEEDS], [powerCenters]);
  }
}

const copyOf = (writer: string, app: string): string => `bench_${writer}_${app}`;

/** How a baseline reaches its copies. */
export function copiesOf(stack: BenchStack, writer: string): Copies {
  const urls = COPIED.map((app) => [app, inDatabase(stack, copyOf(writer, app))]);
  const { redisUrl } = stack.addresses;
  return { ...(Object.fromEntries(urls) as Omit<Copies, 'stream' | 'redisUrl'>), stream: writer, redisUrl };
}
