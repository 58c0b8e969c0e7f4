import { Client } from 'pg';
import type { Copies } from '../contestants/shared/settings';
import type { BenchStack } from '../stack/bench-stack';
import type { ContestantName } from '../stack/contestant';

const COPIED = ['stations', 'workforce', 'orders', 'notifications', 'chargers'] as const;

/** Baselines that write. */
export const WRITERS = ['bare', 'lean', 'microservices'] as const satisfies readonly ContestantName[];

// One for each power center, before there is any copy: the same ids everywhere.
const PRICES = `insert into charge_point_prices
  (charge_point_id, price_amount, price_currency, price_usd, starting, ending)
  select id, 10, 'DZD', 0.07341636, '08:00', '12:00' from charge_points where account_id = 1 and deleted_at is null
    and not exists (select 1 from charge_point_prices p where p.charge_point_id = charge_points.id)`;

const nameOf = (stack: BenchStack, app: string): string => new URL(stack.databaseUrl(app)).pathname.slice(1);

function inDatabase(stack: BenchStack, name: string): string {
  const url = new URL(stack.addresses.databaseAdminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function ask(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Copies of the databases for each baseline: it writes to the same tables, indexes and triggers. Before processes run. */
export async function copyDatabases(stack: BenchStack): Promise<void> {
  await ask(inDatabase(stack, nameOf(stack, 'stations')), [PRICES]);
  for (const writer of WRITERS) {
    for (const app of COPIED) {
      const [from, to] = [nameOf(stack, app), copyOf(writer, app)];
      await ask(stack.addresses.databaseAdminUrl, [`create database "${to}" template "${from}"`]);
      await ask(inDatabase(stack, to), ['delete from outbox']);
    }
  }
}

const copyOf = (writer: string, app: string): string => `bench_${writer}_${app}`;

/** How a baseline reaches its copies. */
export function copiesOf(stack: BenchStack, writer: string): Copies {
  const urls = COPIED.map((app) => [app, inDatabase(stack, copyOf(writer, app))]);
  return { ...(Object.fromEntries(urls) as Omit<Copies, 'stream'>), stream: writer };
}
