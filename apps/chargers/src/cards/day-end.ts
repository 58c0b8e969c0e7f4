import { localDay } from '@open-cpo/contracts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No zone is further from UTC. */
const MAX_OFFSET_MS = 15 * HOUR_MS;

/** Epoch milliseconds at which a day, `YYYY-MM-DD`, has ended at a place. */
export function dayEnd(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  let [before, after] = [midnight - MAX_OFFSET_MS, midnight + MAX_OFFSET_MS];
  while (after - before > SECOND_MS) {
    const middle = before + Math.floor((after - before) / 2 / SECOND_MS) * SECOND_MS || before + SECOND_MS;
    if (localDay(timeZone, middle) > day) after = middle;
    else before = middle;
  }
  return after;
}
