import { Injectable } from '@nestjs/common';
import { CHARGING_VERSION, sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { Outbox, type PendingEvent } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import type { SessionTerms } from '../sessions/terms';
import type { ChargerTransaction } from './transactions.repository';

/** A register of the meter at a moment. */
export interface Reading {
  readonly at: Date;
  readonly wh: number;
}

/** Readings of a transaction. */
export interface ReadingsOf {
  readonly context: Publisher;
  readonly transaction: ChargerTransaction;
  readonly readings: readonly Reading[];
}

/** How a session ended; `wh`: the register of the end in Wh, null where it is not known. */
export interface PublishedEnd {
  readonly at: Date;
  readonly wh: number | null;
  readonly assumed?: boolean;
}

/** The charger that is published, and its power center. */
export type Publisher = Pick<ChargerContext, 'id' | 'chargePointId'>;

const version = CHARGING_VERSION;

/**
 * Publishes what transactions are to the platform: sessions, by the events of every charging back end. Ids of events are
 * derived, so that consumers recognise a repetition.
 */
@Injectable()
export class SessionEvents {
  constructor(private readonly outbox: Outbox) {}

  /** `terms`: those of a session that was asked for. */
  async started(context: Publisher, transaction: ChargerTransaction, terms?: SessionTerms): Promise<void> {
    const { session_id, connector, id_tag, payment, start_wh, started_at } = transaction;
    const payload = {
      version,
      session_id,
      charge_point_id: context.chargePointId,
      ...(connector ? { connector_number: connector } : {}),
      ...(id_tag === null ? {} : { rfid: id_tag }),
      ...(start_wh === null ? {} : { meter_wh: start_wh }),
      payment,
      ...(terms?.driver_id ? { driver_id: terms.driver_id } : {}),
      ...(terms?.unit ? { unit: terms.unit } : {}),
      ...(terms ? { requested_quantity: terms.requested_quantity } : {}),
      time: started_at.toISOString(),
    };
    await this.publish([
      { domainEvent: sessionStarted, aggregateId: context.id, payload, eventId: `${session_id}.started` },
    ]);
  }

  async metered(context: Publisher, transaction: ChargerTransaction, readings: readonly Reading[]): Promise<void> {
    await this.meteredAll([{ context, transaction, readings }]);
  }

  /** Those of several transactions at once. */
  async meteredAll(all: readonly ReadingsOf[]): Promise<void> {
    await this.publish(
      all.flatMap(({ context, transaction: { session_id }, readings }) =>
        readings.map(({ at, wh }) => ({
          domainEvent: sessionMetered,
          aggregateId: context.id,
          payload: { version, session_id, meter_wh: wh, time: at.toISOString() },
          eventId: `${session_id}.metered.${at.getTime()}.${wh}`,
        })),
      ),
    );
  }

  /** One that is assumed has an id of its own: another end may follow. */
  async completed(context: Publisher, { session_id }: ChargerTransaction, { at, wh, assumed = false }: PublishedEnd) {
    const known = { ...(wh === null ? {} : { meter_wh: wh }), ...(assumed ? { assumed } : {}) };
    const payload = { version, session_id, ...known, time: at.toISOString() };
    const eventId = assumed ? `${session_id}.assumed.${at.getTime()}.${wh}` : `${session_id}.completed`;
    await this.publish([{ domainEvent: sessionCompleted, aggregateId: context.id, payload, eventId }]);
  }

  private publish(events: readonly PendingEvent[]): Promise<void> {
    return this.outbox.publishAll(events);
  }
}
