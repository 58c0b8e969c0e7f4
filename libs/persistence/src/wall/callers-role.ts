import type { Client } from 'pg';
import { userOf } from '../connection/settings';
import type { PersistenceOptions } from '../options';
import { callersOf } from './wall';

/** @throws Error that says what to do when the role is missing: a service may not make roles itself */
export async function checkCallersRole(client: Client, options: PersistenceOptions): Promise<void> {
  const user = userOf(options);
  const role = callersOf(user);
  const { rowCount } = await client.query(
    `select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')`,
    [role],
  );
  if (!rowCount) throw new Error(`Make the role first: create role "${role}"; grant "${role}" to "${user}";`);
}

/** What the owner may do with each table or column, who has taken rights from itself where rows never change. */
const GRANTS = `
  select format('grant %s on %s to %I', rights, t.oid::regclass, $1::text) as statement
  from pg_class t, lateral (
    select string_agg(r, ', ') as rights from unnest(array['select', 'insert', 'update', 'delete']) r
    where has_table_privilege(current_user, t.oid, r)) held
  where t.relkind in ('r', 'p', 'v') and t.relnamespace = 'public'::regnamespace
    and t.relowner = to_regrole(current_user) and rights is not null
  union all
  select format('grant update (%I) on %s to %I', c.attname, t.oid::regclass, $1::text)
  from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
  where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
    and t.relowner = to_regrole(current_user) and not has_table_privilege(current_user, t.oid, 'update')
    and has_column_privilege(current_user, t.oid, c.attnum, 'update')`;

/** Lets the role do what the service itself may with the rows of its tables, and nothing else. */
export async function grantToCallers(client: Client, options: PersistenceOptions): Promise<void> {
  const name = callersOf(userOf(options));
  const role = `"${name}"`;
  const { rows } = await client.query<{ statement: string }>(GRANTS, [name]);
  const statements = [
    `grant usage on schema public to ${role}`,
    `revoke all on all tables in schema public from ${role}`,
    ...rows.map(({ statement }) => statement),
    `grant usage, select on all sequences in schema public to ${role}`,
    // For tables made before the next migration.
    `alter default privileges in schema public grant select, insert, update, delete on tables to ${role}`,
    `alter default privileges in schema public grant usage, select on sequences to ${role}`,
  ];
  // One transaction: nobody who is at work finds the rights gone in between.
  await client.query(`begin; ${statements.join('; ')}; commit`);
}
