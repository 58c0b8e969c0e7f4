import type { Client } from 'pg';
import { userOf } from '../connection/settings';
import type { PersistenceOptions } from '../options';
import { callersOf } from './rls';

const OWNER = /_owner$/;

/**
 * The three roles of a database. The owner has the tables and runs migrations; a service's process never has its
 * password. The runtime role has rights on rows alone, and row-level security holds the callers' role.
 */
export interface Roles {
  readonly owner: string;
  readonly runtime: string;
  readonly callers: string;
}

/** @throws Error when the role is no owner's: the names of the others follow from it */
export function rolesOf(owner: string): Roles {
  if (!OWNER.test(owner)) {
    throw new Error(`Migrations run as the role that owns the tables, "${owner}_owner", and not as "${owner}".`);
  }
  const runtime = owner.replace(OWNER, '');
  return { owner, runtime, callers: callersOf(runtime) };
}

/** The roles of a database whose migrations connect by these options. */
export const rolesFor = (options: PersistenceOptions): Roles => rolesOf(userOf(options));

const STATE = `
  select r.rolbypassrls and not r.rolsuper as plain, pg_has_role(r.oid, c.oid, 'member') as holds,
    pg_has_role(r.oid, current_user, 'member') as owns,
    exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
      and d.deptype = 'o' and d.dbid = (select oid from pg_database where datname = current_database())) as has,
    pg_has_role(current_user, r.oid, 'usage') as "mayTake",
    (select datname from pg_database where datname = current_database() and datdba = r.oid) as database
  from pg_roles r, pg_roles c where r.rolname = $1 and c.rolname = $2`;

interface State {
  readonly plain: boolean;
  readonly holds: boolean;
  readonly owns: boolean;
  readonly has: boolean;
  readonly mayTake: boolean;
  /** The database, when the runtime role owns it. */
  readonly database: string | null;
}

/**
 * Whether the runtime role still owns something here, as it did before there was an owner's role.
 * @throws Error that says what to do when the roles are not as they must be: only an administrator makes roles
 */
export async function checkRoles(client: Client, { owner, runtime, callers }: Roles): Promise<boolean> {
  const { rows } = await client.query<State>(STATE, [runtime, callers]);
  const [state] = rows;
  if (!state?.holds || !state.plain) {
    throw new Error(
      `Make the roles first: create role "${callers}"; create role "${runtime}" login nosuperuser bypassrls; ` +
        `grant "${callers}" to "${runtime}";`,
    );
  }
  if (state.owns) throw new Error(`The runtime role must not be its owner: revoke "${owner}" from "${runtime}";`);
  if (state.has && !state.mayTake) {
    throw new Error(
      `"${runtime}" still owns tables. So that they can be taken over: grant "${runtime}" to "${owner}";`,
    );
  }
  if (state.has && state.database !== null) {
    // Newer minor versions of PostgreSQL let only an administrator change it.
    throw new Error(`"${runtime}" still owns the database: alter database "${state.database}" owner to "${owner}";`);
  }
  return state.has;
}
