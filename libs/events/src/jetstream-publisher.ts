import { Injectable } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { applyStream, Broker } from '@open-cpo/messaging';
import { EventPublisher, type OutgoingEvent, TRACEPARENT } from './event-publisher';
import { streams } from './declared';

const ACK_TIMEOUT = 2000;

/** Publishes events to JetStream and waits until they are stored. */
@Injectable()
export class JetStreamPublisher extends EventPublisher {
  private streams?: Promise<void>;

  constructor(private readonly broker: Broker) {
    super();
  }

  async publish({ subject, eventId, payload, occurredAt, traceparent }: OutgoingEvent): Promise<void> {
    const nats = this.broker.connection();
    const head = headers();
    head.set('occurred-at', occurredAt);
    if (traceparent) head.set(TRACEPARENT, traceparent);
    try {
      if (this.broker.anonymous) await (this.streams ??= this.makeStreams(nats));
      await jetstream(nats).publish(subject, payload, { msgID: eventId, headers: head, timeout: ACK_TIMEOUT });
    } catch (error) {
      // Perhaps the stream has gone: the next try looks again.
      this.streams = undefined;
      throw error;
    }
  }

  /** Where the broker has no permissions set up. */
  private async makeStreams(nats: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(nats);
    for (const stream of streams) await applyStream(manager, stream);
  }
}
