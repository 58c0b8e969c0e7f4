const SHOWN = ['account_id', 'identifier', 'token', 'time_zone', 'price', 'connectors', 'card'] as const;
const COLUMNS = SHOWN.join(', ');
const TOLD = 'json_populate_recordset(null::charge_points, $1) as n';

// `json` has no equality of its own, and the order of its keys is what clients see.
const texts = (row: string): string => SHOWN.map((name) => `${row}.${name}::text`).join(', ');

/** Nobody changes these, nor adds to them, before we are done with what we know. */
export const HOLD = `
  select id from charge_points where id in (select id from charge_points where id > $1 order by id limit $2)
  order by id for update`;

/** Live ones between two ids that stations does not have. */
export const GONE = `
  update charge_points set removed_at = now()
  where id > $1 and id <= $2 and removed_at is null and id <> all($3::int[]) returning id`;

export const BACK = `
  update charge_points set removed_at = null where removed_at is not null and id = any($1::int[]) returning id`;

export const CHANGED = `
  update charge_points c set ${SHOWN.map((name) => `${name} = n.${name}`).join(', ')} from ${TOLD}
  where c.id = n.id and (${texts('c')}) is distinct from (${texts('n')}) returning c.id`;

/** Events of them are newer from now on. */
export const ADDED = `
  insert into charge_points (id, ${COLUMNS}, told_at) select id, ${COLUMNS}, 'epoch' from ${TOLD} order by id
  on conflict (id) do nothing returning id`;
