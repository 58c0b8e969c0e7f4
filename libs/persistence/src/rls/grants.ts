import type { Client } from 'pg';
import { headsTable } from '../audit/audit-chain';
import { migrationsTable } from '../migrations/persistence-rls';
import type { Roles } from './roles';

/** Kept by migrations, and by triggers with the owner's rights. */
const READ_ONLY = [migrationsTable, headsTable];

/** What the owner may do with each table or column, who has taken rights from itself where rows never change. */
const GRANTS = `
  select format('grant %s on %s to %I', rights, t.oid::regclass, role) as statement
  from pg_class t cross join unnest($1::text[]) role, lateral (
    select string_agg(r, ', ') as rights from unnest(array['select', 'insert', 'update', 'delete']) r
    where has_table_privilege(current_user, t.oid, r)) held
  where t.relkind in ('r', 'p', 'v', 'm') and t.relnamespace = 'public'::regnamespace
    and t.relowner = to_regrole(current_user) and rights is not null
  union all
  select format('grant update (%I) on %s to %I', c.attname, t.oid::regclass, role)
  from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
  cross join unnest($1::text[]) role
  where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
    and t.relowner = to_regrole(current_user) and not has_table_privilege(current_user, t.oid, 'update')
    and has_column_privilege(current_user, t.oid, c.attnum, 'update')`;

/** Gives rights on rows to the two roles that a service works in, and on nothing else. */
export async function grant(client: Client, { runtime, callers }: Roles): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(GRANTS, [[runtime, callers]]);
  const { rows: named } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = named[0]?.name ?? '';
  const both = `"${runtime}", "${callers}"`;
  const statements = [
    `revoke all on database ${database} from public`,
    `grant connect on database ${database} to "${runtime}"`,
    // The schema belongs to the database's owner; older servers let everybody make tables in it.
    `revoke create on schema public from public, ${both}`,
    `grant usage on schema public to ${both}`,
    `revoke all on all tables in schema public from public, ${both}`,
    ...rows.map(({ statement }) => statement),
    `revoke insert, update, delete on ${READ_ONLY.join(', ')} from ${both}`,
    `grant usage, select on all sequences in schema public to ${both}`,
    // For tables made before the next migration.
    `alter default privileges in schema public grant select, insert, update, delete on tables to ${both}`,
    `alter default privileges in schema public grant usage, select on sequences to ${both}`,
  ];
  await client.query(statements.join('; '));
}

/** One transaction: a service that is at work does not find the rights gone in between. */
export async function inOneTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
