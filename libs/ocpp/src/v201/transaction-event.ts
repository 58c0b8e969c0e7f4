import type { Payload } from '../frames/frame';
import { Fields } from '../v16/fields';
import type { MeterReading } from '../v16/meter-values';
import { reservationIn } from '../v16/requests';
import { connectorIn } from './evse';
import { type IdToken, idTokenOf } from './id-token';
import { meterReadings, type SignedValue, signedValues } from './meter-values';
import type { Note } from './requests';

export type EventType = 'Started' | 'Updated' | 'Ended';

/** `TransactionEvent`, read. */
export interface TransactionEvent {
  readonly type: EventType;
  /** That of the charger, at most 255 characters; absent where the event names none. */
  readonly transaction?: string;
  readonly seqNo?: number;
  readonly timestamp: unknown;
  readonly triggerReason?: string;
  readonly chargingState?: string;
  /** `Local` where an end has none. */
  readonly stoppedReason?: string;
  readonly offline: boolean;
  readonly connector?: number;
  readonly token?: IdToken;
  /** The id that it was given with `RequestStartTransaction`. */
  readonly remoteStart?: number;
  readonly readings: readonly MeterReading[];
  readonly signed: readonly SignedValue[];
  /** The reservation that it uses. */
  readonly reservation?: number;
}

/** The largest number of the protocol. */
const MAX_INTEGER = 2 ** 31 - 1;

const TYPES: readonly EventType[] = ['Started', 'Updated', 'Ended'];

function typeOf(fields: Fields, note: Note): EventType {
  const given = fields.text('eventType')?.toLowerCase();
  const found = TYPES.find((one) => one.toLowerCase() === given);
  if (!found) note('event_type_unknown');
  return found ?? 'Updated';
}

/** Reads a `TransactionEvent`. */
export function transactionEvent(fields: Fields, note: Note): TransactionEvent {
  const info = fields.nested('transactionInfo') ?? fields.empty();
  const evse = fields.nested('evse');
  const type = typeOf(fields, note);
  const [triggerReason, seqNo, transaction] = [
    fields.text('triggerReason'),
    fields.integer('seqNo'),
    transactionIdOf(fields),
  ];
  if (triggerReason === undefined) note('trigger_reason_missing');
  if (seqNo === undefined) note('seq_no_missing');
  const stoppedReason = info.text('stoppedReason') ?? (type === 'Ended' ? 'Local' : undefined);
  return {
    type,
    ...defined({ transaction, seqNo, triggerReason, stoppedReason, chargingState: info.text('chargingState') }),
    timestamp: fields.raw('timestamp'),
    offline: fields.raw('offline') === true || fields.raw('offline') === 'true',
    ...defined({ connector: evse && connectorIn(evse, 'id'), token: idTokenOf(fields) }),
    ...defined({ remoteStart: remoteStartOf(info) }),
    readings: meterReadings(fields.raw('meterValue'), note),
    signed: signedValues(fields.raw('meterValue')),
    ...reservationIn(fields.integer('reservationId')),
  };
}

const defined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

/** Other numbers than those that were sent name no start. */
function remoteStartOf(info: Fields): number | undefined {
  const id = info.integer('remoteStartId');
  return id !== undefined && id > 0 && id <= MAX_INTEGER ? id : undefined;
}

/**
 * What makes two events the same one: chargers repeat an event with another message id until it is answered, and may say of
 * the repetition that it is `offline`.
 */
export function eventKey({ type, seqNo, timestamp, triggerReason, chargingState }: TransactionEvent): string {
  const time = typeof timestamp === 'string' || typeof timestamp === 'number' ? timestamp : null;
  return JSON.stringify([type, seqNo ?? null, time, triggerReason ?? null, chargingState ?? null]);
}

/** Some chargers have it beside `transactionInfo` instead of in it. */
const transactionIdOf = (fields: Fields): string | undefined =>
  fields.nested('transactionInfo')?.text('transactionId') ?? fields.text('transactionId');

/**
 * The id of the transaction of a message, before it is read, empty where the event names none; nothing for other messages.
 */
export const transactionOf = (action: string, payload: Payload): string | undefined =>
  action === 'TransactionEvent' ? (transactionIdOf(new Fields(payload, () => undefined)) ?? '') : undefined;
