import type { Log } from '@open-cpo/platform';
import type { Broker, ErrorTranslator } from '@open-cpo/messaging';
import type { ConsumerMeter } from './consumer-meters';
import type { ParkedEvent, Parking } from './retry/parking';
import { type BatchEvent, type BatchHandler, reasonsOf } from './batch';
import { eventOf, typeOf } from './batch-events';
import type { Consumption } from './consumes';
import type { DeadLetters } from './dead-letter';

/** What a consumer needs. */
export interface ConsumerParts {
  readonly broker: Broker;
  readonly consumption: Consumption;
  readonly handle: BatchHandler;
  readonly log: Log;
  readonly translate: ErrorTranslator;
  readonly parking: Parking;
  readonly meter?: ConsumerMeter;
}

/** Handles events of the retry lane, all of which have their effect or none. */
export async function handleParked(
  { consumption, handle }: ConsumerParts,
  deadLetters: DeadLetters,
  parked: readonly ParkedEvent[],
): Promise<void> {
  const events: BatchEvent[] = [];
  for (const raw of parked) {
    const domainEvent = typeOf(consumption, raw.subject);
    if (!domainEvent) continue;
    try {
      events.push(eventOf(domainEvent, raw));
    } catch (error) {
      if (!consumption.batch) throw error;
      await deadLetters.add(raw, error);
    }
  }
  const reasons = reasonsOf(events.length > 0 ? await handle(events) : []);
  for (const raw of parked) {
    const reason = reasons.get(raw.eventId);
    if (reason !== undefined) await deadLetters.add(raw, reason);
  }
}
