import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table passkeys (
    id serial constraint passkeys_pkey primary key,
    user_id integer not null constraint passkeys_user_id_fkey references users (id) on delete cascade,
    credential_id text not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    name text not null,
    backed_up boolean not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz
  )`,
  'create unique index passkeys_credential_id_key on passkeys (credential_id)',
  'create index passkeys_user_id_idx on passkeys (user_id)',
  `create table used_passkey_challenges (
    hash bytea constraint used_passkey_challenges_pkey primary key,
    expires_at timestamptz not null
  )`,
  'create index used_passkey_challenges_expires_at_idx on used_passkey_challenges (expires_at)',
];

const DOWN = ['drop table used_passkey_challenges', 'drop table passkeys'];

/** Passkeys, and challenges that were answered and may not be again. */
export class Passkeys1795971881221 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
