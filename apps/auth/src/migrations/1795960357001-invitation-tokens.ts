import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An invitation is accepted by itself: its letter's link ends with a token. */
export class InvitationTokens1795960357001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table invitations add token_hash bytea');
    await runner.query('create unique index invitations_token_hash_key on invitations (token_hash)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table invitations drop token_hash');
  }
}
