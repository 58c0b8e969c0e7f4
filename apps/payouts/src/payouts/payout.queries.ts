const moment = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** In the currency that it was asked for. */
const AMOUNT = 'coalesce(p.amount, p.amount_usd * p.rate)';

/**
 * A payout as the wire has it; $2 the viewer's currency, $3 its rate today. In the currency that it was asked for it
 * shows what was asked for, whatever the rate is now. `payout_id` is a text (reference L1965).
 */
export const PAYOUT = `p.id, p.id::text as payout_id, p.method_id as payout_method_id, p.user_id,
  p.account_shown as account_id,
  round(case when p.currency = $2 then ${AMOUNT} else p.amount_usd * $3::numeric end, 2)::text as amount,
  p.status, p.response, ${moment('p.created_at')} as created_at, ${moment('p.updated_at')} as updated_at`;

export const OPEN = `select id, method_id from payouts where account_id = $1 and status = 'pending'`;

/** Counts the try before it is made. */
export const BEGIN = `
  update payouts set tries = tries + 1, asked_at = now() where id = $1 and status = 'pending' and not manual
    and (not_before is null or not_before <= now())
  returning id, account_id, method_id, provider_key, provider_account, amount_usd`;

export const STATE = `
  select status, account_id, manual, coalesce(not_before > now(), false) as held from payouts where id = $1`;

export const SETTLE = `
  update payouts set status = $2, response = $3, updated_at = now() where id = $1 and status = 'pending'
  returning id, account_id as "accountId", amount_usd as "amountUsd", earned`;

export const SAY = `
  update payouts set response = $2, updated_at = now() where id = $1 and status = 'pending' and response <> $2`;

/** Longer without a try than the queue waits at first: it may have lost the payout, or given it up. */
export const FORGOTTEN = `
  update payouts set asked_at = now() where id in (
    select id from payouts where status = 'pending' and not manual and (not_before is null or not_before <= now())
      and (asked_at < now() - $1::interval or asked_at < not_before)
    order by asked_at limit 100 for update skip locked)
  returning id`;

export const PENDING = `
  select p.id, p.account_id, p.method_id, trim_scale(${AMOUNT})::text as amount, p.currency,
    trim_scale(p.amount_usd)::text as amount_usd, ${moment('p.created_at')} as requested_at, p.tries, p.response
  from payouts p where p.status = 'pending' order by p.id limit 100`;

export const RECIPIENT = 'select account_id, recipient from payouts where id = $1';

/** The event of a changed payout. */
export const TOLD = `
  select p.id, p.account_id, p.method_id as payout_method_id, p.user_id, p.account_shown as goes_to,
    round(${AMOUNT}, 2)::text as amount, p.currency, p.status, p.response,
    ${moment('p.created_at')} as created_at, ${moment('p.updated_at')} as updated_at
  from payouts p where p.id = $1`;
