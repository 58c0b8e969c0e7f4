import { isListVersion, logRequest, profileId } from '../command-parts';
import type { Command, CommandAnswer, CommandCall, CommandNames, ConfigurationKey, LocalListEntry } from '../commands';
import type { Payload } from '../frames/frame';
import { evseOf } from './evse';
import { assertRequest } from './validate';
import { MAX_RESULTS, MAX_VALUE, nameIn, objectsIn, textOf } from './variables';

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
  start: ({ connector, tag }, { id }) => ({
    action: 'RequestStartTransaction',
    payload: { idToken: { idToken: tag, type: 'Central' }, remoteStartId: id, evseId: evseOf(connector).id },
  }),
  stop: (_command, names) => ({ action: 'RequestStopTransaction', payload: transactionIn(names) }),
  transaction_status: (_command, names) => ({ action: 'GetTransactionStatus', payload: transactionIn(names) }),
  unlock: ({ connector }) => {
    const { id, connectorId } = evseOf(connector);
    return { action: 'UnlockConnector', payload: { evseId: id, connectorId } };
  },
  reset: ({ hard }) => ({ action: 'Reset', payload: { type: hard ? 'Immediate' : 'OnIdle' } }),
  availability: ({ connector, available }) => ({
    action: 'ChangeAvailability',
    payload: {
      operationalStatus: available ? 'Operative' : 'Inoperative',
      ...(connector === 0 ? {} : { evse: evseOf(connector) }),
    },
  }),
  configure: ({ key, value }) => ({
    action: 'SetVariables',
    payload: { setVariableData: [{ ...variableOf(key), attributeValue: value }] },
  }),
  // All of them come in messages of their own, `NotifyReport`.
  read_configuration: ({ key }, { id }) =>
    key === undefined
      ? { action: 'GetBaseReport', payload: { requestId: id, reportBase: 'ConfigurationInventory' } }
      : { action: 'GetVariables', payload: { getVariableData: [variableOf(key)] } },
  trigger: ({ message, connector }) => ({
    action: 'TriggerMessage',
    payload: {
      requestedMessage: message === 'DiagnosticsStatusNotification' ? 'LogStatusNotification' : message,
      ...(connector === undefined ? {} : { evse: evseOf(connector) }),
    },
  }),
  clear_cache: () => ({ action: 'ClearCache', payload: {} }),
  reserve: ({ connector, tag, made, reservation, until }) => ({
    action: 'ReserveNow',
    payload: {
      id: reservation,
      expiryDateTime: until,
      idToken: { idToken: tag, type: made ? 'Central' : CARD },
      evseId: evseOf(connector).id,
    },
  }),
  cancel_reservation: ({ reservation }) => ({
    action: 'CancelReservation',
    payload: { reservationId: reservation },
  }),
  local_list: ({ version, full, entries }) => ({
    action: 'SendLocalList',
    payload: {
      versionNumber: version,
      updateType: full ? 'Full' : 'Differential',
      // An empty list is none.
      ...(entries.length === 0 ? {} : { localAuthorizationList: entries.map(entryOf) }),
    },
  }),
  read_local_list: () => ({ action: 'GetLocalListVersion', payload: {} }),
  read_local_list_limits: () => ({
    action: 'GetVariables',
    payload: { getVariableData: LIST_VARIABLES.map(variableOf) },
  }),
  limit: ({ connector, amperes, since }) =>
    amperes === null
      ? { action: 'ClearChargingProfile', payload: { chargingProfileId: profileId(connector) } }
      : {
          action: 'SetChargingProfile',
          payload: {
            evseId: connector === 0 ? 0 : evseOf(connector).id,
            chargingProfile: profileOf(connector, amperes, since),
          },
        },
  diagnostics: (command, { id }) => ({ action: 'GetLog', payload: logRequest({ ...command, id }) }),
  firmware: ({ location, at, signing }, { id }) => ({
    action: 'UpdateFirmware',
    payload: {
      requestId: id,
      firmware: {
        location,
        retrieveDateTime: at,
        ...(signing ? { signingCertificate: signing.certificate, signature: signing.signature } : {}),
      },
    },
  }),
};

function transactionIn({ transaction }: CommandNames): { readonly transactionId: string } {
  if (transaction === undefined) throw new Error('The charger has no such transaction.');
  return { transactionId: transaction };
}

/** The type of the cards of workers. */
const CARD = 'ISO14443';
const LIST_VARIABLES = ['Enabled', 'Entries', 'ItemsPerMessage'].map((name) => `LocalAuthListCtrlr.${name}`);

const entryOf = ({ tag, until, removed }: LocalListEntry) => {
  const idToken = { idToken: tag, type: CARD };
  if (removed) return { idToken };
  return {
    idToken,
    idTokenInfo: { status: 'Accepted', ...(until === undefined ? {} : { cacheExpiryDateTime: until }) },
  };
};

const profileOf = (connector: number, limit: number, since: string) => ({
  id: profileId(connector),
  stackLevel: 0,
  chargingProfilePurpose: connector === 0 ? 'ChargingStationMaxProfile' : 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [
    {
      id: profileId(connector),
      startSchedule: since,
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
    },
  ],
});

/** A setting is written `Component.Variable`, as `OCPPCommCtrlr.HeartbeatInterval`. */
function variableOf(key: string) {
  const [, component, variable] = /^([^.]+)\.(.+)$/.exec(key) ?? [];
  if (component === undefined || variable === undefined) {
    throw new Error('A setting of OCPP 2.0.1 is written Component.Variable.');
  }
  return { component: { name: component }, variable: { name: variable } };
}

/** Reads the answer to a command; whatever it holds, it is never refused. */
export function commandAnswer(command: Command, payload: Payload): CommandAnswer {
  const { type } = command;
  // All settings come in messages of their own.
  const isReport = type === 'read_configuration' && command.key === undefined;
  if (type === 'read_local_list_limits' || (type === 'read_configuration' && !isReport)) return variablesIn(payload);
  if (type === 'transaction_status') return statusOfTransaction(payload);
  if (type === 'read_local_list') return versionIn(payload.versionNumber);
  return statusIn(command, payload);
}

function statusIn(command: Command, payload: Payload): CommandAnswer {
  const { type } = command;
  const given = type === 'configure' ? objectsIn(payload.setVariableResult)[0]?.attributeStatus : payload.status;
  const status = textOf(given, MAX_STATUS) || 'Unreadable';
  const file = type === 'diagnostics' ? textOf(payload.filename, MAX_FILE) : '';
  const yes = YES.includes(status.toLowerCase()) || isCleared(command, status);
  return { accepted: yes, status, ...(file === '' ? {} : { file }) };
}

function statusOfTransaction({ ongoingIndicator, messagesInQueue }: Payload): CommandAnswer {
  return {
    accepted: true,
    status: 'Accepted',
    ...(typeof ongoingIndicator === 'boolean' ? { ongoing: ongoingIndicator } : {}),
    ...(typeof messagesInQueue === 'boolean' ? { queued: messagesInQueue } : {}),
  };
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

function variablesIn(payload: Payload): CommandAnswer {
  const results = objectsIn(payload.getVariableResult).slice(0, MAX_RESULTS);
  const isAccepted = ({ attributeStatus }: Payload): boolean =>
    textOf(attributeStatus, MAX_STATUS).toLowerCase() === 'accepted';
  const unknown = results.filter((one) => !isAccepted(one)).flatMap((one) => nameIn(one) ?? []);
  const configuration = results.filter(isAccepted).flatMap((one): ConfigurationKey[] => {
    const key = nameIn(one);
    // The charger does not report whether it can be changed.
    return key === undefined ? [] : [{ key, value: textOf(one.attributeValue, MAX_VALUE), readonly: false }];
  });
  return { accepted: true, status: 'Accepted', configuration, unknown };
}
