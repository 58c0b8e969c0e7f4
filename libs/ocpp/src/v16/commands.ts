import { isListVersion, logRequest, profileId } from '../command-parts';
import type { Command, CommandAnswer, CommandCall, CommandNames, ConfigurationKey, LocalListEntry } from '../commands';
import type { Payload } from '../frames/frame';
import { assertRequest } from './validate';

/** Settings of a charger that are read, and characters of each. */
const MAX_KEYS = 500;
const MAX_VALUE = 2000;
const MAX_KEY = 200;
const MAX_STATUS = 50;
const MAX_FILE = 255;

/** Answers that say yes, also to something that is done later. */
const YES = ['accepted', 'acceptedcanceled', 'scheduled', 'rebootrequired', 'unlocked'];

/** @throws Error when the call does not fit the schema of the protocol: it is not sent then */
export function commandCall(command: Command, names: CommandNames): CommandCall {
  const call = (CALLS[command.type] as Writer<Command['type']>)(command, names);
  assertRequest(call.action, call.payload);
  return call;
}

type Writer<T extends Command['type']> = (command: Command & { readonly type: T }, names: CommandNames) => CommandCall;

const CALLS: { readonly [T in Command['type']]: Writer<T> } = {
  // Some refuse it without a connector.
  start: ({ connector, tag }) => ({
    action: 'RemoteStartTransaction',
    payload: { connectorId: connector, idTag: tag },
  }),
  stop: ({ transaction }) => ({ action: 'RemoteStopTransaction', payload: { transactionId: transaction } }),
  unlock: ({ connector }) => ({ action: 'UnlockConnector', payload: { connectorId: connector } }),
  reset: ({ hard }) => ({ action: 'Reset', payload: { type: hard ? 'Hard' : 'Soft' } }),
  availability: ({ connector, available }) => ({
    action: 'ChangeAvailability',
    payload: { connectorId: connector, type: available ? 'Operative' : 'Inoperative' },
  }),
  configure: ({ key, value }) => ({ action: 'ChangeConfiguration', payload: { key, value } }),
  read_configuration: ({ key }) => ({ action: 'GetConfiguration', payload: key === undefined ? {} : { key: [key] } }),
  trigger: ({ message, connector }) => ({
    action: 'TriggerMessage',
    payload: { requestedMessage: message, ...(connector === undefined ? {} : { connectorId: connector }) },
  }),
  clear_cache: () => ({ action: 'ClearCache', payload: {} }),
  reserve: ({ connector, tag, reservation, until }) => ({
    action: 'ReserveNow',
    payload: { connectorId: connector, expiryDate: until, idTag: tag, reservationId: reservation },
  }),
  cancel_reservation: ({ reservation }) => ({
    action: 'CancelReservation',
    payload: { reservationId: reservation },
  }),
  local_list: ({ version, full, entries }) => ({
    action: 'SendLocalList',
    payload: {
      listVersion: version,
      updateType: full ? 'Full' : 'Differential',
      localAuthorizationList: entries.map(entryOf),
    },
  }),
  transaction_status: () => {
    throw new Error('OCPP 1.6 does not have it.');
  },
  read_local_list: () => ({ action: 'GetLocalListVersion', payload: {} }),
  read_local_list_limits: () => ({ action: 'GetConfiguration', payload: { key: LIST_KEYS } }),
  limit: ({ connector, amperes, since }) =>
    amperes === null
      ? { action: 'ClearChargingProfile', payload: { id: profileId(connector) } }
      : {
          action: 'SetChargingProfile',
          payload: { connectorId: connector, csChargingProfiles: profileOf(connector, amperes, since) },
        },
  diagnostics: ({ location, log, from, until }, { id }) =>
    log === undefined
      ? {
          action: 'GetDiagnostics',
          payload: { location, ...(from ? { startTime: from } : {}), ...(until ? { stopTime: until } : {}) },
        }
      : { action: 'GetLog', payload: logRequest({ id, log, location, from, until }) },
  firmware: ({ location, at, signing }, { id }) =>
    signing === undefined
      ? { action: 'UpdateFirmware', payload: { location, retrieveDate: at } }
      : {
          action: 'SignedUpdateFirmware',
          payload: {
            requestId: id,
            firmware: {
              location,
              retrieveDateTime: at,
              signingCertificate: signing.certificate,
              signature: signing.signature,
            },
          },
        },
};

const LIST_KEYS = ['LocalAuthListEnabled', 'LocalAuthListMaxLength', 'SendLocalListMaxLength'];

const entryOf = ({ tag, until, removed }: LocalListEntry) =>
  removed
    ? { idTag: tag }
    : { idTag: tag, idTagInfo: { status: 'Accepted', ...(until === undefined ? {} : { expiryDate: until }) } };

// With a begin: some refuse an absolute schedule without one.
const profileOf = (connector: number, limit: number, since: string) => ({
  chargingProfileId: profileId(connector),
  stackLevel: 0,
  chargingProfilePurpose: connector === 0 ? 'ChargePointMaxProfile' : 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: {
    startSchedule: since,
    chargingRateUnit: 'A',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
});

/** Reads the answer to a command; whatever it holds, it is never refused. */
export function commandAnswer(command: Command, payload: Payload): CommandAnswer {
  if (command.type === 'read_local_list') return versionIn(payload.listVersion);
  // Without a signature its answer is empty.
  if (command.type === 'firmware' && !command.signing) return { accepted: true, status: 'Accepted' };
  if (command.type === 'diagnostics') return command.log ? logIn(command, payload) : diagnosticsIn(payload);
  if (command.type === 'read_configuration') return configurationIn(payload, command.key === undefined);
  if (command.type === 'read_local_list_limits') return configurationIn(payload, false);
  return statusIn(command, payload);
}

function statusIn(command: Command, payload: Payload): CommandAnswer {
  const status = textOf(payload.status, MAX_STATUS) || 'Unreadable';
  return { accepted: YES.includes(status.toLowerCase()) || isCleared(command, status), status };
}

function logIn(command: Command, payload: Payload): CommandAnswer {
  const file = textOf(payload.filename, MAX_FILE);
  return { ...statusIn(command, payload), ...(file === '' ? {} : { file }) };
}

/** Without a name there is nothing to upload. */
function diagnosticsIn(payload: Payload): CommandAnswer {
  const file = textOf(payload.fileName, MAX_FILE);
  return file === '' ? { accepted: false, status: 'NoFile' } : { accepted: true, status: 'Accepted', file };
}

/** A list that cannot be read says nothing of what the charger has. */
function configurationIn(payload: Payload, all: boolean): CommandAnswer {
  const configuration = listOf(payload.configurationKey).slice(0, MAX_KEYS).flatMap(keyOf);
  const unknown = listOf(payload.unknownKey)
    .slice(0, MAX_KEYS)
    .flatMap((one) => textOf(one, MAX_VALUE) || []);
  return { accepted: true, status: 'Accepted', configuration, complete: all && configuration.length > 0, unknown };
}

/** A limit that there is none of is taken away. */
const isCleared = (command: Command, status: string): boolean =>
  command.type === 'limit' && command.amperes === null && status.toLowerCase() === 'unknown';

function versionIn(told: unknown): CommandAnswer {
  const version = typeof told === 'string' ? Number(told) : told;
  return isListVersion(version)
    ? { accepted: true, status: 'Accepted', version }
    : { accepted: false, status: 'Unreadable' };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Neither NUL nor half of a surrogate pair can be stored. */
function textOf(value: unknown, max: number): string {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return '';
  return String(value).replaceAll('\u0000', '').slice(0, max).toWellFormed();
}

function keyOf(entry: unknown): ConfigurationKey[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { key, value, readonly } = entry as Readonly<Record<string, unknown>>;
  const name = textOf(key, MAX_KEY);
  if (name === '') return [];
  const given = value === undefined || value === null ? {} : { value: textOf(value, MAX_VALUE) };
  return [{ key: name, ...given, readonly: readonly === true || readonly === 'true' }];
}
