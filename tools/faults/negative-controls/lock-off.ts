import type { Pool } from 'pg';
import { LEDGER, ledgerProblems } from '../checks/ledger';

const TABLES = `
  create table ledger_transactions (id bigint generated always as identity primary key, kind text, reference text,
    revision integer);
  create table ledger_postings (transaction_id bigint, ledger text, owner_id integer, amount numeric(20,8));
  insert into ledger_transactions (kind, reference, revision) values ('order_completed', 'order 1', 0);
  insert into ledger_postings values (1, 'clearing', null, -100), (1, 'owner_payable', 1, 100);`;

const BALANCE = `select coalesce(sum(amount), 0) as balance from ledger_postings
  where ledger = 'owner_payable' and owner_id = 1`;

/** Reserves the whole balance as a payout, under a lock of the owner or without. */
async function request(pool: Pool, safe: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    if (safe) await client.query('select pg_advisory_xact_lock(1)');
    const { rows } = await client.query<{ balance: string }>(BALANCE);
    // Everybody has looked before anybody writes, as it happens under load.
    await client.query('select pg_sleep(0.02)');
    const amount = Number(rows[0]?.balance);
    if (amount > 0) {
      const made = `insert into ledger_transactions (kind, reference, revision)
        values ('payout_requested', 'payout of owner 1', 0) returning id`;
      const { id } = (await client.query<{ id: string }>(made)).rows[0] as { id: string };
      await client.query("insert into ledger_postings values ($1, 'owner_payable', 1, $2)", [id, -amount]);
      await client.query("insert into ledger_postings values ($1, 'payouts_in_transit', 1, $2)", [id, amount]);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Ten requests for the same balance at once. */
export async function lockOff(pool: Pool, safe: boolean): Promise<string[]> {
  await pool.query(`drop table if exists ledger_postings, ledger_transactions; ${TABLES}`);
  await Promise.all(Array.from({ length: 10 }, () => request(pool, safe)));
  const { rows } = await pool.query<Parameters<typeof ledgerProblems>[0]>(LEDGER);
  const { balance } = (await pool.query<{ balance: string }>(BALANCE)).rows[0] as { balance: string };
  const overdrawn = Number(balance) < 0 ? [`the owner's balance is ${Number(balance)}`] : [];
  return [...(rows[0] ? ledgerProblems(rows[0]) : []), ...overdrawn];
}
