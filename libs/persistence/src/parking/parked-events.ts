import { Injectable } from '@nestjs/common';
import type { NewParkedEvent, ParkedEvent, Parking, Postponement } from '@open-cpo/events';
import { translate } from '../errors/translate';
import { Transactions } from '../transactions/transactions';

/** Seconds after which an event in hand counts as one during which the process ended. */
const LEASE = 30;

const PARK = `
  insert into parked_events (consumer, event_id, key, subject, occurred_at, stored_at, payload, attempts, reason, next_try_at)
  select $1, event_id, key, subject, occurred_at, stored_at, decode(payload, 'base64'), attempts, reason,
    now() + after * interval '1 millisecond'
  from rows from (json_to_recordset($2) as (event_id text, key text, subject text, occurred_at text,
    stored_at bigint, payload text, attempts smallint, reason text, after float8)) with ordinality
    as e (event_id, key, subject, occurred_at, stored_at, payload, attempts, reason, after, place)
  order by place on conflict (consumer, event_id) do`;

/** With an id of its own, so that a consumer that holds the event does not remove it. */
const AGAIN = `update set id = default, attempts = 0, deaths = 0, started_at = null, next_try_at = now(), reason = null`;

/** An event that was tried here before is taken alone, so that what ends the process is found. */
const TAKE = `
  with due as (
    select id, attempts from parked_events p
    where consumer = $1 and next_try_at <= now() and (key is null or not exists (
      select 1 from parked_events o where o.consumer = p.consumer and o.key = p.key and o.id < p.id))
    order by attempts > 0, next_try_at, id limit $2 for update skip locked
  ), picked as (
    select id from due where attempts = 0 union all
    (select id from due where not exists (select 1 from due where attempts = 0) limit 1)
  )
  update parked_events p set attempts = p.attempts + 1, started_at = now(),
    deaths = p.deaths + (p.started_at is not null)::int, next_try_at = now() + interval '${LEASE} seconds'
  from picked where p.id = picked.id
  returning p.id, p.event_id as "eventId", p.subject, p.occurred_at as "occurredAt",
    p.stored_at::float8 as "storedAt", p.payload as data, p.attempts,
    p.deaths, p.reason`;

const POSTPONE = `
  update parked_events p set started_at = null, reason = n.reason, attempts = p.attempts - (not n.counted)::int,
    next_try_at = now() + n.after * interval '1 millisecond'
  from json_to_recordset($1) as n (id bigint, reason text, after float8, counted boolean) where p.id = n.id`;

const REMOVE = 'delete from parked_events where id = any($1::bigint[])';

const ANY = 'select 1 from parked_events where consumer = $1 limit 1';

const HOLDS = 'select 1 from parked_events where consumer = $1 and key = $2 limit 1';

/** The retry lane of the service's consumers, in its own database. */
@Injectable()
export class ParkedEvents implements Parking {
  constructor(private readonly transactions: Transactions) {}

  async park(consumer: string, events: readonly NewParkedEvent[]): Promise<void> {
    await this.store(`${PARK} nothing`, 'parked.park', consumer, events);
  }

  async parkAgain(consumer: string, events: readonly NewParkedEvent[]): Promise<void> {
    if (events.length > 0) await this.store(`${PARK} ${AGAIN}`, 'parked.again', consumer, events);
  }

  private async store(text: string, name: string, consumer: string, events: readonly NewParkedEvent[]): Promise<void> {
    const rows = events.map(({ eventId, occurredAt, storedAt, data, reason, ...event }) => ({
      ...event,
      event_id: eventId,
      occurred_at: occurredAt,
      stored_at: storedAt,
      payload: Buffer.from(data).toString('base64'),
      reason: reason?.slice(0, 500).replaceAll('\u0000', ''),
    }));
    await this.asked(text, [consumer, JSON.stringify(rows)], name);
  }

  take(consumer: string, most: number): Promise<ParkedEvent[]> {
    return this.asked<ParkedEvent>(TAKE, [consumer, most], 'parked.take');
  }

  async postpone(postponements: readonly Postponement[]): Promise<void> {
    const rows = postponements.map((one) => ({ ...one, reason: one.reason.slice(0, 500).replaceAll('\u0000', '') }));
    await this.asked(POSTPONE, [JSON.stringify(rows)], 'parked.postpone');
  }

  async remove(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.asked(REMOVE, [ids], 'parked.remove');
  }

  async any(consumer: string): Promise<boolean> {
    return (await this.asked(ANY, [consumer], 'parked.any')).length > 0;
  }

  async holds(consumer: string, key: string): Promise<boolean> {
    return (await this.asked(HOLDS, [consumer, key], 'parked.holds')).length > 0;
  }

  private async asked<T extends object>(text: string, params: Parameters<Transactions['query']>[1], name: string) {
    try {
      return await this.transactions.query<T>(text, params, name);
    } catch (error) {
      throw translate(error) ?? error;
    }
  }
}
