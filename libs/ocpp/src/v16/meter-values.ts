import type { Payload } from '../frames/frame';

/** The energy register at a moment. */
export interface MeterReading {
  /** As the charger said it. */
  readonly timestamp: unknown;
  /** Wh. */
  readonly wh: number;
  /** Whether it is said to be the one at the begin or end of the transaction. */
  readonly context?: 'begin' | 'end';
}

export type MeterQuirk =
  | 'sample_empty'
  | 'sample_unreadable'
  | 'unit_unknown'
  | 'register_by_phase'
  | 'register_out_of_range'
  | 'value_signed';

const REGISTER = 'energy.active.import.register';
const WH_PER_UNIT: Readonly<Record<string, number>> = { wh: 1, kwh: 1000, mwh: 1_000_000 };
/** Programs write a fraction with as many digits as a double has, or more. */
const NUMBER = /^[+-]?(\d{1,15}([.,]\d{0,30})?|[.,]\d{1,30})(e[+-]?\d{1,2})?$/i;
const PHASES = ['l1', 'l2', 'l3'];
/** Where energy is not what the connector delivers. */
const INSIDE_THE_VEHICLE = ['ev', 'body'];
/** No meter of a charger has counted a terawatt-hour. */
const MAX_WH = 1_000_000_000_000;
/** Readings of one message that are read. */
const MAX_READINGS = 10_000;

type Note = (quirk: MeterQuirk) => void;

interface Sample {
  readonly wh: number;
  readonly phase?: string;
  readonly context: string;
}

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : []);
/** A blank one is none. */
const wordOf = (value: unknown, otherwise = ''): string =>
  (typeof value === 'string' && value.trim().toLowerCase()) || otherwise;

/** Whether a sample is of the energy register, which is the default. */
export const isRegister = ({ measurand }: Payload): boolean => wordOf(measurand, REGISTER) === REGISTER;

/** The energy registers in `meterValue` or `transactionData`, in the order of the message. */
export function readingsOf(meterValue: unknown, note: Note): MeterReading[] {
  return listOf(meterValue)
    .slice(0, MAX_READINGS)
    .flatMap((entry) => readingOf(entry, note));
}

function readingOf(entry: unknown, note: Note): MeterReading[] {
  if (!isObject(entry)) return [];
  const given = listOf(entry.sampledValue);
  if (given.length === 0) note('sample_empty');
  const samples = atConnector(given.filter(isObject)).flatMap((one) => sampleOf(one, note));
  const wh = registerOf(samples, note);
  if (wh === undefined) return [];
  if (wh < 0 || wh > MAX_WH) {
    note('register_out_of_range');
    return [];
  }
  const context = contextOf(samples);
  return [{ timestamp: entry.timestamp, wh: Math.round(wh * 1000) / 1000, ...(context ? { context } : {}) }];
}

/** Those of the outlet, where the energy of the supply is reported, too. */
function atConnector(samples: readonly Payload[]): readonly Payload[] {
  const outside = samples.filter(({ location }) => !INSIDE_THE_VEHICLE.includes(wordOf(location)));
  const atOutlet = outside.filter(({ location }) => wordOf(location, 'outlet') === 'outlet');
  return atOutlet.some(isRegister) ? atOutlet : outside;
}

/** The register of all phases, or the sum of the phases where it says nothing else. */
function registerOf(samples: readonly Sample[], note: Note): number | undefined {
  const whole = samples.filter(({ phase }) => phase === undefined).at(-1);
  if (whole) return whole.wh;
  const phases = PHASES.flatMap((name) => samples.filter(({ phase }) => phase === name).at(-1) ?? []);
  if (phases.length === 0) return undefined;
  note('register_by_phase');
  return phases.reduce((sum, { wh }) => sum + wh, 0);
}

function contextOf(samples: readonly Sample[]): MeterReading['context'] {
  const context = samples.at(-1)?.context;
  if (context === 'transaction.begin') return 'begin';
  return context === 'transaction.end' ? 'end' : undefined;
}

/** A sample of the energy register in Wh; nothing for other measurands. */
function sampleOf(given: Payload, note: Note): Sample[] {
  if (!isRegister(given)) return [];
  if (wordOf(given.format) === 'signeddata') {
    note('value_signed');
    return [];
  }
  const number = numberOf(given.value);
  if (number === undefined) {
    note('sample_unreadable');
    return [];
  }
  const unit = wordOf(given.unit, 'wh');
  const factor = Object.hasOwn(WH_PER_UNIT, unit) ? WH_PER_UNIT[unit] : undefined;
  if (factor === undefined) {
    note('unit_unknown');
    return [];
  }
  const phase = wordOf(given.phase).replace(/-n$/, '');
  const wh = number * factor;
  return [{ wh, context: wordOf(given.context), ...(phase === '' ? {} : { phase }) }];
}

/** A finite number, or the text of one with a point or a comma. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  return NUMBER.test(text) ? Number(text.replace(',', '.')) : undefined;
}
