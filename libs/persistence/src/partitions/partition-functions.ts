import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rolesOf } from '../rls/roles';

/**
 * The schema of partitions. No role of a service may use it: rows are reached through the partitioned tables in `public`
 * alone, under their rights and their row-level security.
 */
const SCHEMA = [
  'create schema partitions',
  `create table partitions.partitioned_tables (
    name text primary key,
    -- Ids in a partition.
    step bigint not null check (step > 0),
    -- Conditions of rows for which a partition is kept, each answered from an index; $1 is the time of the cutoff.
    keeps text[] not null default '{}',
    -- Rows younger than this are never dropped, whatever the service asks for; null: the service drops nothing.
    min_age interval
  )`,
];

const HELPERS = [
  // Ranges of ids as the catalog has them; the first partition has no lower bound, and the default partition is not listed.
  `create function partitions.ranges(parent text) returns table (name text, lower bigint, upper bigint)
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select c.relname::text, substring(bound from 'FROM \\(''?(-?\\d+)')::bigint, substring(bound from 'TO \\(''?(-?\\d+)')::bigint
    from pg_inherits i join pg_class c on c.oid = i.inhrelid cross join pg_get_expr(c.relpartbound, c.oid) bound
    where i.inhparent = format('public.%I', parent)::regclass and bound <> 'DEFAULT' $$`,

  `create function partitions.last_id(parent text) returns bigint
    language sql set search_path = pg_catalog, pg_temp as $$
    select coalesce(pg_sequence_last_value(pg_get_serial_sequence(format('public.%I', parent), 'id')::regclass), 0) $$`,

  // Made apart and then attached, which does not hold up those who write. Statement triggers are not inherited, and rights that
  // the owner has taken from itself are not either.
  `create function partitions.add(parent text, suffix text, bounds text) returns text
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  declare
    child text := format('%s_%s', parent, suffix);
    source regclass := format('public.%I', parent)::regclass;
    definition text;
    rights text;
  begin
    execute format('create table partitions.%I (like %s including defaults including constraints including storage
      including compression including statistics)', child, source);
    execute format('alter table partitions.%I enable row level security', child);
    for definition in select pg_get_triggerdef(oid) from pg_trigger
      where tgrelid = source and not tgisinternal and tgtype & 1 = 0 loop
      execute replace(definition, format(' ON %s ', source), format(' ON partitions.%I ', child));
    end loop;
    for rights in select r from unnest(array['update', 'delete', 'truncate']) r
      where not has_table_privilege(current_user, source, r) loop
      execute format('revoke %s on partitions.%I from current_user', rights, child);
    end loop;
    execute format('alter table %s attach partition partitions.%I %s', source, child, bounds);
    return child;
  end $$`,

  `create function partitions.holds(child text, keeps text[], cutoff timestamptz) returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  declare
    condition text;
    found_one boolean;
  begin
    foreach condition in array keeps loop
      execute format('select exists (select from partitions.%I where %s)', child, condition) into found_one using cutoff;
      if found_one then return true; end if;
    end loop;
    return false;
  end $$`,

  // A ctid is that of a row in one partition and of other rows in the others. Refused, as versions before this one delete so.
  `create function partitions.refuse_ctid() returns trigger language plpgsql as $$
  begin
    if current_query() ~* '\\mctid\\M' then
      raise exception 'A row of % is not identified by its ctid: the table is partitioned', tg_table_name
        using errcode = 'feature_not_supported';
    end if;
    return null;
  end $$`,
];

/** What the service may do, with the rights of the tables' owner. */
const FUNCTIONS = {
  // Keeps one to two partitions free before the ids. Where ids have overtaken the partitions, a new one begins beyond them, and what
  // the default partition holds stays there.
  'create_partitions()': `returns setof text language plpgsql security definer
    set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
  declare
    t record;
    last bigint;
    top bigint;
    made text;
  begin
    for t in select name, step from partitions.partitioned_tables order by name loop
      last := partitions.last_id(t.name);
      select max(upper) into top from partitions.ranges(t.name);
      if last >= top then top := last + t.step / 10 + 1; end if;
      while top < last + 2 * t.step loop
        begin
          made := partitions.add(t.name, top::text, format('for values from (%s) to (%s)', top, top + t.step));
        exception when lock_not_available or deadlock_detected or check_violation then
          raise warning 'No partition was made for % from % on: %', t.name, top, sqlerrm;
          exit;
        end;
        return next made;
        top := top + t.step;
      end loop;
    end loop;
  end $$`,

  // Drops the oldest partition that takes no more ids and has no row to keep, and answers its name; null when there is none, or
  // when its locks were not to be had.
  'drop_partition(parent text, before timestamptz)': `returns text language plpgsql security definer
    set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
  declare
    t partitions.partitioned_tables;
    child text;
    cutoff timestamptz;
  begin
    select * into t from partitions.partitioned_tables where name = parent;
    if t.min_age is null then
      raise exception 'Partitions of % are not dropped by the service', parent using errcode = 'insufficient_privilege';
    end if;
    cutoff := least(before, now() - t.min_age);
    for child in select name from partitions.ranges(parent) where upper <= partitions.last_id(parent) order by upper loop
      continue when partitions.holds(child, t.keeps, cutoff);
      begin
        execute format('lock table public.%I in access exclusive mode', parent);
        -- What was changed before the lock was there.
        if not partitions.holds(child, t.keeps, cutoff) then
          execute format('drop table partitions.%I', child);
          return child;
        end if;
      exception when lock_not_available or deadlock_detected then
        return null;
      end;
    end loop;
    return null;
  end $$`,

  // For each partitioned table: partitions free before the ids, rows of the default partition (counted up to 10,000), and the
  // first id of the partition that is being filled.
  'partition_state()': `returns table (name text, partitions integer, ahead float8, default_rows bigint, open_from bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    step bigint;
    last bigint;
  begin
    for name, step in select t.name, t.step from partitions.partitioned_tables t order by t.name loop
      last := partitions.last_id(name);
      select count(*), (max(r.upper) - last)::float8 / step, coalesce(max(r.upper) filter (where r.upper <= last), 0)
        into partitions, ahead, open_from from partitions.ranges(name) r;
      execute format('select count(*) from (select from partitions.%I limit 10000) d', name || '_default') into default_rows;
      return next;
    end loop;
  end $$`,
};

// eslint-disable-next-line regexp/no-super-linear-move -- a text of our own
const signatureOf = (declared: string): string => declared.replaceAll(/\w+ (text|timestamptz)/g, '$1');

/**
 * What makes and drops partitions of tables that are partitioned by ranges of their ids, which are given in the order of time.
 * The service owns no table: it calls functions that have the owner's rights and a fixed search path.
 */
export class PartitionFunctions1700000000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query('select current_user as user')) as { user: string }[];
    const { runtime } = rolesOf(found?.user ?? '');
    for (const statement of [...SCHEMA, ...HELPERS]) await runner.query(statement);
    for (const [declared, body] of Object.entries(FUNCTIONS)) {
      await runner.query(`create function ${declared} ${body}`);
      await runner.query(`revoke execute on function ${signatureOf(declared)} from public`);
      await runner.query(`grant execute on function ${signatureOf(declared)} to "${runtime}"`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const declared of Object.keys(FUNCTIONS)) await runner.query(`drop function ${signatureOf(declared)}`);
    await runner.query('drop schema partitions cascade');
  }
}
