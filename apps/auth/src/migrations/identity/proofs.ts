/** Codes, tokens, keys and e-mails. */
export const PROOFS: readonly string[] = [
  `create table registrations (
    id serial primary key,
    email text not null,
    password_hash text not null,
    first_name text not null,
    last_name text not null,
    contact_number text not null,
    country_id integer not null,
    currency text not null,
    vat_id text,
    language text not null,
    created_at timestamptz not null default now()
  )`,
  'create index registrations_email_idx on registrations (email, created_at)',
  `create table verifications (
    id serial primary key,
    purpose text not null constraint verifications_purpose_check check (purpose in ('email', 'reset')),
    email text not null,
    token_hash bytea not null,
    code_hash bytea not null,
    registration_id integer
      constraint verifications_registration_id_fkey references registrations (id) on delete cascade,
    user_id integer constraint verifications_user_id_fkey references users (id) on delete cascade,
    invitation_id integer,
    attempts smallint not null constraint verifications_attempts_check check (attempts >= 0),
    sent smallint not null default 1,
    resend_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  'create unique index verifications_token_hash_key on verifications (token_hash)',
  'create index verifications_email_idx on verifications (email, created_at)',
  `create table sessions (
    id uuid primary key,
    user_id integer not null constraint sessions_user_id_fkey references users (id) on delete cascade,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
  )`,
  'create index sessions_user_id_idx on sessions (user_id)',
  'create index sessions_expires_at_idx on sessions (expires_at)',
  `create table revocations (
    id uuid primary key,
    told jsonb not null,
    until timestamptz not null,
    created_at timestamptz not null default now()
  )`,
  'create index revocations_until_idx on revocations (until)',
  `create table signing_keys (
    kid text primary key,
    sealed bytea not null,
    created_at timestamptz not null default now()
  )`,
  `create table emails (
    id serial primary key,
    recipient text not null,
    template text not null,
    params bytea,
    language text not null,
    state text not null default 'waiting'
      constraint emails_state_check check (state in ('waiting', 'sent', 'failed', 'mute')),
    dedupe_key uuid not null,
    reason text,
    expires_at timestamptz not null,
    settled_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create index emails_waiting_idx on emails (id) where state = 'waiting'`,
  'create index emails_sealed_idx on emails (expires_at) where params is not null',
];
