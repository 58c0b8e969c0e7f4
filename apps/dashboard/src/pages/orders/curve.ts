/** The meter at a moment, as the API sends it. */
export interface Reading {
  readonly at: string;
  /** kWh since the session began. */
  readonly energy: string;
}

/** A point of the curve: energy so far, and the mean power since the point before, in kW. */
export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly energy: number;
  readonly power: number;
}

const HOUR_MS = 3_600_000;
const round = (value: number): number => Number(value.toFixed(4));

/** The course of a session; nothing where fewer than two readings are known, of which nothing can be drawn. */
export function curveOf(readings: readonly Reading[]): Point[] {
  if (readings.length < 2) return [];
  const points: Point[] = [];
  for (const reading of readings) {
    const at = Date.parse(reading.at);
    const energy = Number(reading.energy);
    const before = points[points.length - 1];
    const hours = before ? (at - before.at) / HOUR_MS : 0;
    const power = before && hours > 0 ? round((energy - before.energy) / hours) : 0;
    points.push({ at, energy, power });
  }
  // Until the first register there is no mean: the line begins where it goes on.
  const [first, second] = points;
  return first && second ? [{ ...first, power: second.power }, ...points.slice(1)] : points;
}
