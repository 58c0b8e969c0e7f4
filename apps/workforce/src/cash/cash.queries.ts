/** A movement and the balance it changes, in one statement: there is never one without the other. */
export const POST = `
  with movement as (
    insert into cash_movements (account_id, worker_id, kind, amount, till_amount, currency, order_id, revision,
      reason, user_id, operator, happened_at)
    values ($1, $2, $3::text, $4::numeric, case $3::text when 'handed_over' then -$4::numeric else 0 end, $5, $6, $7,
      $8, $9, $10, coalesce($11::timestamptz, now()))
    on conflict (order_id, revision, kind) where order_id is not null do nothing
    returning worker_id, currency, amount
  )
  insert into worker_cash as cash (worker_id, currency, balance)
  select worker_id, currency, amount from movement
  on conflict (worker_id, currency) do update set balance = cash.balance + excluded.balance
  returning trim_scale(balance)::text as balance`;

/** Locked until the end of the transaction, always in the same order; `given` is what the worker gives away. */
export const HELD = `
  select currency, trim_scale(balance)::text as amount, (-balance)::text as given from worker_cash
  where worker_id = $1 and balance <> 0 order by currency for update`;

export const ACCOUNT = 'select account_id from workers where id = $1';

export const CURRENCIES = 'select currency from worker_cash where worker_id = $1 order by currency';

export const TILL = `
  select currency, trim_scale(sum(till_amount))::text as amount from cash_movements
  where account_id = $1 and kind = 'handed_over' group by currency order by currency`;
