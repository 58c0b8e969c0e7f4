import { Client } from 'pg';

/** One service's database: its name is the runtime role's name as well. */
export interface Database {
  readonly name: string;
  /** Of the runtime role. */
  readonly password: string;
  /** Of the role that owns the tables and runs the migrations. */
  readonly ownerPassword: string;
}

const extensions = ['pg_trgm', 'btree_gist'];

/** Creates what is missing: a database for each service, and its three roles. */
export async function createDatabases(adminUrl: string, databases: readonly Database[]): Promise<void> {
  const created = databases.map(async (database) => {
    await withClient(adminUrl, async (admin) => {
      await createRoles(admin, database);
      await createDatabase(admin, database.name);
    });
    await withClient(inDatabase(adminUrl, database.name), async (admin) => {
      for (const extension of extensions) {
        await admin.query(`CREATE EXTENSION IF NOT EXISTS ${identifier(extension)}`);
      }
    });
  });
  await Promise.all(created);
}

/** Removes databases and roles that a test run made on a server that stays. */
export async function dropDatabases(adminUrl: string, names: readonly string[]): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    for (const name of names) {
      await admin.query(`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`);
      for (const role of [ownerOf(name), name, callersOf(name)]) {
        await admin.query(`DROP ROLE IF EXISTS ${identifier(role)}`);
      }
    }
  });
}

/** Nobody but an administrator connects to the databases that belong to no service. For servers of our own. */
export async function closeSharedDatabases(adminUrl: string): Promise<void> {
  await withClient(adminUrl, (admin) => admin.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'));
}

/**
 * Which migrations databases have, in a line, as their runtime roles see it; nothing where one of the roles is not admitted
 * or has nothing to see yet.
 */
export async function appliedMigrations(urls: readonly string[]): Promise<string | undefined> {
  const applied = urls.map((url) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ names: string }>(
        `SELECT md5(string_agg(name, ',' ORDER BY id)) AS names FROM migrations`,
      );
      return `${new URL(url).pathname.slice(1)} ${rows[0]?.names ?? ''}`;
    }),
  );
  return (await Promise.all(applied).catch(() => undefined))?.join(', ');
}

/** The address of a service's database for its runtime role. */
export function databaseUrl(adminUrl: string, { name, password }: Database): string {
  return addressFor(adminUrl, name, name, password);
}

/** The same for its owner: migrations alone get it. */
export function ownerUrl(adminUrl: string, { name, ownerPassword }: Database): string {
  return addressFor(adminUrl, name, ownerOf(name), ownerPassword);
}

const ownerOf = (name: string): string => `${name}_owner`;
/** The role that row-level security holds: what callers write, the service writes as this one. */
const callersOf = (name: string): string => `${name}_callers`;

function addressFor(adminUrl: string, database: string, user: string, password: string): string {
  const url = new URL(inDatabase(adminUrl, database));
  url.username = user;
  url.password = password;
  return url.href;
}

function inDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function createRoles(admin: Client, { name, password, ownerPassword }: Database): Promise<void> {
  // The service passes row-level security when it works for itself, and becomes the callers' role when it does not.
  await createRole(admin, name, `LOGIN BYPASSRLS PASSWORD ${admin.escapeLiteral(password)}`);
  await createRole(admin, ownerOf(name), `LOGIN NOBYPASSRLS PASSWORD ${admin.escapeLiteral(ownerPassword)}`);
  await createRole(admin, callersOf(name), 'NOLOGIN NOBYPASSRLS');
  await admin.query(`GRANT ${identifier(callersOf(name))} TO ${identifier(name)}`);
  // So that it can take over what the runtime role made before there was an owner.
  await admin.query(`GRANT ${identifier(name)} TO ${identifier(ownerOf(name))}`);
}

/** Attributes and passwords are set again each time: the file with the secrets may be newer than the server's data. */
async function createRole(admin: Client, name: string, attributes: string): Promise<void> {
  const found = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const verb = found.rowCount ? 'ALTER' : 'CREATE';
  await admin.query(`${verb} ROLE ${identifier(name)} NOSUPERUSER NOCREATEDB NOCREATEROLE ${attributes}`);
}

async function createDatabase(admin: Client, name: string): Promise<void> {
  const owner = identifier(ownerOf(name));
  const { rows } = await admin.query<{ current_user: string }>('SELECT current_user');
  // An administrator who is no superuser must be a member of the role to give it a database.
  await admin.query(`GRANT ${owner} TO ${identifier(rows[0]?.current_user ?? '')}`).catch(() => undefined);
  const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!found.rowCount) {
    const properties = `TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`;
    await admin.query(`CREATE DATABASE ${identifier(name)} OWNER ${owner} ${properties}`);
  }
  await admin.query(`ALTER DATABASE ${identifier(name)} OWNER TO ${owner}`);
  await admin.query(`REVOKE ALL ON DATABASE ${identifier(name)} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${identifier(name)} TO ${identifier(name)}`);
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
