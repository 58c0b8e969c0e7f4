import { setTimeout as pause } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sqlState } from '../errors/sql-state';
import { inTransaction } from '../migrations/online';
import { type Roles, rolesOf } from '../rls/roles';

/** Milliseconds to wait for a lock: those who come meanwhile wait behind it, and have a second. */
const LOCK_TIMEOUT_MS = 150;
const TRIES = 300;
const PAUSE_MS = 400;
/** A lock was not to be had in time; a deadlock. */
const BUSY = new Set(['55P03', '40P01']);

/** One short transaction, again and again until its locks are free at once. */
export async function inShortTransaction(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      // All in one message: the locks are held for no round trip.
      return await inTransaction(runner, async () => {
        await runner.query([`set local lock_timeout = ${LOCK_TIMEOUT_MS}`, ...statements].join(';\n'));
      });
    } catch (error) {
      if (!BUSY.has(sqlState(error) ?? '') || tries === TRIES) throw error;
      await pause(Math.random() * PAUSE_MS);
    }
  }
}

const IS_PARTITIONED = `select exists (select from pg_class where oid = $1::regclass and relkind = 'p') as yes`;
const LAST_ID = `select coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass), 0)::float8 as last`;
const INDEXES = `
  select case when c.oid is null then pg_get_indexdef(i.indexrelid)
    else format('alter table public.%I add constraint %I %s', $1::text, c.conname, pg_get_constraintdef(c.oid)) end as definition
  from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
  where i.indrelid = to_regclass($1::text) order by i.indexrelid`;
const POLICIES = `
  select format('create policy %I on public.%I for %s to %s', policyname, tablename, cmd,
      array_to_string(array(select quote_ident(r) from unnest(roles) r), ', '))
    || coalesce(' using (' || qual || ')', '') || coalesce(' with check (' || with_check || ')', '') as definition
  from pg_policies where schemaname = 'public' and tablename = $1`;
const RIGHTS = `
  select format('grant %s on public.%I to %I', string_agg(acl.privilege_type, ', '), relname, r.rolname) as definition
  from pg_class cross join aclexplode(relacl) acl join pg_roles r on r.oid = acl.grantee
  where pg_class.oid = to_regclass($1::text) and acl.grantee <> relowner group by relname, r.rolname`;

/**
 * Partitions a table by ranges of its identity column `id`, while it is read and written and without a copy of its rows: the
 * table becomes the first partition of a new one with its name, columns, indexes, policies and sequence. Its statements stay as
 * they are, and so do keys that have `id`; a unique key without it must go before. Until the table is attached a constraint refuses
 * ids that the first partition will not take: they are at least `step` rows away.
 */
export abstract class PartitionedTable implements MigrationInterface {
  readonly transaction = false;
  abstract readonly table: string;
  /** Ids in a partition. */
  abstract readonly step: number;
  /** Conditions of rows for which a partition is kept, each answered from an index; `$1` is the time of the cutoff. */
  readonly keeps: readonly string[] = [];
  /** Rows younger than this interval are never dropped; absent: the service drops no partition. */
  readonly minAge?: string;
  /** What comes before, such as other indexes. It may run again after a failure. */
  protected prepare(_: QueryRunner): Promise<void> {
    return Promise.resolve();
  }

  /** Takes the table from its readers and writers; a view over it comes first, as its readers lock it first. */
  protected locking(): readonly string[] {
    return [`lock table public.${this.table} in access exclusive mode`];
  }

  /** Statements after the new table is there and before it has the rows: triggers, functions, rights. */
  protected completing(): readonly string[] {
    return [];
  }

  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query(IS_PARTITIONED, [`public.${this.table}`])) as { yes: boolean }[];
    if (found?.yes) return;
    const [current] = (await runner.query('select current_user as user')) as { user: string }[];
    const roles = rolesOf(current?.user ?? '');
    await this.prepare(runner);
    const bound = await this.bound(runner);
    const definitions = await this.definitions(runner);
    try {
      await inShortTransaction(runner, [`alter table public.${this.table} validate constraint ${this.table}_range`]);
      await inShortTransaction(runner, this.swap(roles, bound, definitions));
    } catch (error) {
      await inShortTransaction(runner, [
        `alter table public.${this.table} drop constraint if exists ${this.table}_range`,
      ]);
      throw error;
    }
  }

  /** The end of the first partition, as a constraint that is not checked yet for the rows that are there. */
  private async bound(runner: QueryRunner): Promise<number> {
    const [found] = (await runner.query(LAST_ID, [`public.${this.table}`])) as { last: number }[];
    const bound = (Math.floor((found?.last ?? 0) / this.step) + 2) * this.step;
    await inShortTransaction(runner, [
      `alter table public.${this.table} drop constraint if exists ${this.table}_range`,
      `alter table public.${this.table} add constraint ${this.table}_range check (id < ${bound}) not valid`,
    ]);
    return bound;
  }

  /** Indexes, keys, policies and rights, as they are. */
  private async definitions(runner: QueryRunner): Promise<string[]> {
    const all: { definition: string }[] = [];
    for (const text of [INDEXES, POLICIES, RIGHTS])
      all.push(...((await runner.query(text, [this.table])) as typeof all));
    return all.map(({ definition }) => definition);
  }

  private swap(roles: Roles, bound: number, definitions: readonly string[]): string[] {
    const { table, step } = this;
    const both = `"${roles.runtime}", "${roles.callers}"`;
    const first = `partitions.${table}_0`;
    return [
      ...this.locking(),
      `alter table public.${table} set schema partitions`,
      `alter table partitions.${table} rename to ${table}_0`,
      `revoke all on ${first} from ${both}`,
      `create table public.${table} (like ${first} including defaults including constraints including storage
         including compression including statistics including comments) partition by range (id)`,
      `alter table public.${table} drop constraint ${table}_range`,
      `alter table public.${table} alter column id add generated always as identity`,
      `select setval(pg_get_serial_sequence('public.${table}', 'id'), last_value, is_called) from partitions.${table}_id_seq`,
      `alter table ${first} alter column id drop identity`,
      // What default privileges have given goes.
      `revoke all on public.${table} from ${both}`,
      ...definitions,
      `alter table public.${table} enable row level security`,
      ...this.completing(),
      `alter table public.${table} attach partition ${first} for values from (minvalue) to (${bound})`,
      `alter table ${first} drop constraint ${table}_range`,
      `create trigger ${table}_refuse_ctid before delete on public.${table}
         for each statement execute function partitions.refuse_ctid()`,
      this.registration(),
      `select partitions.add('${table}', 'default', 'default')`,
      `select partitions.add('${table}', '${bound}', 'for values from (${bound}) to (${bound + step})')`,
    ];
  }

  private registration(): string {
    const keeps = this.keeps.map((condition) => `$c$${condition}$c$`).join(', ');
    const minAge = this.minAge ? `interval '${this.minAge}'` : 'null';
    return `insert into partitions.partitioned_tables (name, step, keeps, min_age)
      values ('${this.table}', ${this.step}, array[${keeps}]::text[], ${minAge})`;
  }

  /** Copies the rows back into one table, under its lock. */
  async down(runner: QueryRunner): Promise<void> {
    const { table } = this;
    const definitions = await this.definitions(runner);
    await inTransaction(runner, async () => {
      for (const statement of [
        `lock table public.${table} in access exclusive mode`,
        `create table partitions.plain (like public.${table} including defaults including constraints including storage
           including compression including statistics including comments)`,
        `insert into partitions.plain select * from public.${table}`,
        `drop table public.${table}`,
        `alter table partitions.plain rename to ${table}`,
        `alter table partitions.${table} set schema public`,
        `alter table public.${table} alter column id add generated always as identity`,
        `select setval(pg_get_serial_sequence('public.${table}', 'id'), coalesce(max(id), 0) + 1, false) from public.${table}`,
        ...definitions.map((definition) => definition.replace(' ON ONLY ', ' ON ')),
        `alter table public.${table} enable row level security`,
        `delete from partitions.partitioned_tables where name = '${table}'`,
      ]) {
        await runner.query(statement);
      }
    });
  }
}
