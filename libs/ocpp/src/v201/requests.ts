import type { Payload } from '../frames/frame';
import { Fields } from '../v16/fields';
import type { MeterReading } from '../v16/meter-values';
import {
  type BootNotification,
  type DataTransfer,
  type MessageQuirk as Quirk16,
  progressIn,
  type ProgressNotification,
  reservationIn,
  type StatusNotification,
} from '../v16/requests';
import { stateOf } from '../v16/status';
import { type DeviceEvent, deviceEvents } from './device-events';
import { connectorIn } from './evse';
import { type IdToken, idTokenOf } from './id-token';
import { meterReadings } from './meter-values';
import { type Report, reportIn } from './report';
import { type TransactionEvent, transactionEvent } from './transaction-event';

export type MessageQuirk = Quirk16 | 'event_type_unknown' | 'seq_no_missing' | 'trigger_reason_missing';
export type Note = (quirk: MessageQuirk) => void;

export interface Authorize {
  readonly token?: IdToken;
  /** Whether a certificate of a contract is to be judged, too. */
  readonly hasCertificate: boolean;
}

export interface MeterValues {
  /** 0 is the meter of the charger. */
  readonly connector?: number;
  readonly readings: readonly MeterReading[];
}

/** A reservation is over for the charger: it was removed, or has expired. */
export interface ReservationStatusUpdate {
  readonly reservation?: number;
  readonly status?: string;
}

/** Messages that are answered and not acted on. */
export const ACKNOWLEDGED = [
  'ClearedChargingLimit',
  'Get15118EVCertificate',
  'GetCertificateStatus',
  'NotifyChargingLimit',
  'NotifyCustomerInformation',
  'NotifyDisplayMessages',
  'NotifyEVChargingNeeds',
  'NotifyEVChargingSchedule',
  'NotifyMonitoringReport',
  'PublishFirmwareStatusNotification',
  'ReportChargingProfiles',
  'SecurityEventNotification',
  'SignCertificate',
] as const;
export type Acknowledged = (typeof ACKNOWLEDGED)[number];

/** What the service acts on, of each call that a charger makes. */
export type Requests = {
  readonly BootNotification: BootNotification;
  readonly Heartbeat: object;
  readonly StatusNotification: StatusNotification;
  readonly NotifyEvent: { readonly events: readonly DeviceEvent[] };
  readonly Authorize: Authorize;
  readonly TransactionEvent: TransactionEvent;
  readonly MeterValues: MeterValues;
  readonly DataTransfer: DataTransfer;
  readonly NotifyReport: Report;
  readonly ReservationStatusUpdate: ReservationStatusUpdate;
  readonly LogStatusNotification: ProgressNotification;
  readonly FirmwareStatusNotification: ProgressNotification;
} & { readonly [A in Acknowledged]: object };

export type Action = keyof Requests;

/** A message in the words of the service, with what had to be put right. */
export interface Read<T> {
  readonly value: T;
  readonly quirks: readonly MessageQuirk[];
}

type Reader<T> = (fields: Fields, note: Note) => T;

const acknowledged = Object.fromEntries(ACKNOWLEDGED.map((name) => [name, () => ({})])) as unknown as {
  readonly [A in Acknowledged]: Reader<object>;
};

const READERS: { readonly [A in Action]: Reader<Requests[A]> } = {
  ...acknowledged,
  BootNotification: (fields) => {
    const station = fields.nested('chargingStation') ?? fields.empty();
    return {
      vendor: station.text('vendorName'),
      model: station.text('model'),
      serial: station.text('serialNumber'),
      firmware: station.text('firmwareVersion'),
    };
  },
  Heartbeat: () => ({}),
  StatusNotification: (fields, note) => {
    const status = fields.text('connectorStatus') ?? fields.text('status') ?? '';
    const state = stateOf(status);
    if (state === undefined) note('status_unknown');
    return { connector: connectorIn(fields, 'evseId') ?? 0, status, state, timestamp: fields.raw('timestamp') };
  },
  NotifyEvent: (fields) => ({ events: deviceEvents(fields.raw('eventData')) }),
  Authorize: (fields) => ({
    token: idTokenOf(fields),
    hasCertificate: fields.raw('certificate') !== undefined || fields.raw('iso15118CertificateHashData') !== undefined,
  }),
  TransactionEvent: transactionEvent,
  MeterValues: (fields, note) => ({
    connector: connectorIn(fields, 'evseId'),
    readings: meterReadings(fields.raw('meterValue'), note),
  }),
  NotifyReport: reportIn,
  DataTransfer: (fields) => ({ vendor: fields.text('vendorId'), messageId: fields.text('messageId') }),
  ReservationStatusUpdate: (fields) => ({
    ...reservationIn(fields.integer('reservationId')),
    status: fields.text('reservationUpdateStatus'),
  }),
  LogStatusNotification: progressIn,
  FirmwareStatusNotification: progressIn,
};

export const isAction = (name: string): name is Action => Object.hasOwn(READERS, name);

/** Reads the payload of a call; whatever it holds, it is never refused. */
export function readRequest<A extends Action>(action: A, payload: Payload): Read<Requests[A]> {
  const quirks = new Set<MessageQuirk>();
  const note: Note = (quirk) => void quirks.add(quirk);
  const value = READERS[action](new Fields(payload, note), note);
  return { value, quirks: [...quirks] };
}
