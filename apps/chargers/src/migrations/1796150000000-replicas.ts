import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

/** Replicas of the service: the chargers of one that has ended without a word are disconnected. */
export class Replicas1796150000000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { replicas: { callers: 'none' } };

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table replicas (
      id uuid primary key, alive_since timestamptz not null, seen_at timestamptz not null)`);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table replicas');
  }
}
