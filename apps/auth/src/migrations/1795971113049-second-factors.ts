import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table totp_factors (
    user_id integer constraint totp_factors_pkey primary key
      constraint totp_factors_user_id_fkey references users (id) on delete cascade,
    secret bytea not null,
    last_step integer not null default 0,
    confirmed_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create table recovery_codes (
    id serial constraint recovery_codes_pkey primary key,
    user_id integer not null constraint recovery_codes_user_id_fkey references users (id) on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  'create unique index recovery_codes_user_id_code_hash_key on recovery_codes (user_id, code_hash)',
  'alter table verifications add column login jsonb, drop constraint verifications_purpose_check',
  `alter table verifications add constraint verifications_purpose_check
    check (purpose in ('email', 'reset', 'second-factor'))`,
];

const DOWN = [
  `delete from verifications where purpose = 'second-factor'`,
  'alter table verifications drop column login, drop constraint verifications_purpose_check',
  `alter table verifications add constraint verifications_purpose_check check (purpose in ('email', 'reset'))`,
  'drop table recovery_codes',
  'drop table totp_factors',
];

/** Authenticator apps, recovery codes, and logins that wait for a second factor. */
export class SecondFactors1795971113049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
