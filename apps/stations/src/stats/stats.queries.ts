/** What the days earned in the viewer's currency: in USD, and at the orders' own rates. */
const own = (currency: string): string => `coalesce((d.earned->${currency}->>0)::numeric, 0) as own_usd,
    coalesce((d.earned->${currency}->>1)::numeric, 0) as own_amount`;

/** The days of one power center; without any, one row that has none. */
export const ONE = `
  select c.account_id, c.time_zone, d.day, d.orders, d.minutes, d.energy, d.earnings_usd,
    ${own('$4::text')}
  from charge_points c
  left join charge_point_days d on d.charge_point_id = c.id and d.day between $2 and $3
  where c.id = $1 and c.deleted_at is null`;

/** The days of all that an account owned, also of what it has removed since, summed by zone: calendars differ. */
export const ALL = `
  select c.time_zone, d.day, sum(d.orders)::int as orders, sum(d.minutes) as minutes, sum(d.energy) as energy,
    sum(d.earnings_usd) as earnings_usd, coalesce(sum((d.earned->$4::text->>0)::numeric), 0) as own_usd,
    coalesce(sum((d.earned->$4::text->>1)::numeric), 0) as own_amount
  from charge_point_days d
  join charge_points c on c.id = d.charge_point_id
  where d.account_id = $1 and d.day between $2 and $3
  group by 1, 2`;

export const ENERGY = `
  select coalesce(sum(total_energy), 0) as energy from charge_points where account_id = $1`;
