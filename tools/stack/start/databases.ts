import { Client } from 'pg';

/** One service's database: its name is the role's name as well. */
export interface Database {
  readonly name: string;
  readonly password: string;
}

const extensions = ['pg_trgm', 'btree_gist'];

/** Creates what is missing: a role for each database, owner of it and of nothing else. */
export async function createDatabases(adminUrl: string, databases: readonly Database[]): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    for (const database of databases) {
      await createRole(admin, database);
      await createDatabase(admin, database.name);
    }
  });
  for (const { name } of databases) {
    await withClient(inDatabase(adminUrl, name), async (admin) => {
      for (const extension of extensions) {
        await admin.query(`CREATE EXTENSION IF NOT EXISTS ${identifier(extension)}`);
      }
    });
  }
}

/** Removes databases and roles that a test run made on a server that stays. */
export async function dropDatabases(adminUrl: string, names: readonly string[]): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    for (const name of names) {
      await admin.query(`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS ${identifier(name)}`);
    }
  });
}

/** The address of a service's database for its own role. */
export function databaseUrl(adminUrl: string, database: Database): string {
  const url = new URL(inDatabase(adminUrl, database.name));
  url.username = database.name;
  url.password = database.password;
  return url.href;
}

function inDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function createRole(admin: Client, { name, password }: Database): Promise<void> {
  const found = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const verb = found.rowCount ? 'ALTER' : 'CREATE';
  // The password is set again each time: the file with the secrets may be newer than the server's data.
  const attributes = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE';
  await admin.query(`${verb} ROLE ${identifier(name)} ${attributes} PASSWORD ${admin.escapeLiteral(password)}`);
  await createCallers(admin, name);
}

/** The role that row-level security holds: what callers write, the service writes as this one. */
async function createCallers(admin: Client, owner: string): Promise<void> {
  const name = `${owner}_callers`;
  const found = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (!found.rowCount) await admin.query(`CREATE ROLE ${identifier(name)} NOLOGIN`);
  await admin.query(`GRANT ${identifier(name)} TO ${identifier(owner)}`);
}

async function createDatabase(admin: Client, name: string): Promise<void> {
  const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!found.rowCount) {
    const { rows } = await admin.query<{ current_user: string }>('SELECT current_user');
    // An administrator who is no superuser must be a member of the role to give it a database.
    await admin.query(`GRANT ${identifier(name)} TO ${identifier(rows[0]?.current_user ?? '')}`).catch(() => undefined);
    const properties = `TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`;
    await admin.query(`CREATE DATABASE ${identifier(name)} OWNER ${identifier(name)} ${properties}`);
  }
  await admin.query(`REVOKE ALL ON DATABASE ${identifier(name)} FROM PUBLIC`);
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
