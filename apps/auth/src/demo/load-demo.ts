import { Client } from 'pg';
import { Passwords } from '../passwords/passwords';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_PEOPLE } from './demo-people';

const ACCOUNT = `
  insert into accounts (id, country_id, currency)
  select $1, id, $3 from countries where iso = $2
  on conflict (id) do nothing`;
const PERSON = `
  insert into users (id, account_id, email, password_hash, role, status, first_name, last_name, contact_number)
  values ($1, $2, $3, $4, $5, 'active', $6, $7, $8)
  on conflict do nothing`;
const STRANGERS = 'select count(*)::int as count from users where id = any($1) and email <> all($2)';
// Whoever registers next must not collide with them. A service may take from a sequence, and not set it.
const MOVE_ON = ['accounts', 'users'].map(
  (table) => `
  select count(nextval('${table}_id_seq')) from generate_series(
    (select last_value from ${table}_id_seq), (select max(id) from ${table}))`,
);

/** Puts the demo's people there, verified; those who are there stay as they are. @throws Error when others have their ids */
export async function loadDemo(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await insert(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function insert(client: Client): Promise<void> {
  const [ids, emails] = [DEMO_PEOPLE.map(({ id }) => id), DEMO_PEOPLE.map(({ email }) => email)];
  const { rows } = await client.query<{ count: number }>(STRANGERS, [ids, emails]);
  if (rows[0]?.count) throw new Error('Other people are registered already: demo data needs a fresh database.');
  for (const { id, country, currency } of DEMO_ACCOUNTS) await client.query(ACCOUNT, [id, country, currency]);
  const hash = await new Passwords().hash(DEMO_PASSWORD);
  for (const p of DEMO_PEOPLE) {
    const { id, accountId, email, role, firstName, lastName, contactNumber } = p;
    await client.query(PERSON, [id, accountId, email, hash, role, firstName, lastName, contactNumber]);
  }
  for (const statement of MOVE_ON) await client.query(statement);
}
