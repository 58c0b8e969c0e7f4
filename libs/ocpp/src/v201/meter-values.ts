import type { Payload } from '../frames/frame';
import { isRegister, type MeterQuirk, type MeterReading, numberOf, readingsOf } from '../v16/meter-values';

/** A signed value, word for word. It is kept and never computed with. */
export interface SignedValue {
  readonly timestamp: unknown;
  readonly context?: string;
  /** `signedMeterValue` as it came. */
  readonly value: Payload;
}

type Note = (quirk: MeterQuirk) => void;

/** Signed values of one message that are kept, and characters of each: the protocol says 2500 each of data and key. */
const MAX_SIGNED = 100;
const MAX_SIGNED_LENGTH = 8192;
/** Powers of ten that a unit can have. */
const MAX_MULTIPLIER = 12;

const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : []);

/** The energy registers in `meterValue` in Wh, in the order of the message: those of 1.6 with units and multipliers of 2.0.1. */
export function meterReadings(meterValue: unknown, note: Note): MeterReading[] {
  const entries = listOf(meterValue).map((entry) =>
    isObject(entry)
      ? {
          ...entry,
          sampledValue: listOf(entry.sampledValue)
            .filter(isObject)
            .map((one) => sampleOf(one, note)),
        }
      : entry,
  );
  return readingsOf(entries, note);
}

/** A sample as 1.6 would have it. */
function sampleOf(sample: Payload, note: Note): Payload {
  const { value, unitOfMeasure, signedMeterValue } = sample;
  const { unit, multiplier = 0 } = isObject(unitOfMeasure) ? unitOfMeasure : {};
  if (isObject(signedMeterValue) && isRegister(sample)) note('value_signed');
  const power = Number(typeof multiplier === 'number' || typeof multiplier === 'string' ? multiplier : NaN);
  // What has no value that can be read is noted as such.
  if (!Number.isInteger(power) || Math.abs(power) > MAX_MULTIPLIER) return { ...sample, value: null };
  const scaled = typeof value === 'number' || typeof value === 'string' ? scale(value, power) : value;
  return { ...sample, value: scaled, unit: unit ?? sample.unit };
}

/** Text that is no number stays what it is. */
function scale(value: number | string, power: number): unknown {
  if (power === 0) return value;
  const number = numberOf(value);
  if (number === undefined) return value;
  return power < 0 ? number / 10 ** -power : number * 10 ** power;
}

/** The signed values in `meterValue`. */
export function signedValues(meterValue: unknown): SignedValue[] {
  const found = listOf(meterValue)
    .filter(isObject)
    .flatMap(({ timestamp, sampledValue }) =>
      listOf(sampledValue)
        .filter(isObject)
        .flatMap(({ signedMeterValue: value, context }) =>
          isObject(value) ? [{ timestamp, value, ...(typeof context === 'string' ? { context } : {}) }] : [],
        ),
    );
  return found.slice(0, MAX_SIGNED).filter(({ value }) => isShort(value));
}

/** One that is nested too deeply to be written is none. */
function isShort(value: Payload): boolean {
  try {
    return JSON.stringify(value).length <= MAX_SIGNED_LENGTH;
  } catch {
    return false;
  }
}
