/** The days of one power center; without any, one row that has none. */
export const ONE = `
  select c.account_id, c.time_zone, d.day, d.orders, d.minutes, d.energy, d.earnings_usd
  from charge_points c
  left join charge_point_days d on d.charge_point_id = c.id and d.day between $2 and $3
  where c.id = $1 and c.deleted_at is null`;

/** The days of all that an account owns, summed by zone: calendars differ. */
export const ALL = `
  select c.time_zone, d.day, sum(d.orders)::int as orders, sum(d.minutes) as minutes, sum(d.energy) as energy,
    sum(d.earnings_usd) as earnings_usd
  from charge_point_days d
  join charge_points c on c.id = d.charge_point_id
  where d.account_id = $1 and d.day between $2 and $3 and c.deleted_at is null
  group by 1, 2`;

export const ENERGY = `
  select coalesce(sum(total_energy), 0) as energy from charge_points where account_id = $1 and deleted_at is null`;
