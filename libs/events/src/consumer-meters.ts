import { Broker } from '@open-cpo/messaging';
import { jetstreamManager } from '@nats-io/jetstream';
import { Injectable } from '@nestjs/common';
import { Metrics } from '@open-cpo/platform';

/** What becomes of an event. */
export type EventOutcome = 'handled' | 'retried' | 'set_aside';

export interface ConsumerMeter {
  counted(outcome: EventOutcome, events?: number): void;
}

/** The broker is asked this often, in milliseconds, however many scrapers there are. */
const GOOD_FOR = 15_000;

const LAG = {
  open_cpo_consumer_pending: 'Events of the stream that the consumer has not been given yet.',
  open_cpo_consumer_unacknowledged: 'Events that were given out and not yet dealt with.',
};

/** How far each consumer is behind its stream, and what it made of the events. */
@Injectable()
export class ConsumerMeters {
  private readonly events;

  constructor(
    private readonly metrics: Metrics,
    private readonly broker: Broker,
  ) {
    this.events = metrics.counter('open_cpo_consumer_events_total', 'Events by what became of them.', [
      'consumer',
      'outcome',
    ]);
  }

  /** Begins to measure a durable consumer. */
  watch(stream: string, consumer: string): ConsumerMeter {
    for (const outcome of ['handled', 'retried', 'set_aside'] as const) this.events.inc({ consumer, outcome }, 0);
    this.metrics.read({ gauges: LAG, labels: ['consumer'], goodFor: GOOD_FOR, read: () => this.lag(stream, consumer) });
    return { counted: (outcome, events = 1) => this.events.inc({ consumer, outcome }, events) };
  }

  private async lag(stream: string, consumer: string) {
    const asked = this.broker.account('streams');
    const manager = await jetstreamManager(asked.connection(), asked.jetstream);
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, consumer);
    const values = { open_cpo_consumer_pending: num_pending, open_cpo_consumer_unacknowledged: num_ack_pending };
    return [{ labels: { consumer }, values }];
  }
}
