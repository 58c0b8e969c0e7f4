import { Injectable } from '@nestjs/common';
import type { BackEndGranted } from '@open-cpo/contracts';
import type { BatchEvent, RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const GRANT = `insert into back_end_grants (back_end, account_id, charge_point_id) values ($1, $2, $3)
  on conflict do nothing`;

const REVOKE = `delete from back_end_grants where back_end = $1
  and account_id is not distinct from $2 and charge_point_id is not distinct from $3`;

const SERVES = `exists (select from back_end_grants g
  where g.back_end = m.back_end and (g.charge_point_id = m.id or g.account_id = m.account_id))`;

/** Events at a power center that is known and not served, by what they say and by what is known of their session. */
const REFUSED = `
  with told as (
    select * from json_to_recordset($1)
      as t (event_id text, back_end text, session_id text, charge_point_id int, token text)
  ), about as (
    select event_id, back_end, charge_point_id, token from told
    union all
    select t.event_id, t.back_end, o.charge_point_id, null from told t join orders o on o.session_id = t.session_id
  ), meant as (
    select a.event_id, a.back_end, c.id, c.account_id from about a join charge_points c on c.id = a.charge_point_id
    union all
    select a.event_id, a.back_end, c.id, c.account_id from about a join charge_points c on c.token = a.token
  )
  select event_id, min(id) as id from meant m where not ${SERVES} group by event_id`;

const SERVED = `
  select m.back_end || ' ' || m.id as pair
  from (select b.back_end, c.id, c.account_id from unnest($1::text[]) as b (back_end) cross join charge_points c
    where c.id = any($2::int[])) m
  where ${SERVES}`;

/** Which power centers back ends with a credential of their own may speak of. */
@Injectable()
export class BackEndsRepository {
  constructor(private readonly transactions: Transactions) {}

  async keep({ back_end, account_id = null, charge_point_id = null, granted }: BackEndGranted): Promise<void> {
    await this.transactions.query(granted ? GRANT : REVOKE, [back_end, account_id, charge_point_id]);
  }

  /** The events that are rejected. Those at power centers that are not known yet wait. */
  async refused(events: readonly BatchEvent[]): Promise<Map<string, RejectedEvent>> {
    const named = new Map(
      events.flatMap(({ meta }) => (meta.backEnd === undefined ? [] : [[meta.eventId, meta.backEnd]])),
    );
    if (named.size === 0) return new Map();
    const told = events.flatMap(({ meta, payload }) => {
      const back_end = named.get(meta.eventId);
      return back_end === undefined ? [] : [{ ...(payload as object), event_id: meta.eventId, back_end }];
    });
    const rows = await this.transactions.query<{ event_id: string; id: number }>(
      REFUSED,
      [JSON.stringify(told)],
      'back-ends.refused',
    );
    return new Map(
      rows.map(({ event_id: eventId, id }) => {
        const reason = `The back end ${named.get(eventId)} does not serve the power center ${id}.`;
        return [eventId, { eventId, reason }];
      }),
    );
  }

  /** Pairs "back end, power center" of those that are served. */
  async served(names: readonly string[], ids: readonly number[]): Promise<ReadonlySet<string>> {
    if (names.length === 0 || ids.length === 0) return new Set();
    const rows = await this.transactions.query<{ pair: string }>(SERVED, [names, ids], 'back-ends.served');
    return new Set(rows.map(({ pair }) => pair));
  }
}
