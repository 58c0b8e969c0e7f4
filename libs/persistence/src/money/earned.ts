import Big from 'big.js';
import { fromUsd, s2 } from './money';

/**
 * Sums by the currency that orders were settled in: what they came to in USD, and in that currency at each order's own rate.
 * Kept beside a sum in USD of all orders, so that history does not move with the rate table.
 */
export type Earned = Readonly<Record<string, readonly [usd: string, amount: string]>>;

/** A sum in a currency: the orders that were settled in it at their own rates, the others at today's. */
export function earnedIn(usd: string, earned: Earned | null, currency: string, rate: string): string {
  const own = earned?.[currency];
  if (!own) return fromUsd(usd, rate);
  const others = new Big(usd).minus(own[0]);
  return s2(others.eq(0) ? own[1] : others.times(rate).plus(own[1]));
}

/** SQL: one order's part of such sums; `currency` may be null, where it is unknown. */
export const earnedOf = (currency: string, usd: string, amount: string): string =>
  `case when ${currency} is null or ${amount} is null then '{}'::jsonb
    else jsonb_build_object(${currency}, jsonb_build_array((${usd})::text, (${amount})::text)) end`;

/** `add_earned` adds two such sums, `sum_earned` many; a currency of which nothing is left is left out. */
export const CREATE_EARNED: readonly string[] = [
  `create function add_earned(a jsonb, b jsonb) returns jsonb language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(key, jsonb_build_array(trim_scale(usd)::text, trim_scale(amount)::text)), '{}')
    from (
      select key, sum((value->>0)::numeric) as usd, sum((value->>1)::numeric) as amount
      from (select * from jsonb_each(a) union all select * from jsonb_each(b)) parts
      group by key having sum((value->>0)::numeric) <> 0 or sum((value->>1)::numeric) <> 0
    ) sums $$`,
  `create aggregate sum_earned(jsonb) (sfunc = add_earned, stype = jsonb, initcond = '{}')`,
];

export const DROP_EARNED: readonly string[] = [
  'drop aggregate sum_earned(jsonb)',
  'drop function add_earned(jsonb, jsonb)',
];
