import type { Command, CommandAnswer, CommandCall, ConfigurationKey } from '../commands';
import type { Payload } from '../frames/frame';
import { assertRequest } from './validate';

/** Settings of a charger that are read, and characters of each. */
const MAX_KEYS = 500;
const MAX_VALUE = 2000;
const MAX_KEY = 200;
const MAX_STATUS = 50;

/** Answers that say yes, also to something that is done later. */
const YES = ['accepted', 'scheduled', 'rebootrequired', 'unlocked'];

/** @throws Error when the call does not fit the schema of the protocol: it is not sent then */
export function commandCall(command: Command): CommandCall {
  const call = callOf(command);
  assertRequest(call.action, call.payload);
  return call;
}

type Writer<T extends Command['type']> = (command: Command & { readonly type: T }) => CommandCall;

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
};

const callOf = (command: Command): CommandCall => (CALLS[command.type] as Writer<Command['type']>)(command);

/** Reads the answer to a command; whatever it holds, it is never refused. */
export function commandAnswer(command: Command, payload: Payload): CommandAnswer {
  if (command.type !== 'read_configuration') {
    const status = textOf(payload.status, MAX_STATUS) || 'Unreadable';
    return { accepted: YES.includes(status.toLowerCase()), status };
  }
  const configuration = listOf(payload.configurationKey).slice(0, MAX_KEYS).flatMap(keyOf);
  const unknown = listOf(payload.unknownKey)
    .slice(0, MAX_KEYS)
    .flatMap((one) => textOf(one, MAX_VALUE) || []);
  // A list that cannot be read says nothing of what the charger has.
  const complete = command.key === undefined && configuration.length > 0;
  return { accepted: true, status: 'Accepted', configuration, complete, unknown };
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
