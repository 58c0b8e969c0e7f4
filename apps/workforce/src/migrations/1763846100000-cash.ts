import type { MigrationInterface, QueryRunner } from 'typeorm';

const MOVEMENTS = `create table cash_movements (
  id bigint generated always as identity primary key,
  account_id integer not null,
  worker_id integer not null constraint cash_movements_worker references workers (id),
  kind text not null constraint cash_movements_kind check (kind in ('collected', 'handed_over', 'corrected')),
  amount numeric(20,8) not null constraint cash_movements_amount check (amount <> 0 and amount <> 'NaN'),
  till_amount numeric(20,8) not null default 0,
  currency text not null constraint cash_movements_currency check (currency ~ '^[A-Z]{3}$'),
  order_id integer,
  revision integer,
  reason text,
  user_id integer,
  operator text,
  happened_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- What a worker hands over is what the owner gets, to the last digit.
  constraint cash_movements_two_sides
    check (till_amount = case kind when 'handed_over' then -amount else 0 end),
  constraint cash_movements_explained
    check (case kind when 'collected' then order_id is not null and revision is not null
      when 'handed_over' then order_id is null
      else reason is not null end)
)`;

const UP = [
  MOVEMENTS,
  // An order's cash moves once a revision and kind, whatever is told how often.
  `create unique index cash_movements_order on cash_movements (order_id, revision, kind) where order_id is not null`,
  `create index cash_movements_of on cash_movements (worker_id, id)`,
  `create index cash_movements_till on cash_movements (account_id, currency) include (till_amount)
    where kind = 'handed_over'`,
  `create table worker_cash (
    worker_id integer not null constraint worker_cash_worker references workers (id),
    currency text not null,
    balance numeric(20,8) not null,
    primary key (worker_id, currency)
  )`,
  `create function cash_movements_are_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'cash_movements takes new rows only' using errcode = 'restrict_violation';
  end $$`,
  `create trigger cash_movements_append_only before update or delete or truncate on cash_movements
    for each statement execute function cash_movements_are_append_only()`,
];

/** The ledger of cash and, kept in the same statements, what each worker holds by it. */
export class Cash1763846100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table worker_cash, cash_movements');
    await runner.query('drop function cash_movements_are_append_only');
  }
}
