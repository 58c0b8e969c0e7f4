import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, Optional } from '@nestjs/common';
import { JobQueues, QueueUnavailable } from '@open-cpo/jobs';
import { EventPublisher } from '@open-cpo/events';
import { Log, tracing } from '@open-cpo/platform';
import { Leadership } from '../connection/leadership';
import { Pools } from '../connection/pools';
import { ReadReplica } from '../replicas/read-replica';
import type { OutboxKind, OutboxRow, OutboxSettings } from './outbox-row';
import { OutboxTable } from './outbox-table';
import { Relay } from './relay';

/** The two relays of a process, which work while it leads: Redis away does not stop events, nor NATS jobs. */
@Injectable()
export class Relays implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly relays: Readonly<Record<OutboxKind, Relay>>;
  private telling?: Promise<unknown>;

  constructor(
    table: OutboxTable,
    log: Log,
    private readonly leadership: Leadership,
    private readonly pools: Pools,
    private readonly domainEvents: EventPublisher,
    replica: ReadReplica,
    @Optional() private readonly jobs?: JobQueues,
  ) {
    this.relays = {
      fact: new Relay({
        kind: 'fact',
        table,
        leadership,
        log,
        // A consumer of an event may read what it is about, and cache it.
        before: (rows) => replica.writtenIn(rows.map(({ payload }) => payload)),
        deliver: (row) => this.publish(row),
      }),
      job: new Relay({ kind: 'job', table, leadership, log, deliver: (row) => this.enqueue(row) }),
    };
    leadership.onPoke(() => this.pokeOwn());
  }

  onApplicationBootstrap(): void {
    for (const relay of Object.values(this.relays)) relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(Object.values(this.relays).map((relay) => relay.stop()));
  }

  /** Notifies the leader of a commit, with what was written or anything. Responses never wait for it. */
  poke(kind?: OutboxKind): void {
    if (this.leadership.held) return this.pokeOwn(kind);
    // One message for all that was committed while the last one was under way; a lost one costs a second.
    this.telling ??= this.pools.reads
      .query(this.leadership.notifyStatement)
      .catch(() => undefined)
      .finally(() => (this.telling = undefined));
  }

  private pokeOwn(kind?: OutboxKind): void {
    if (kind !== undefined) return this.relays[kind].poke();
    for (const relay of Object.values(this.relays)) relay.poke();
  }

  private publish({ name, key, payload, occurred_at, options }: OutboxRow): Promise<void> {
    const domainEvent = { subject: name, eventId: key, payload, occurredAt: occurred_at.toISOString() };
    const event = name.slice(0, name.lastIndexOf('.'));
    return traced(`publish ${event}`, options, (traceparent) =>
      this.domainEvents.publish({ ...domainEvent, traceparent }),
    );
  }

  private async enqueue({ name, key, payload, options }: OutboxRow): Promise<void> {
    const { jobs } = this;
    if (!jobs) throw new QueueUnavailable(new Error('this service has no queues'));
    const { attempts = 8, backoff = 2000, spread = 0 } = options ?? {};
    const job = { queue: name, payload: Object, attempts, backoff, spread };
    await traced(`enqueue ${name}`, options, () => jobs.add(job, key, JSON.parse(payload) as object));
  }
}

/** Hands over as a span below what wrote the row, where traces are taken. */
function traced(
  name: string,
  options: OutboxSettings | null,
  work: (traceparent: string | undefined) => Promise<void>,
): Promise<void> {
  const traces = tracing();
  const parent = options?.traceparent;
  if (!traces || !parent) return work(parent);
  return traces.span(name, { kind: 'producer', parent }, (span) => work(span.traceparent));
}
