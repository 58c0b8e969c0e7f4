import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { chargerConnected, chargerDisconnected, connectorStatus } from '@open-cpo/contracts';
import { Batches, type BatchEvent, type RejectedEvent } from '@open-cpo/messaging';
import { BatchInbox, Transactions } from '@open-cpo/persistence';
import { ChargerStates } from './charger-states';
import { reportOf } from './reports';

const STATUS = 'stations-connector-status';
const CHARGERS = 'stations-chargers';

/** Listens to charging back ends: a batch is one transaction, and each event is once in effect. */
@Injectable()
export class ChargingConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly transactions: Transactions,
    private readonly inbox: BatchInbox,
    private readonly states: ChargerStates,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: STATUS,
      domainEvents: [connectorStatus],
      filter: 'charging.connector.>',
      handle: (events) => this.take(STATUS, events),
    });
    this.batches.consume({
      as: CHARGERS,
      domainEvents: [chargerConnected, chargerDisconnected],
      filter: 'charging.charger.>',
      handle: (events) => this.take(CHARGERS, events),
    });
  }

  private take(consumer: string, events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.transactions.run(async () => {
      const fresh = await this.inbox.fresh(consumer, events);
      const rejectedEvents = await this.states.apply(fresh.map(reportOf));
      await this.inbox.forget(consumer, rejectedEvents);
      return rejectedEvents;
    });
  }
}
