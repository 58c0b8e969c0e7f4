import type { MeterReading } from '@open-cpo/ocpp';

interface WithRegisters {
  readonly meterWh?: number;
  readonly readings?: readonly MeterReading[];
}

const times = (wh: number, factor: number): number => Math.round(wh * factor * 1000) / 1000;

/** A message with its registers in Wh, of a charger whose unit is another one than it says. */
export function inWh<T extends object>(value: T, factor: number): T {
  if (factor === 1) return value;
  const { meterWh, readings } = value as WithRegisters;
  return {
    ...value,
    ...(meterWh === undefined ? {} : { meterWh: times(meterWh, factor) }),
    ...(readings ? { readings: readings.map((one) => ({ ...one, wh: times(one.wh, factor) })) } : {}),
  };
}
