import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callersOf } from './wall';

/**
 * Where a row's account is found: in a column of its own, where null may stand for rows of the platform that are
 * everybody's, or in the row that a column refers to.
 */
export type Owned =
  { readonly column: string; readonly orNobodys?: boolean } | { readonly through: string; readonly by: string };

function rule(table: string, owned: Owned): string {
  if ('through' in owned) return `exists (select from ${owned.through} parent where parent.id = ${table}.${owned.by})`;
  const own = `${table}.${owned.column} = current_setting('app.account')::integer`;
  return owned.orNobodys ? `${table}.${owned.column} is null or ${own}` : own;
}

/**
 * Row-level security under the filters of every query, for the tables of a service. It holds the role in which a
 * service does what callers ask for.
 */
export abstract class WalledTables implements MigrationInterface {
  abstract readonly tables: Readonly<Record<string, Owned>>;

  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query('select current_user as user')) as { user: string }[];
    const role = `"${callersOf(found?.user ?? '')}"`;
    for (const [table, owned] of Object.entries(this.tables)) {
      await runner.query(`create policy own_rows on ${table} to ${role} using (${rule(table, owned)})`);
      await runner.query(`alter table ${table} enable row level security`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(this.tables)) {
      await runner.query(`alter table ${table} disable row level security`);
      await runner.query(`drop policy own_rows on ${table}`);
    }
  }
}
