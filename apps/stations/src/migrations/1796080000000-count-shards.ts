import type { MigrationInterface, QueryRunner } from 'typeorm';

// More than there are transactions of one account at once, so that none waits for another's.
const SHARDS = 64;

// A writer that has begun its trigger would find the view where its table was.
const HOLD = 'lock table charge_points in share row exclusive mode';

const UP = [
  HOLD,
  'alter table charge_point_counts rename to charge_point_count_shards',
  'alter table charge_point_count_shards add column shard smallint not null default 0',
  `alter table charge_point_count_shards drop constraint charge_point_counts_pkey,
    add constraint charge_point_count_shards_pkey primary key (account_id, shard)`,
  // For replicas of the version before this one.
  `create view charge_point_counts with (security_invoker = true) as
    select account_id, sum(live)::integer as live from charge_point_count_shards group by account_id`,
  // A shard that another transaction holds is passed over; there are as many as were ever held at once. It is held by its
  // number and not by its row, which may not be there yet.
  `create function move_charge_point_count(account integer, moved integer) returns void language plpgsql as $$
  declare
    free integer := 0;
  begin
    while free < ${SHARDS} and not pg_try_advisory_xact_lock(account, free) loop
      free := free + 1;
    end loop;
    insert into charge_point_count_shards as c (account_id, shard, live)
    values (account, free % ${SHARDS}, moved)
    on conflict (account_id, shard) do update set live = c.live + excluded.live;
  end $$`,
  `create or replace function count_new_charge_points() returns trigger language plpgsql as $$
  begin
    perform move_charge_point_count(account_id, live) from (
      select account_id, count(*)::integer as live from added where deleted_at is null
      group by account_id order by account_id) new_ones;
    return null;
  end $$`,
  `create or replace function count_changed_charge_point() returns trigger language plpgsql as $$
  begin
    if old.deleted_at is null then
      perform move_charge_point_count(old.account_id, -1);
    end if;
    if tg_op = 'UPDATE' and new.deleted_at is null then
      perform move_charge_point_count(new.account_id, 1);
    end if;
    return null;
  end $$`,
];

const DOWN = [
  HOLD,
  `create or replace function count_new_charge_points() returns trigger language plpgsql as $$
  begin
    insert into charge_point_counts as c (account_id, live)
    select account_id, count(*) from added where deleted_at is null group by account_id order by account_id
    on conflict (account_id) do update set live = c.live + excluded.live;
    return null;
  end $$`,
  `create or replace function count_changed_charge_point() returns trigger language plpgsql as $$
  begin
    update charge_point_counts set live = live - 1 where account_id = old.account_id and old.deleted_at is null;
    if tg_op = 'UPDATE' then
      update charge_point_counts set live = live + 1 where account_id = new.account_id and new.deleted_at is null;
    end if;
    return null;
  end $$`,
  'drop function move_charge_point_count',
  'drop view charge_point_counts',
  `insert into charge_point_count_shards (account_id, shard, live)
    select account_id, -1, sum(live) from charge_point_count_shards group by account_id`,
  'delete from charge_point_count_shards where shard <> -1',
  'alter table charge_point_count_shards drop column shard',
  'alter table charge_point_count_shards rename to charge_point_counts',
  'alter table charge_point_counts add constraint charge_point_counts_pkey primary key (account_id)',
];

/**
 * Counts the power centers of an account in several rows: writers of one account, each of which would hold its only row until
 * its commit, no longer wait for each other.
 */
export class CountShards1796080000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
