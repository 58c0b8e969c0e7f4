import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { headers } from '@nats-io/transport-node';

/**
 * Events on which the gateways' caches depend: published by the outbox like all others and, in addition, right after the
 * commit, so that every gateway has received them before the response to the request that caused them.
 */
@Injectable()
export class ImmediateFacts {
  constructor(
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly broker: Broker,
  ) {}

  /** Part of the current transaction. */
  async tell<T extends object>(domainEvent: DomainEvent<T>, aggregateId: number | string, payload: T): Promise<void> {
    const eventId = await this.outbox.publish(domainEvent, aggregateId, payload);
    this.transactions.afterCommit(async () => {
      if (!this.broker.connected) return;
      // The stream receives both and stores one: they have the same id.
      const head = headers();
      head.set('Nats-Msg-Id', eventId);
      head.set('occurred-at', new Date().toISOString());
      const subject = `${domainEvent.subject}.${aggregateId}`;
      this.broker.connection().publish(subject, JSON.stringify(payload), { headers: head });
      await this.broker.flush();
    });
  }
}
