import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Publishes the locks of accounts from before there was an event of them. */
export class LocksPublished1796086000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Where there is none yet, there are no accounts either.
    const [{ outbox }] = (await runner.query(`select to_regclass('outbox') as outbox`)) as [{ outbox: string | null }];
    if (outbox === null) return;
    await runner.query(
      `insert into outbox (kind, name, aggregate, key, payload, secret)
       select 'fact', 'facts.auth.accounts.locked.' || id, 'accounts ' || id, gen_random_uuid(),
         json_build_object('account_id', id, 'locked', true), false
       from accounts where locked_at is not null and closed_at is null`,
    );
  }

  async down(): Promise<void> {
    // What was published stays so.
  }
}
