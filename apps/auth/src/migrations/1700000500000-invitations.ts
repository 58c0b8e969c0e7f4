import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations to share an account. */
export class Invitations1700000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table invitations (
        id integer not null default nextval('users_id_seq') constraint invitations_pkey primary key,
        account_id integer not null constraint invitations_account_id_fkey references accounts (id),
        email text not null,
        role text not null constraint invitations_role_check check (role in ('admin', 'manager', 'viewer')),
        invited_by integer not null constraint invitations_invited_by_fkey references users (id),
        language text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        ended_at timestamptz
      )`);
    await runner.query('create index invitations_email_idx on invitations (email) where ended_at is null');
    await runner.query('create index invitations_account_id_idx on invitations (account_id, created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table invitations');
  }
}
