import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table charge_point_orders (
    order_id integer primary key,
    charge_point_id integer not null constraint charge_point_orders_point references charge_points (id),
    stage integer not null,
    day date not null,
    minutes numeric(20,4) not null,
    energy numeric(20,4) not null,
    earnings_usd numeric(20,8) not null
  )`,
  `create index charge_point_orders_of on charge_point_orders (charge_point_id, order_id)`,
  `create table charge_point_days (
    charge_point_id integer not null constraint charge_point_days_point references charge_points (id),
    day date not null,
    account_id integer not null,
    orders integer not null,
    minutes numeric(20,4) not null,
    energy numeric(20,4) not null,
    earnings_usd numeric(20,8) not null,
    primary key (charge_point_id, day)
  )`,
  `create index charge_point_days_of_account on charge_point_days (account_id, day)`,
  `create table charge_point_ratings (
    feedback_id integer primary key,
    charge_point_id integer not null constraint charge_point_ratings_point references charge_points (id),
    rating numeric(3,2) not null
  )`,
  `create index charge_point_ratings_of on charge_point_ratings (charge_point_id, feedback_id)`,
  `alter table charge_points
    add rating_sum numeric(14,2) not null default 0,
    add rating_count integer not null default 0`,
];

/** What orders and drivers tell of power centers: one row an order, one a local day, one a rating. */
export class Figures1763845900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points drop rating_sum, drop rating_count');
    await runner.query('drop table charge_point_ratings, charge_point_days, charge_point_orders');
  }
}
