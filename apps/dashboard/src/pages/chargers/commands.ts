import type { Field, Values } from '../../forms/field';

export const COMMANDS = [
  'start',
  'stop',
  'unlock',
  'reset',
  'availability',
  'configure',
  'read_configuration',
  'trigger',
  'clear_cache',
  'diagnostics',
  'firmware',
] as const;
export type CommandType = (typeof COMMANDS)[number];

const TRIGGERS = [
  'StatusNotification',
  'MeterValues',
  'Heartbeat',
  'BootNotification',
  'FirmwareStatusNotification',
  'DiagnosticsStatusNotification',
];

/** The first is what a charger uploads where none is chosen. */
const LOGS = ['diagnostics', 'security'] as const;

/** Numbers of the connectors that a charger has reported; 0 is the charger itself. */
export const numbersOf = (charger: { readonly connectors: readonly { readonly number: number }[] }): number[] =>
  charger.connectors.map(({ number }) => number);

/** Chooses a connector. A charger that has reported its connectors offers them; otherwise the number is typed. */
export function connectorField(
  connectors: readonly number[],
  { required, whole }: { readonly required: boolean; readonly whole?: string },
): Field {
  if (connectors.length === 0) return { name: 'connector', required, type: 'number' };
  const real = connectors.filter((number) => number > 0);
  const items = real.map((value) => ({ value, title: String(value) }));
  const first = whole === undefined ? [] : [{ value: 0, title: whole }];
  return { name: 'connector', required, type: 'select', items: [...first, ...items] };
}

/** Of commands that move a file. */
const fileFields = (texts: (key: string) => string): Record<'diagnostics' | 'firmware', Field[]> => ({
  diagnostics: [
    { name: 'location', type: 'url', required: true, hint: 'diagnosticsLocation' },
    { name: 'log', type: 'select', items: LOGS.map((value) => ({ value, title: texts(`chargerLog.${value}`) })) },
    { name: 'from', type: 'datetime', width: 6, hint: 'ownClock' },
    { name: 'until', type: 'datetime', width: 6 },
  ],
  firmware: [
    { name: 'location', type: 'url', required: true, hint: 'firmwareLocation' },
    { name: 'retrieve_at', type: 'datetime', hint: 'retrieveAt' },
    { name: 'signing_certificate', type: 'area', hint: 'signingCertificate' },
    { name: 'signature', type: 'area', hint: 'signature' },
  ],
});

/** What a command is sent with; `texts` gives the texts of choices in the language of the page. */
export function fieldsOfCommand(
  type: CommandType,
  connectors: readonly number[],
  texts: (key: string) => string = (key) => key,
): Field[] {
  const connector = (required: boolean): Field => connectorField(connectors, { required });
  const key: Field = { name: 'key', label: 'setting', required: type === 'configure' };
  const fields: Record<CommandType, Field[]> = {
    start: [connector(true), { name: 'rfid', hint: 'startCard' }],
    stop: [{ name: 'transaction_id', type: 'number', required: true, hint: 'transaction' }],
    unlock: [connector(true)],
    clear_cache: [],
    reset: [{ name: 'hard', type: 'switch', hint: 'hard' }],
    availability: [
      { name: 'available', label: 'inService', type: 'switch' },
      connectorField(connectors, { required: false, whole: texts('charger.whole') }),
    ],
    configure: [key, { name: 'value', label: 'settingValue', required: true }],
    read_configuration: [{ ...key, hint: 'allSettings' }],
    trigger: [
      {
        name: 'message',
        label: 'chargerMessage',
        type: 'select',
        required: true,
        items: TRIGGERS.map((value) => ({ value, title: texts(`triggeredMessage.${value}`) })),
      },
      connector(false),
    ],
    ...fileFields(texts),
  };
  return fields[type];
}

/** The values that a form begins with: of one connector its number. */
export function valuesOfCommand(type: CommandType, connectors: readonly number[]): Values {
  const real = connectors.filter((number) => number > 0);
  const only = real.length === 1 && (type === 'start' || type === 'unlock') ? real[0] : undefined;
  const connector = only ?? (type === 'availability' && connectors.length > 0 ? 0 : undefined);
  const initialOf = ({ name, type: input }: Field): unknown => {
    if (name === 'connector') return connector;
    if (input === 'switch') return name === 'available';
    return input === 'select' ? undefined : '';
  };
  const fields = fieldsOfCommand(type, connectors);
  return Object.fromEntries(fields.map((field): [string, unknown] => [field.name, initialOf(field)]));
}

const NUMBERS = new Set(['connector', 'transaction_id']);
const MOMENTS = new Set(['from', 'until', 'retrieve_at']);

/** A value as the API takes it. A time without a zone is by the clock of this device. */
function valueOf(name: string, value: unknown): unknown {
  if (NUMBERS.has(name)) return Number(value);
  const moment = MOMENTS.has(name) ? new Date(String(value)) : undefined;
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : value;
}

/** A command as the API takes it: what was left empty is left out. */
export function bodyOfCommand(type: CommandType, values: Values): Values {
  const given = Object.entries(values).filter(
    ([name, value]) =>
      value !== undefined && value !== null && (value !== '' || (type === 'configure' && name === 'value')),
  );
  return {
    type,
    ...Object.fromEntries(given.map(([name, value]) => [name, valueOf(name, value)])),
  };
}

/** Whether something is still to come of a command. */
export const isUnderWay = ({ state, effect }: { state: string; effect: string | null }): boolean =>
  state === 'queued' || state === 'sent' || effect === 'expected';

/** Whether a command may be withdrawn: before it is sent, and a start until its session begins. The API decides. */
export const isCancellable = (one: {
  type: string;
  state: string;
  effect: string | null;
  transaction_id: number | null;
}): boolean => one.state === 'queued' || (one.type === 'start' && one.transaction_id === null && isUnderWay(one));
