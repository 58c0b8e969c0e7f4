import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  'alter table users add column removed_at timestamptz, add column erased_at timestamptz',
  `update users set removed_at = now() where status = 'removed'`,
  `create index users_removed_at_idx on users (removed_at) where status = 'removed' and erased_at is null`,
  'alter table accounts add column closed_at timestamptz',
  `create table user_deletions (
    user_id integer not null constraint user_deletions_pkey primary key
      constraint user_deletions_user_id_fkey references users (id) on delete cascade,
    requested_at timestamptz not null default now(),
    due_at timestamptz not null,
    token_hash bytea not null,
    blocked_by text
  )`,
  'create unique index user_deletions_token_hash_key on user_deletions (token_hash)',
  'create index user_deletions_due_at_idx on user_deletions (due_at)',
];

const DOWN = [
  'drop table user_deletions',
  'alter table accounts drop column closed_at',
  'drop index users_removed_at_idx',
  'alter table users drop column removed_at, drop column erased_at',
];

/** Users who want to be deleted, and when users were removed and their personal data was erased. */
export class UserDeletions1795973000001 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { user_deletions: { through: 'users', by: 'user_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    for (const statement of DOWN) await runner.query(statement);
  }
}
