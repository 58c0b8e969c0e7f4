import { randomBytes } from 'node:crypto';
import { environment } from '@open-cpo/platform';
import { Client } from 'pg';

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** The address for the role that owns the tables: for migrations. */
  readonly ownerUrl: string;
  /** Asks it directly as the owner of the tables, past the code under test. */
  query<T extends object = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  /** The same past what its owner may do. */
  force(text: string): Promise<void>;
  /** Asks as the server's administrator, from another database. */
  administer(text: string): Promise<void>;
  /** Ends it, with whatever is still connected to it. */
  drop(): Promise<void>;
}

/** The administrator's address of the PostgreSQL that tests may use; `npm test` starts one. */
function adminUrl(): string {
  const url = environment().TEST_DATABASE_ADMIN_URL;
  if (!url) throw new Error('TEST_DATABASE_ADMIN_URL is not set: run the tests with `npm test`.');
  return url;
}

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = new Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}

/** Creates an empty database with the locale that search needs, and its three roles, as in operation. */
export async function testDatabase(name: string): Promise<TestDatabase> {
  const database = `test_${name.replace(/\W/g, '_').slice(0, 30)}_${randomBytes(6).toString('hex')}`;
  const owner = `${database}_owner`;
  const password = randomBytes(12).toString('hex');
  await asAdmin(
    `create role ${database} login bypassrls password '${password}'`,
    `create role ${database}_callers`,
    `create role ${owner} login password '${password}'`,
    `grant ${database}_callers to ${database}`,
    `grant ${database} to ${owner}`,
    `create database ${database} owner ${owner} template template0 encoding 'UTF8' locale 'C.UTF-8'`,
    `revoke all on database ${database} from public`,
    `grant connect on database ${database} to ${database}`,
  );
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create extension if not exists pg_trgm');
  await client.query(`set role ${owner}`);
  const as = (username: string): string => Object.assign(new URL(url), { username, password }).href;
  return {
    url: as(database),
    ownerUrl: as(owner),
    query: async <T extends object>(text: string, params?: unknown[]) => (await client.query<T>(text, params)).rows,
    force: async (text) => {
      await client.query(`reset role; ${text}; set role ${owner}`);
    },
    administer: (text) => asAdmin(text),
    drop: async () => {
      await client.end();
      await asAdmin(`drop database ${database} with (force)`, `drop role ${owner}, ${database}, ${database}_callers`);
    },
  };
}
