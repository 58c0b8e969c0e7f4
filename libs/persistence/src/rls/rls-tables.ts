import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rolesOf } from './roles';

/**
 * Where a row's account is found: in a column of its own, where null may stand for rows of the platform that are
 * everybody's, or in the row that a column refers to.
 */
export type Owned =
  { readonly column: string; readonly includeUnowned?: boolean } | { readonly through: string; readonly by: string };

/**
 * What callers may do with rows that say no account: read a catalogue (`read`), add and never see again (`append`),
 * nothing because the service alone works with them (`none`), or all (`any`, which needs a reason in the list of
 * tools/lint/rls-tables.it.spec.ts).
 */
export type Unowned = { readonly callers: 'read' | 'append' | 'none' | 'any' };

export type RlsRule = Owned | Unowned;

const POLICIES = { read: ['select', 'using'], append: ['insert', 'with check'], any: ['all', 'using'] } as const;

function condition(table: string, owned: Owned): string {
  if ('through' in owned) return `exists (select from ${owned.through} parent where parent.id = ${table}.${owned.by})`;
  const own = `${table}.${owned.column} = current_setting('app.account')::integer`;
  return owned.includeUnowned ? `${table}.${owned.column} is null or ${own}` : own;
}

function policy(table: string, rule: RlsRule, role: string): string[] {
  const create = `create policy own_rows on ${table}`;
  if (!('callers' in rule)) return [`${create} to "${role}" using (${condition(table, rule)})`];
  if (rule.callers === 'none') return [];
  const [command, kind] = POLICIES[rule.callers];
  return [`${create} for ${command} to "${role}" ${kind} (true)`];
}

/**
 * Row-level security under the filters of every query, for the tables of a service: every table has a rule. It holds
 * the role in which a service does what callers ask for.
 */
export abstract class RlsTables implements MigrationInterface {
  abstract readonly tables: Readonly<Record<string, RlsRule>>;

  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query('select current_user as user')) as { user: string }[];
    const { callers } = rolesOf(found?.user ?? '');
    for (const [table, rule] of Object.entries(this.tables)) {
      for (const statement of policy(table, rule, callers)) await runner.query(statement);
      await runner.query(`alter table ${table} enable row level security`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(this.tables)) {
      await runner.query(`alter table ${table} disable row level security`);
      await runner.query(`drop policy if exists own_rows on ${table}`);
    }
  }
}
