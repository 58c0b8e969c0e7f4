/** Rows that one statement counts: few enough for the time that a statement has, whatever an owner's size. */
export const SLICE = 50_000;

/** Accounts that have, or are thought to have, anything to count. */
export const NEXT_ACCOUNTS = `
  select account_id as id from (
    select account_id from charge_points where account_id > $1
    union select account_id from account_totals where account_id > $1) a
  order by account_id limit $2`;

export const MENTION_ACCOUNT = 'insert into account_totals (account_id) values ($1) on conflict do nothing returning 1';

/** Whoever opens an order or takes feedback of this account waits from here on. */
export const HOLD_ACCOUNT = 'select 1 from account_totals where account_id = $1 for update';

const sliceOf = (table: string): string => `
  select count(*)::int as rows, max(id) as last from (
    select id from ${table} where account_id = $1 and id > $2 order by account_id, id limit ${SLICE}) x`;
export const ORDERS_OF_ACCOUNT = sliceOf('orders');
export const FEEDBACK_OF_ACCOUNT = sliceOf('feedback');

export const CORRECT_ACCOUNT = `
  update account_totals set orders = $2, feedback = $3
  where account_id = $1 and (orders, feedback) <> ($2, $3) returning 1`;

export const FORGET_ACCOUNT = 'delete from account_totals where account_id = $1';

/** Power centers that have, or are thought to have, orders. */
export const NEXT_POWER_CENTERS = `
  select id from (
    select id from charge_points c where id > $1 and exists (select 1 from orders o where o.charge_point_id = c.id)
    union select charge_point_id from charge_point_totals where charge_point_id > $1
    union select charge_point_id from charge_point_days where charge_point_id > $1) p
  order by id limit $2`;

export const MENTION_POWER_CENTER = `
  insert into charge_point_totals (charge_point_id, account_id)
  select $1, coalesce((select account_id from charge_points where id = $1), 0)
  on conflict do nothing returning 1`;

/** Whoever opens or completes an order of this power center waits from here on. */
export const HOLD_POWER_CENTER = 'select 1 from charge_point_totals where charge_point_id = $1 for update';

/** By day and by the currency that they were settled in; those that are not complete are of none. */
export const ORDERS_OF_POWER_CENTER = `
  select (case when status = 1 then day end)::text as day, case when status = 1 then currency end as currency,
    count(*)::int as orders, coalesce(sum(earning_usd) filter (where status = 1), 0) as earnings_usd, max(id) as last,
    sum(coalesce(case when amounts_currency = currency then earning_amount end, round(earning_usd * rate, 8)))
      filter (where status = 1) as amount
  from (select id, status, day, earning_usd, currency, rate, earning_amount, amounts_currency from orders
    where charge_point_id = $1 and id > $2 order by charge_point_id, id limit ${SLICE}) x group by 1, 2`;

export const CORRECT_POWER_CENTER = `
  update charge_point_totals set orders = $2, earnings_usd = $3, earned = add_earned('{}', $4)
  where charge_point_id = $1 and (orders, earnings_usd, earned) <> ($2::int, $3::numeric, add_earned('{}', $4)) returning 1`;

export const FORGET_POWER_CENTER = 'delete from charge_point_totals where charge_point_id = $1';

export const CORRECT_DAYS = `
  insert into charge_point_days as d (charge_point_id, day, orders, earnings_usd, earned)
  select $1, day, orders, earnings_usd, add_earned('{}', earned)
  from json_populate_recordset(null::charge_point_days, $2) order by day
  on conflict (charge_point_id, day) do update set orders = excluded.orders, earnings_usd = excluded.earnings_usd,
    earned = excluded.earned
  where (d.orders, d.earnings_usd, d.earned) <> (excluded.orders, excluded.earnings_usd, excluded.earned) returning 1`;

export const FORGET_DAYS = `
  delete from charge_point_days where charge_point_id = $1 and day <> all($2::date[]) returning 1`;
