import { Client } from 'pg';

/** A table of a service as it is stored. */
export interface TableSize {
  readonly database: string;
  readonly table: string;
  readonly rows: number;
  /** With indexes and long values. */
  readonly bytes: number;
}

const DATABASES = `select datname as name from pg_database where datname like 'cpo\\_%' order by 1`;
const TABLES = `
  select c.relname as name, coalesce((select sum(pg_total_relation_size(relid)) from pg_partition_tree(c.oid)), pg_total_relation_size(c.oid))::float8 as bytes
  from pg_class c
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1`;
const UNSENT = 'select count(*)::int as unsent from outbox where sent_at is null and dead_at is null';

/** All tables of the platform's databases, asked as the server's administrator. */
export async function tableSizes(adminUrl: string): Promise<TableSize[]> {
  const sizes = await each(adminUrl, async (client, database) => {
    const { rows: tables } = await client.query<{ name: string; bytes: number }>(TABLES);
    const found: TableSize[] = [];
    for (const { name: table, bytes } of tables) {
      const { rows } = await client.query<{ rows: number }>(`select count(*)::int as rows from "${table}"`);
      found.push({ database, table, rows: rows[0]?.rows ?? 0, bytes });
    }
    return found;
  });
  return sizes.flat();
}

/** Events and jobs that have not left their services. */
export async function unsentIn(adminUrl: string): Promise<number> {
  const counts = await each(
    adminUrl,
    async (client) => (await client.query<{ unsent: number }>(UNSENT)).rows[0]?.unsent,
  );
  return counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

async function each<T>(adminUrl: string, work: (client: Client, database: string) => Promise<T>): Promise<T[]> {
  const { rows } = await as(adminUrl, (client) => client.query<{ name: string }>(DATABASES));
  const results: T[] = [];
  for (const { name } of rows) {
    const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
    results.push(await as(url, (client) => work(client, name.slice('cpo_'.length))));
  }
  return results;
}

async function as<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
