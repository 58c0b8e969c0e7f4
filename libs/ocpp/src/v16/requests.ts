import type { Payload } from '../frames/frame';
import { type FieldQuirk, Fields } from './fields';
import { type MeterQuirk, type MeterReading, numberOf, readingsOf } from './meter-values';
import { type ConnectorState, stateOf } from './status';
import { tagOf } from './tag';

export type MessageQuirk = FieldQuirk | MeterQuirk | 'status_unknown' | 'id_out_of_range' | 'stop_without_reason';

export interface BootNotification {
  readonly vendor?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly firmware?: string;
}

export interface StatusNotification {
  /** 0 is the charger itself. */
  readonly connector: number;
  readonly status: string;
  /** Absent for a status that the protocol does not have. */
  readonly state?: ConnectorState;
  readonly errorCode?: string;
  readonly info?: string;
  readonly vendorErrorCode?: string;
  readonly timestamp: unknown;
}

export interface StartTransaction {
  readonly connector?: number;
  readonly tag?: string;
  /** Wh; absent where it is none. */
  readonly meterWh?: number;
  readonly timestamp: unknown;
  /** The reservation that it uses. */
  readonly reservation?: number;
}

export interface StopTransaction {
  /** Absent where it cannot be one of ours. */
  readonly transaction?: number;
  readonly tag?: string;
  /** Wh; absent where it is none, such as -1. */
  readonly meterWh?: number;
  readonly timestamp: unknown;
  /** `Local` by default. */
  readonly reason: string;
  readonly readings: readonly MeterReading[];
}

export interface MeterValues {
  readonly connector?: number;
  readonly transaction?: number;
  readonly readings: readonly MeterReading[];
}

export interface DataTransfer {
  readonly vendor?: string;
  readonly messageId?: string;
}

/** How far an upload or an update has come. */
export interface ProgressNotification {
  readonly status?: string;
  /** The command that it belongs to, as far as the charger names it. */
  readonly command?: number;
}

/** Messages of the security extension that are answered and not acted on. */
export const ACKNOWLEDGED = ['SecurityEventNotification', 'SignCertificate'] as const;
export type Acknowledged = (typeof ACKNOWLEDGED)[number];

/** What the service acts on, of each call that a charger makes. */
export type Requests = {
  readonly BootNotification: BootNotification;
  readonly Heartbeat: object;
  readonly StatusNotification: StatusNotification;
  readonly Authorize: { readonly tag?: string };
  readonly StartTransaction: StartTransaction;
  readonly MeterValues: MeterValues;
  readonly StopTransaction: StopTransaction;
  readonly DataTransfer: DataTransfer;
  readonly FirmwareStatusNotification: ProgressNotification;
  readonly DiagnosticsStatusNotification: ProgressNotification;
  readonly LogStatusNotification: ProgressNotification;
  readonly SignedFirmwareStatusNotification: ProgressNotification;
} & { readonly [A in Acknowledged]: object };

export type Action = keyof Requests;

/** A message in the words of the service, with what had to be put right. */
export interface Read<T> {
  readonly value: T;
  readonly quirks: readonly MessageQuirk[];
}

const LARGEST_ID = 2 ** 31 - 1;
const HUGE = /^-?\d{16,}$/;
/** No meter of a charger has counted a terawatt-hour. */
const MAX_WH = 1_000_000_000_000;

/** Ids of reservations are positive 32-bit integers; another one names none of ours. */
export const reservationIn = (id: number | undefined): { readonly reservation?: number } =>
  id !== undefined && id >= 1 && id <= LARGEST_ID ? { reservation: id } : {};

/** The command is named by the security extension and by 2.0.1. */
export function progressIn(fields: Fields): ProgressNotification {
  const { reservation: command } = reservationIn(fields.integer('requestId'));
  return { status: fields.text('status'), ...(command === undefined ? {} : { command }) };
}

type Reader<T> = (fields: Fields, note: (quirk: MessageQuirk) => void) => T;

/** An id that we can have given; what others make up instead of one, such as -1 or 2^63-1, is none. */
function transactionId(fields: Fields, note: (quirk: MessageQuirk) => void): number | undefined {
  const raw = fields.raw('transactionId');
  // That of an object would be asked of the object, which may throw.
  const isHuge = typeof raw === 'number' ? Math.abs(raw) > LARGEST_ID : typeof raw === 'string' && HUGE.test(raw);
  const id = isHuge ? Number.POSITIVE_INFINITY : fields.integer('transactionId');
  if (id === undefined) return undefined;
  if (id >= 1 && id <= LARGEST_ID) return id;
  note('id_out_of_range');
  return undefined;
}

function register(fields: Fields, name: string, note: (quirk: MessageQuirk) => void): number | undefined {
  const raw = fields.raw(name);
  const read = typeof raw === 'string' ? numberOf(raw) : undefined;
  if (read !== undefined) note('text_for_number');
  const whole = read ?? fields.integer(name);
  // With its fraction: one that counts in kWh would lose it.
  const wh = whole !== undefined && typeof raw === 'number' ? raw : whole;
  if (wh === undefined || (wh >= 0 && wh <= MAX_WH)) return wh;
  note('register_out_of_range');
  return undefined;
}

const READERS: { readonly [A in Action]: Reader<Requests[A]> } = {
  SecurityEventNotification: () => ({}),
  SignCertificate: () => ({}),
  BootNotification: (fields) => ({
    vendor: fields.text('chargePointVendor'),
    model: fields.text('chargePointModel'),
    serial: fields.text('chargePointSerialNumber') ?? fields.text('chargeBoxSerialNumber'),
    firmware: fields.text('firmwareVersion'),
  }),
  Heartbeat: () => ({}),
  Authorize: (fields) => ({ tag: tagOf(fields.text('idTag')) }),
  StatusNotification: (fields, note) => {
    const status = fields.text('status') ?? '';
    const state = stateOf(status);
    if (state === undefined) note('status_unknown');
    return {
      connector: fields.connector() ?? 0,
      status,
      state,
      errorCode: fields.text('errorCode'),
      info: fields.text('info'),
      vendorErrorCode: fields.text('vendorErrorCode'),
      timestamp: fields.raw('timestamp'),
    };
  },
  StartTransaction: (fields, note) => ({
    connector: fields.connector(),
    tag: tagOf(fields.text('idTag')),
    meterWh: register(fields, 'meterStart', note),
    timestamp: fields.raw('timestamp'),
    ...reservationIn(fields.integer('reservationId')),
  }),
  StopTransaction: (fields, note) => {
    const reason = fields.text('reason');
    if (reason === undefined) note('stop_without_reason');
    return {
      transaction: transactionId(fields, note),
      tag: tagOf(fields.text('idTag')),
      meterWh: register(fields, 'meterStop', note),
      timestamp: fields.raw('timestamp'),
      reason: reason ?? 'Local',
      readings: readingsOf(fields.raw('transactionData'), note),
    };
  },
  MeterValues: (fields, note) => ({
    connector: fields.connector(),
    transaction: transactionId(fields, note),
    readings: readingsOf(fields.raw('meterValue'), note),
  }),
  DataTransfer: (fields) => ({ vendor: fields.text('vendorId'), messageId: fields.text('messageId') }),
  FirmwareStatusNotification: progressIn,
  DiagnosticsStatusNotification: progressIn,
  LogStatusNotification: progressIn,
  SignedFirmwareStatusNotification: progressIn,
};

export const isAction = (name: string): name is Action => Object.hasOwn(READERS, name);

/** Reads the payload of a call; whatever it holds, it is never refused. */
export function readRequest<A extends Action>(action: A, payload: Payload): Read<Requests[A]> {
  const quirks = new Set<MessageQuirk>();
  const note = (quirk: MessageQuirk): void => void quirks.add(quirk);
  const value = READERS[action](new Fields(payload, note), note);
  return { value, quirks: [...quirks] };
}
