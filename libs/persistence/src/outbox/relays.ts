import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, Optional } from '@nestjs/common';
import { JobQueues, QueueUnavailable } from '@open-cpo/jobs';
import { EventPublisher } from '@open-cpo/messaging';
import { Log, tracing } from '@open-cpo/platform';
import { Leadership } from '../connection/leadership';
import { Pools } from '../connection/pools';
import type { OutboxRow, OutboxSettings } from './outbox-row';
import { OutboxTable } from './outbox-table';
import { Relay } from './relay';

/** The two relays of a process, which work while it leads: Redis away does not stop events, nor NATS jobs. */
@Injectable()
export class Relays implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly relays: readonly Relay[];
  private telling?: Promise<unknown>;

  constructor(
    table: OutboxTable,
    log: Log,
    private readonly leadership: Leadership,
    private readonly pools: Pools,
    private readonly domainEvents: EventPublisher,
    @Optional() private readonly jobs?: JobQueues,
  ) {
    this.relays = [
      new Relay({ kind: 'fact', table, leadership, log, deliver: (row) => this.publish(row) }),
      new Relay({ kind: 'job', table, leadership, log, deliver: (row) => this.enqueue(row) }),
    ];
    leadership.onPoke(() => this.pokeOwn());
  }

  onApplicationBootstrap(): void {
    for (const relay of this.relays) relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
  }

  /** Notifies the leader of a commit. Responses never wait for it. */
  poke(): void {
    if (this.leadership.held) return this.pokeOwn();
    // One message for all that was committed while the last one was under way; a lost one costs a second.
    this.telling ??= this.pools.reads
      .query(this.leadership.notifyStatement)
      .catch(() => undefined)
      .finally(() => (this.telling = undefined));
  }

  private pokeOwn(): void {
    for (const relay of this.relays) relay.poke();
  }

  private publish({ name, key, payload, occurred_at, options }: OutboxRow): Promise<void> {
    const domainEvent = { subject: name, eventId: key, payload, occurredAt: occurred_at.toISOString() };
    const told = name.slice(0, name.lastIndexOf('.'));
    return traced(`publish ${told}`, options, (traceparent) =>
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
