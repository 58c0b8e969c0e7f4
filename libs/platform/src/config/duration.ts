const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `0`, or a whole number with a unit: `30s`, `15m`, `48h`, `7d`. */
export const DURATION = /^(?:0|(\d{1,4})([smhd]))$/;

/** Milliseconds of a duration. */
export function milliseconds(duration: string): number {
  const [, count = '0', unit = 's'] = DURATION.exec(duration) ?? [];
  return Number(count) * (UNITS[unit] ?? 0);
}
