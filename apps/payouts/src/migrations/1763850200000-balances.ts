import type { MigrationInterface, QueryRunner } from 'typeorm';

const TELL = `
  insert into outbox (kind, name, aggregate, key, payload, secret)
  select 'fact', 'facts.payouts.balances.changed.' || owner_id, 'balances ' || owner_id, gen_random_uuid()::text,
    json_build_object('account_id', owner_id, 'balance_usd', trim_scale(sum(amount))::text, 'sequence', max(entry)),
    false
  from ledger_postings where ledger = 'owner_payable' group by owner_id order by owner_id`;

/** Tells the balances that came to be before balances were told. */
export class Balances1763850200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TELL);
  }

  /** What was told stays true. */
  async down(): Promise<void> {}
}
