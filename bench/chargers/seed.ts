import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { BenchStack } from '../stack/bench-stack';
import { OWNER } from '../stack/people';
import { newPassword, type Server, swarmOf, type SwarmCharger } from './swarm';

/** Ids of power centers that no other one has. */
const FIRST = 5_000_000;

const POWER_CENTERS = `
  insert into charge_points (id, account_id, identifier, token, category, title, time_zone, created_at, updated_at)
  select $1::int + n, $2, 'bench-' || n, 'BENCH_' || n, 'EV_CHARGER', 'Bench ' || n, 'Africa/Algiers', now(), now()
  from generate_series(0, $3::int - 1) n`;

const KNOWN = `
  insert into charge_points (id, account_id, token, time_zone, published_at)
  select $1::int + n, $2, 'BENCH_' || n, 'Africa/Algiers', now() from generate_series(0, $3::int - 1) n`;

// Any card may start: cards are looked at apart. Their settings are known: a new charger is asked for them once, after minutes.
const CHARGERS = `
  insert into chargers (account_id, charge_point_id, identity, secret_hash, policy, local_list, settings_due_at)
  select $2, $1::int + n, 'BENCH_' || n, $4, 'anybody', false, now() + interval '7 days' from generate_series(0, $3::int - 1) n`;

async function run(url: string, statements: readonly (readonly [string, readonly unknown[]])[]): Promise<void> {
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    for (const [text, values] of statements) await database.query(text, [...values]);
    await database.query('analyze');
  } finally {
    await database.end();
  }
}

/** Power centers of the demo's owner, each with a charger; written into the tables, since what is measured comes later. */
export async function seed(stack: BenchStack, count: number): Promise<{ server: Server; swarm: SwarmCharger[] }> {
  const password = newPassword();
  const hash = createHash('sha256').update(Buffer.from(password, 'hex')).digest();
  const values = [FIRST, OWNER.accountId, count];
  await run(stack.databaseUrl('stations'), [[POWER_CENTERS, values]]);
  await run(stack.databaseUrl('chargers'), [
    [KNOWN, values],
    [CHARGERS, [...values, hash]],
  ]);
  const swarm = swarmOf(Array.from({ length: count }, (_, n) => `BENCH_${n}`));
  return { server: { port: stack.chargersPort, password }, swarm };
}

const CONNECTED = `select count(*)::int as n from charge_points where id >= ${FIRST} and connected`;
const GONE = `
  select count(*)::int as n from outbox where name = 'charging.charger.disconnected'
    and aggregate in (select 'charging ' || id from chargers where charge_point_id >= ${FIRST})`;

/** A number out of a database. */
export async function numberIn(url: string, text: string): Promise<number> {
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    return (await database.query<{ n: number }>(text)).rows[0]?.n ?? 0;
  } finally {
    await database.end();
  }
}

/** Chargers that stations shows as connected. */
export const connectedIn = (stack: BenchStack): Promise<number> => numberIn(stack.databaseUrl('stations'), CONNECTED);
/** Events that say a charger has gone. */
export const goneIn = (stack: BenchStack): Promise<number> => numberIn(stack.databaseUrl('chargers'), GONE);
