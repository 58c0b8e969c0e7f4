import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'alter table orders alter column user_id drop not null',
  'alter table accounts add column owner_id integer',
];

/** Who owns an account is a user; an order without a driver belongs to whoever that is when it is shown. */
export class Owners1795955025507 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop column owner_id');
    await runner.query('update orders set user_id = account_id where user_id is null');
    await runner.query('alter table orders alter column user_id set not null');
  }
}
