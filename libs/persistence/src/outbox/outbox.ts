import { randomUUID } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import type { DomainEvent, Job } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { tracing } from '@open-cpo/platform';
import { type Param, Transactions } from '../transactions/transactions';
import type { DeadRow, OutboxKind } from './outbox-row';
import { Relays } from './relays';

export interface OutboxOptions {
  /** The payload holds a secret (a code in an e-mail): nothing of it is kept once it has been handed over. */
  readonly secret?: boolean;
}

const WRITE = `
  insert into outbox (kind, name, aggregate, key, payload, options, secret) values ($1, $2, $3, $4, $5, $6, $7)`;

const WRITE_MANY = `
  insert into outbox (kind, name, aggregate, key, payload, options, secret)
  select 'fact', name, aggregate, key, payload::json, $5::jsonb, false
  from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    with ordinality as f (name, aggregate, key, payload, place)
  order by place`;

// In one statement with what is published, which would otherwise travel to the service and back.
const writeFrom = (text: string, first: number): string => `
  with told as (${text})
  insert into outbox (kind, name, aggregate, key, payload, options, secret)
  select 'fact', $${first}, $${first + 1}, $${first + 2}, payload::json, $${first + 3}::jsonb, false from told`;

const DEAD = `
  select id, kind, name, key, failed_because as reason, occurred_at as "occurredAt"
  from outbox where dead_at is not null order by id limit $1`;

const REVIVE = `
  update outbox set dead_at = null, retry_at = null, attempts = 0 where id = $1 and dead_at is not null returning 1`;

/** Events that one call publishes again: a statement has its time limit. */
const PART = 2000;

const REPLAY = `
  with part as (
    select id from outbox
    where kind = 'fact' and id > $1 and sent_at is not null and not secret order by id limit ${PART}
  ), again as (update outbox o set sent_at = null from part where o.id = part.id)
  select count(*)::int as rows, max(id) as last from part`;

const LAG = `
  select coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)::float8 as seconds
  from outbox where sent_at is null and dead_at is null`;

const TOKEN = /^[\w-]+$/;

/** What a change causes elsewhere, written in the transaction of the change and handed over after it. */
@Injectable()
export class Outbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly relays: Relays,
    @Optional() private readonly broker?: Broker,
  ) {}

  /**
   * Publishes an event about an aggregate. Its events leave in the order of this call; where two transactions can publish about
   * one aggregate at once, they lock its row first, so that this order is the order of their commits.
   */
  async publish<T extends object>(
    domainEvent: DomainEvent<T>,
    aggregateId: number | string,
    payload: T,
  ): Promise<string> {
    const { name, aggregate, eventId, text } = this.outgoing({ domainEvent, aggregateId, payload });
    await this.write('fact', [name, aggregate, eventId, text, cause(), false]);
    return eventId;
  }

  /** Publishes an event whose payload is answered by a statement, as its column `payload`; none where it answers no row. */
  publishFrom<T extends object>(
    domainEvent: DomainEvent<T>,
    aggregateId: number | string,
    { text, values, name }: { readonly text: string; readonly values: readonly Param[]; readonly name: string },
  ): void {
    const event = this.outgoing({ domainEvent, aggregateId, payload: {} });
    const params = [...values, event.name, event.aggregate, event.eventId, cause()];
    this.transactions.post(writeFrom(text, values.length + 1), params, name);
    this.transactions.afterCommit(() => this.relays.poke('fact'));
  }

  /** Publishes many events in one statement, in their order; for changes of many rows at once. */
  async publishAll(events: readonly PendingEvent[]): Promise<void> {
    if (!this.transactions.active) throw new Error('The outbox belongs into the transaction of the change.');
    if (events.length === 0) return;
    const rows = events.map((event) => this.outgoing(event));
    const columns = (['name', 'aggregate', 'eventId', 'text'] as const).map((column) => rows.map((row) => row[column]));
    this.transactions.post(WRITE_MANY, [...columns, cause()], 'outbox.write-many');
    this.transactions.afterCommit(() => this.relays.poke('fact'));
  }

  /** Asks the worker for something; a second request under the same id is the same request. */
  async job<T extends object>(job: Job<T>, jobId: string, payload: T, options: OutboxOptions = {}): Promise<void> {
    const { queue, attempts, backoff, spread } = job;
    const settings = JSON.stringify({ attempts, backoff, spread, traceparent: tracing()?.current });
    const aggregate = `${queue} ${jobId}`;
    await this.write('job', [queue, aggregate, jobId, JSON.stringify(payload), settings, options.secret ?? false]);
  }

  /** Rows that were given up after twenty tries, oldest first. */
  dead(most = 100): Promise<DeadRow[]> {
    return this.transactions.query<DeadRow>(DEAD, [most]);
  }

  /** Tries a row again that was given up; false when there is none. */
  async revive(id: number): Promise<boolean> {
    const revived = await this.transactions.query(REVIVE, [id]);
    this.relays.poke();
    return revived.length > 0;
  }

  /** Publishes the next events again: after the stream was lost, or a backup was restored. */
  async replay(after: number): Promise<{ rows: number; next: number | null }> {
    const part = await this.transactions.first<{ rows: number; last: number | null }>(REPLAY, [after]);
    this.relays.poke();
    return part?.rows === PART ? { rows: PART, next: part.last } : { rows: part?.rows ?? 0, next: null };
  }

  /** Seconds for which the oldest waiting row has waited. */
  async lag(): Promise<number> {
    return (await this.transactions.first<{ seconds: number }>(LAG, [], 'outbox.lag'))?.seconds ?? 0;
  }

  private async write(kind: OutboxKind, values: readonly (string | boolean | null)[]): Promise<void> {
    if (!this.transactions.active) throw new Error('The outbox belongs into the transaction of the change.');
    this.transactions.post(WRITE, [kind, ...values], 'outbox.write');
    this.transactions.afterCommit(() => this.relays.poke(kind));
  }

  private outgoing(event: PendingEvent) {
    this.broker?.uses?.publish(event.domainEvent);
    return outgoing(event);
  }
}

/** An event about an aggregate, on its way into the outbox. */
export interface PendingEvent {
  readonly domainEvent: DomainEvent<unknown>;
  readonly aggregateId: number | string;
  readonly payload: object;
  /** Unique for ever, where the publisher can derive it, so that consumers recognise a repetition; by default random. */
  readonly eventId?: string;
}

/** The trace that an event belongs to, as the row keeps it. */
function cause(): string | null {
  const traceparent = tracing()?.current;
  return traceparent === undefined ? null : JSON.stringify({ traceparent });
}

function outgoing({ domainEvent, aggregateId, payload, eventId = randomUUID() }: PendingEvent) {
  const id = String(aggregateId);
  if (!TOKEN.test(id)) throw new Error(`"${id}" cannot be a part of a subject.`);
  const text = JSON.stringify(payload);
  // Subjects of charging events are exact; all events about one charger leave in order.
  if (domainEvent.stream === 'CHARGING')
    return { name: domainEvent.subject, aggregate: `charging ${id}`, eventId, text };
  const resource = domainEvent.subject.split('.')[2] ?? domainEvent.subject;
  return { name: `${domainEvent.subject}.${id}`, aggregate: `${resource} ${id}`, eventId, text };
}
