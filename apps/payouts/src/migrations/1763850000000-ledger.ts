import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['ledger_transactions', 'ledger_postings', 'ledger_checkpoints'];

const CREATE = [
  `create table ledger_transactions (
    id bigint generated always as identity primary key,
    kind text not null constraint ledger_transactions_kind check
      (kind in ('order_completed', 'order_reversed', 'payout_requested', 'payout_paid', 'payout_failed')),
    reference text not null,
    revision integer not null,
    account_id integer not null,
    reason text,
    happened_at timestamptz not null default now(),
    created_at timestamptz not null default now()
  )`,
  'create unique index ledger_transactions_once on ledger_transactions (kind, reference, revision)',
  `create table ledger_postings (
    transaction_id bigint not null constraint ledger_postings_transaction references ledger_transactions (id),
    ledger text not null constraint ledger_postings_ledger check
      (ledger in ('clearing', 'owner_payable', 'platform_revenue', 'payouts_in_transit')),
    owner_id integer,
    entry integer,
    amount numeric(20,8) not null constraint ledger_postings_amount check (amount <> 0 and amount <> 'NaN'),
    primary key (transaction_id, ledger),
    constraint ledger_postings_owner check ((owner_id is not null and entry is not null and entry > 0)
      = (ledger in ('owner_payable', 'payouts_in_transit')))
  )`,
  `create unique index ledger_postings_of_owner on ledger_postings (ledger, owner_id, entry) include (amount)
    where owner_id is not null`,
  `create table ledger_checkpoints (
    ledger text not null,
    owner_id integer not null,
    entry integer not null,
    balance numeric(20,8) not null,
    primary key (ledger, owner_id, entry)
  )`,
];

// All postings of a transaction come in one statement: later ones are refused even where they sum to zero.
const BALANCED = `create function ledger_postings_balance() returns trigger language plpgsql as $$
  declare unbalanced bigint;
  begin
    select p.transaction_id into unbalanced from ledger_postings p
    where p.transaction_id in (select transaction_id from added)
    group by p.transaction_id
    having sum(p.amount) <> 0
      or count(*) <> (select count(*) from added a where a.transaction_id = p.transaction_id)
    limit 1;
    if found then
      raise exception 'postings of transaction % do not sum to zero at once', unbalanced using errcode = 'check_violation';
    end if;
    return null;
  end $$`;

const APPEND_ONLY = `create function ledger_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception '% takes new rows only', tg_table_name using errcode = 'restrict_violation';
  end $$`;

const GUARDS = [
  BALANCED,
  `create trigger ledger_postings_balanced after insert on ledger_postings
    referencing new table as added for each statement execute function ledger_postings_balance()`,
  APPEND_ONLY,
  ...TABLES.flatMap((table) => [
    `create trigger ${table}_append_only before update or delete or truncate on ${table}
      for each statement execute function ledger_is_append_only()`,
    `revoke update, delete, truncate on ${table} from public, current_user`,
  ]),
  // The foreign key locks rows of the table that it points to, which takes the right to update some column: one that
  // can never be updated.
  'grant update (id) on ledger_transactions to current_user',
];

/** The ledger: it takes new rows only, and only such that sum to zero. */
export class Ledger1763850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CREATE, ...GUARDS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${[...TABLES].reverse().join(', ')}`);
    await runner.query('drop function ledger_postings_balance');
    await runner.query('drop function ledger_is_append_only');
  }
}
