import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // What is implausible of an order, whether it waits for an operator, and what its connector can deliver.
  `alter table orders
    add column flags text[] not null default '{}',
    add column held boolean not null default false,
    add column released boolean not null default false,
    add column power_kw real,
    add column completed_at timestamptz,
    add column readings integer`,
  // A session that speaks of an id which nobody has is not that of the next power center.
  `alter table sessions add column first_heard_at timestamptz not null default now()`,
  `alter table charge_points add column created_at timestamptz`,
];

/** Orders that wait for an operator, and what is needed to judge their sessions. */
export class HeldForReview1795959500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points drop column created_at');
    await runner.query('alter table sessions drop column first_heard_at');
    await runner.query(`alter table orders drop column flags, drop column held, drop column released,
      drop column power_kw, drop column completed_at, drop column readings`);
  }
}
