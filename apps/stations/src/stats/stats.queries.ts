/** What the days earned in the viewer's currency: in USD, and at the orders' own rates. */
const own = (currency: string): string => `coalesce((d.earned->${currency}->>0)::numeric, 0) as own_usd,
    coalesce((d.earned->${currency}->>1)::numeric, 0) as own_amount`;

/** Sums of days that the viewer's currency is taken out of; `$4` is that currency. */
const SUMS = `sum(d.orders)::int as orders, sum(d.minutes) as minutes, sum(d.energy) as energy,
    sum(d.earnings_usd) as earnings_usd, coalesce(sum((d.earned->$4::text->>0)::numeric), 0) as own_usd,
    coalesce(sum((d.earned->$4::text->>1)::numeric), 0) as own_amount`;

/** The days of one power center; without any, one row that has none. */
export const ONE = `
  select c.account_id, c.time_zone, d.day, d.orders, d.minutes, d.energy, d.earnings_usd,
    ${own('$4::text')}
  from charge_points c
  left join charge_point_days d on d.charge_point_id = c.id and d.day between $2 and $3
  where c.id = $1 and c.deleted_at is null`;

/** The days of all that an account owned, also of what it has removed since, summed by zone: calendars differ. */
export const ALL = `
  select c.time_zone, d.day, ${SUMS}
  from charge_point_days d
  join charge_points c on c.id = d.charge_point_id
  where d.account_id = $1 and d.day between $2 and $3
  group by 1, 2`;

/** The days of the power centers of one site; without any, one row that has none. */
export const OF_SITE = `
  select s.account_id, c.time_zone, d.day, ${SUMS}
  from charging_sites s
  left join (charge_points c join charge_point_days d on d.charge_point_id = c.id and d.day between $2 and $3)
    on c.charging_site_id = s.id
  where s.id = $1
  group by 1, 2, 3`;

/** The first and the last ones of an account's power centers by what they earned at the rate $5, $6 each at most. */
export const RANKED = `
  with sold as (
    select d.charge_point_id, ${SUMS}
    from charge_point_days d where d.account_id = $1 and d.day between $2 and $3 group by 1
  ), ranked as (
    select c.id, c.title, coalesce(s.orders, 0) as orders, coalesce(s.minutes, 0) as minutes,
      coalesce(s.energy, 0) as energy, coalesce(s.earnings_usd, 0) as earnings_usd, coalesce(s.own_usd, 0) as own_usd,
      coalesce(s.own_amount, 0) as own_amount, count(*) over ()::int as total,
      row_number() over (order by coalesce((s.earnings_usd - s.own_usd) * $5::numeric + s.own_amount, 0) desc, c.id desc)
        ::int as place
    from charge_points c left join sold s on s.charge_point_id = c.id
    where c.account_id = $1 and c.deleted_at is null
  )
  select * from ranked
  where place <= least($6::int, (total + 1) / 2) or place > total - least($6::int, total / 2)
  order by place`;

export const ENERGY = `
  select coalesce(sum(total_energy), 0) as energy from charge_points where account_id = $1`;
