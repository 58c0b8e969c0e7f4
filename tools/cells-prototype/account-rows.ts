import { Client } from 'pg';
import { environment } from '@open-cpo/platform';

/** How many rows of a table an account has, and a digest over them. */
export interface Digest {
  readonly table: string;
  readonly rows: number;
  readonly md5: string;
}

/**
 * Tables of the services' own work, which a move does not copy, and why. A service that moves accounts needs a rule for each of
 * its tables; these are those of stations and workforce.
 */
export const NOT_COPIED: Readonly<Record<string, string>> = {
  audit_heads: 'the ends of the chains of a database; entries are chained again where they arrive',
  outbox: 'empty of what is unsent and of dead rows of the account before the copy',
  inbox: 'of events of a broker that the account has left',
  parked_events: 'empty for the account before the copy',
  failed_items: 'found again by the sweep, which reads the rows themselves',
  migrations: 'of the database',
  charging_back_ends: 'of the platform',
  back_end_grants: 'of the platform',
  unknown_reports: 'of the platform',
};

/** Answers to keyed requests: no account is named there, so that those of 24 hours are copied whole. */
const KEYS = 'idempotency_keys';
/** Entries are chained where they are written. */
const CHAINED = ['chain', 'seq', 'hash'];

const POLICIES = `
  select c.relname as table, p.qual from pg_class c
  left join pg_policies p on p.tablename = c.relname and p.policyname = 'own_rows' and p.cmd in ('ALL', 'SELECT')
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1`;
const COLUMNS = `
  select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> all ($2::text[])`;

const LEFTOVERS = `
  select 'outbox' as table where exists (select 1 from outbox where sent_at is null and payload::text ~* $1)
  union all
  select 'parked_events' where exists (
    select 1 from parked_events where convert_from(payload, 'UTF8') ~* $1)`;

/** A database of a cell, as the server's administrator sees it. */
export class AccountRows {
  private constructor(
    private readonly client: Client,
    private readonly role: string,
    /** Tables with rows of accounts; those of the platform are null-owned and stay. */
    readonly tables: readonly { readonly table: string; readonly where: string }[],
    /** Tables that belong to no account and are in no list. */
    readonly unknown: readonly string[],
  ) {}

  static async open(url: string): Promise<AccountRows> {
    const admin = new URL(environment().TEST_DATABASE_ADMIN_URL ?? '');
    const { pathname, username } = new URL(url);
    const client = new Client({ connectionString: Object.assign(admin, { pathname }).href });
    await client.connect();
    const { rows } = await client.query<{ table: string; qual: string | null }>(POLICIES);
    const owned = rows.filter(({ qual }) => qual !== null && qual !== 'true');
    const nullOwner = /(\w+) IS NULL/;
    const tables = owned.map(({ table, qual }) => {
      const [, column] = nullOwner.exec(qual ?? '') ?? [];
      return { table, where: column ? `where ${column} is not null` : '' };
    });
    const catalogues = rows.filter(({ qual }) => qual === 'true').map(({ table }) => table);
    const known = [...owned.map(({ table }) => table), ...catalogues, ...Object.keys(NOT_COPIED)];
    return new AccountRows(
      client,
      `${username}_callers`,
      tables,
      rows.map(({ table }) => table).filter((table) => !known.includes(table)),
    );
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Tables with events that name the account and have had no effect yet: they would stay behind. */
  async leftovers(accountId: number): Promise<string[]> {
    const { rows } = await this.client.query<{ table: string }>(LEFTOVERS, [`"account_?id\\s*":\\s*${accountId}\\M`]);
    return rows.map(({ table }) => table);
  }

  /** What the account has, from one snapshot. */
  digests(accountId: number): Promise<Digest[]> {
    return this.within(accountId, async () => {
      const digests: Digest[] = [];
      for (const { table, where } of this.tables) {
        const chained = CHAINED.map((column) => `- '${column}'`).join(' ');
        const text = `select count(*)::int as rows, md5(coalesce(string_agg(line, '' order by line), '')) as md5
          from (select md5((to_jsonb(t) ${chained})::text) as line from ${table} t ${where}) lines`;
        const { rows } = await this.client.query<Omit<Digest, 'table'>>(text);
        digests.push({ table, ...(rows[0] as Omit<Digest, 'table'>) });
      }
      return digests;
    });
  }

  /** Copies the account's rows to the database of another cell, in one transaction there and from one snapshot here. */
  async copyTo(target: AccountRows, accountId: number): Promise<void> {
    const copies = await this.within(accountId, async () => {
      const found: { table: string; json: string }[] = [];
      for (const { table, where } of this.tables)
        found.push({ table, json: await this.json(`select * from ${table} ${where}`) });
      return found;
    });
    copies.push({ table: KEYS, json: await this.json(`select * from ${KEYS}`) });
    await target.client.query('begin');
    try {
      for (const { table, json } of copies) await target.insert(table, json);
      await target.client.query('commit');
    } catch (error) {
      await target.client.query('rollback');
      throw error;
    }
  }

  /** Numbers stay texts on the way: a number of JavaScript would lose digits. */
  private async json(text: string): Promise<string> {
    const { rows } = await this.client.query<{ rows: string }>(
      `select coalesce(json_agg(t), '[]')::text as rows from (${text}) t`,
    );
    return rows[0]?.rows ?? '[]';
  }

  private async insert(table: string, json: string): Promise<void> {
    const isAudit = table === 'audit_log';
    // Rows come as they are: no trigger counts them again, and their order does not matter.
    await this.client.query(`set local session_replication_role = ${isAudit ? 'origin' : 'replica'}`);
    const { rows } = await this.client.query<{ columns: string }>(COLUMNS, [table, isAudit ? CHAINED : []]);
    const columns = rows[0]?.columns ?? '';
    await this.client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${table}, $1) ${isAudit ? 'order by id' : ''} on conflict do nothing`,
      [json],
    );
  }

  /** As the account: row-level security says which rows are its own. */
  private async within<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    await this.client.query('begin isolation level repeatable read read only');
    try {
      await this.client.query(`set local role "${this.role}"; set local app.account = '${accountId}'`);
      return await work();
    } finally {
      await this.client.query('rollback');
    }
  }
}
