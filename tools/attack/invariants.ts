import type { Tally } from './report/tally';
import { type Database, withClient } from './environment/databases';
import { OTHER_ACCOUNT } from './environment/people';

/** Every table that says whose its rows are. */
const OWNED = `select table_name as name from information_schema.columns c join information_schema.tables t
  using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'account_id'
  order by 1`;
/** Things that come and go by themselves. */
const PASSING = ['idempotency_keys', 'outbox', 'inbox', 'sessions', 'emails', 'export_requests'];

/** A digest of all rows of the other account, by database and table. */
export async function rowsOfOther(databases: readonly Database[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { name, url } of databases) {
    await withClient(url, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(OWNED);
      for (const table of tables.filter((one) => !PASSING.includes(one.name))) {
        const { rows } = await client.query<{ digest: string | null }>(
          `select md5(string_agg(row, '|' order by row)) as digest from (
            select (to_jsonb(t) - 'last_used_at')::text as row from "${table.name}" t where account_id = $1) rows`,
          [OTHER_ACCOUNT],
        );
        digests.set(`${name}.${table.name}`, rows[0]?.digest ?? 'none');
      }
    });
  }
  return digests;
}

/** Tables in which a row of the other account came, went or changed. */
export const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].filter(([table, digest]) => after.get(table) !== digest).map(([table]) => table);

/** Questions whose answer is 0 while all is well. */
const QUESTIONS: Record<string, Record<string, string>> = {
  payouts: {
    'transactions of the ledger that do not sum to zero':
      'select count(*) from (select 1 from ledger_postings group by transaction_id having sum(amount) <> 0) t',
    'payouts without a transaction':
      "select count(*) from payouts p where not exists (select from ledger_transactions l where l.account_id = p.account_id and l.kind = 'payout_requested')",
  },
};

/** Asks the databases what must be true of them whatever was sent. */
export async function checkDatabases(databases: readonly Database[], tally: Tally): Promise<void> {
  for (const { name, url } of databases) {
    await withClient(url, async (client) => {
      for (const [what, sql] of Object.entries(QUESTIONS[name] ?? {})) {
        const { rows } = await client.query<{ count: string }>(sql);
        tally.checked(`${name}: ${what}`, rows[0]?.count === '0', rows[0]?.count ?? '');
      }
    });
  }
}
