import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payouts wait after their method was added or changed, and can be stopped meanwhile. */
export class MethodDelay1795960930000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table payout_methods add held_until timestamptz, add stop_hash bytea, add stopped_at timestamptz,
        add changed_by integer`);
    await runner.query('create unique index payout_methods_stop on payout_methods (stop_hash)');
    await runner.query('alter table payouts add not_before timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table payouts drop not_before');
    await runner.query('alter table payout_methods drop held_until, drop stop_hash, drop stopped_at, drop changed_by');
  }
}
