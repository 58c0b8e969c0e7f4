import { Injectable } from '@nestjs/common';
import { chargerConnected, chargerDisconnected, connectorStatus } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, type RejectedEvent } from '@open-cpo/events';
import { BatchInbox, Transactions } from '@open-cpo/persistence';
import { ChargerStates } from './charger-states';
import { reportOf } from './reports';

const STATUS = 'stations-connector-status';
const CHARGERS = 'stations-chargers';

/** Listens to charging back ends: a batch is one transaction, and each event is once in effect. */
@Injectable()
export class ChargingConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly inbox: BatchInbox,
    private readonly states: ChargerStates,
  ) {}

  @ConsumesBatch([connectorStatus], { as: STATUS, filter: 'charging.connector.>' })
  statuses(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.take(STATUS, events);
  }

  @ConsumesBatch([chargerConnected, chargerDisconnected], { as: CHARGERS, filter: 'charging.charger.>' })
  chargers(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.take(CHARGERS, events);
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
