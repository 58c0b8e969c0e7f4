import type { Command, CommandAnswer, CommandCall, ConfigurationKey } from '../commands';
import type { Payload } from '../frames/frame';
import { evseOf } from './evse';
import { assertRequest } from './validate';

/** What a command is known by, beside what it says. */
export interface CommandNames {
  /** Of the command: 1 to 2^31-1. */
  readonly id: number;
  /** Of `stop`: the charger's own id of the transaction. */
  readonly transaction?: string;
}

/** Variables that are read where none is named. */
const COMMON_VARIABLES = [
  'OCPPCommCtrlr.HeartbeatInterval',
  'OCPPCommCtrlr.OfflineThreshold',
  'AuthCtrlr.Enabled',
  'AuthCtrlr.AuthorizeRemoteStart',
  'TxCtrlr.TxStartPoint',
  'TxCtrlr.TxStopPoint',
  'SampledDataCtrlr.TxUpdatedInterval',
  'AlignedDataCtrlr.Interval',
];

/** Settings of a charger that are read, and characters of each. */
const MAX_RESULTS = 500;
const MAX_VALUE = 2000;
const MAX_NAME = 100;
const MAX_STATUS = 50;

/** Answers that say yes, also to something that is done later. */
const YES = ['accepted', 'scheduled', 'rebootrequired', 'unlocked'];

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
  stop: (_command, { transaction }) => {
    if (transaction === undefined) throw new Error('The charger has no such transaction.');
    return { action: 'RequestStopTransaction', payload: { transactionId: transaction } };
  },
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
  read_configuration: ({ key }) => ({
    action: 'GetVariables',
    payload: { getVariableData: (key === undefined ? COMMON_VARIABLES : [key]).map(variableOf) },
  }),
  trigger: ({ message, connector }) => ({
    action: 'TriggerMessage',
    payload: {
      requestedMessage: message === 'DiagnosticsStatusNotification' ? 'LogStatusNotification' : message,
      ...(connector === undefined ? {} : { evse: evseOf(connector) }),
    },
  }),
};

/** A setting is written `Component.Variable`, as `OCPPCommCtrlr.HeartbeatInterval`. */
function variableOf(key: string) {
  const [, component, variable] = /^([^.]+)\.(.+)$/.exec(key) ?? [];
  if (component === undefined || variable === undefined) {
    throw new Error('A setting of OCPP 2.0.1 is written Component.Variable.');
  }
  return { component: { name: component }, variable: { name: variable } };
}

/** Reads the answer to a command; whatever it holds, it is never refused. */
export function commandAnswer({ type }: Command, payload: Payload): CommandAnswer {
  if (type === 'read_configuration') return variablesIn(payload);
  const given = type === 'configure' ? objectsIn(payload.setVariableResult)[0]?.attributeStatus : payload.status;
  const status = textOf(given, MAX_STATUS) || 'Unreadable';
  return { accepted: YES.includes(status.toLowerCase()), status };
}

function variablesIn(payload: Payload): CommandAnswer {
  const results = objectsIn(payload.getVariableResult).slice(0, MAX_RESULTS);
  const isAccepted = ({ attributeStatus }: Payload): boolean =>
    textOf(attributeStatus, MAX_STATUS).toLowerCase() === 'accepted';
  const unknown = results.filter((one) => !isAccepted(one)).flatMap((one) => keyOf(one) ?? []);
  const configuration = results.filter(isAccepted).flatMap((one): ConfigurationKey[] => {
    const key = keyOf(one);
    // Whether it can be changed is not told.
    return key === undefined ? [] : [{ key, value: textOf(one.attributeValue, MAX_VALUE), readonly: false }];
  });
  return { accepted: true, status: 'Accepted', configuration, unknown };
}

function keyOf({ component, variable }: Payload): string | undefined {
  const [first, second] = [component, variable].map((one) => (isObject(one) ? textOf(one.name, MAX_NAME) : ''));
  return first && second ? `${first}.${second}` : undefined;
}

const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectsIn = (value: unknown): readonly Payload[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Neither NUL nor half of a surrogate pair can be stored. */
function textOf(value: unknown, max: number): string {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return '';
  return String(value).replaceAll('\u0000', '').slice(0, max).toWellFormed();
}
