/** Accounts, their users, and the users' devices. */
export const PEOPLE: readonly string[] = [
  `create table accounts (
    id serial primary key,
    country_id integer not null,
    currency text not null,
    vat_id text,
    subscription_ends date,
    locked_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create table users (
    id serial primary key,
    account_id integer not null constraint users_account_id_fkey references accounts (id),
    email text not null,
    password_hash text,
    role text not null constraint users_role_check check (role in ('owner', 'admin', 'manager', 'viewer')),
    status text not null constraint users_status_check check (status in ('active', 'removed')),
    first_name text not null default '',
    last_name text not null default '',
    contact_number text not null default '',
    language text not null default 'en',
    created_at timestamptz not null default now()
  )`,
  `create unique index users_email_key on users (email) where status <> 'removed'`,
  'create index users_account_id_idx on users (account_id)',
  `create table devices (
    id serial primary key,
    user_id integer not null constraint devices_user_id_fkey references users (id) on delete cascade,
    imei text not null,
    push_token text,
    seen_at timestamptz not null default now()
  )`,
  'create unique index devices_user_id_imei_key on devices (user_id, imei)',
];
