import Big from 'big.js';
import type { Flag } from './flags';
import { type Deliverable, type Register, walk } from './registers';

/** What a session says of its meter. */
export interface MeterReport {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Decimal texts in Wh; null where the charger did not know. */
  readonly startWh: string | null;
  readonly endWh: string | null;
  /** Oldest first. */
  readonly readings: readonly { readonly at: Date; readonly wh: string }[];
}

export interface MeasuredEnergy {
  /** Wh; null without two registers. */
  readonly energy: Big | null;
  /** Wh drawn since the beginning, within the session. */
  readonly values: readonly { readonly at: Date; readonly wh: Big }[];
  readonly flags: readonly Flag[];
}

/** A relative reading may be above what the registers of beginning and end say by this part, and this many Wh. */
const TOLERANCE = { part: 0.05, wh: 100 };

/** How much energy was drawn, from registers that may be missing, wrong or of another kind. */
export function measure(report: MeterReport, deliverable: Deliverable): MeasuredEnergy {
  const begin = report.startedAt.getTime();
  const end = report.endedAt.getTime();
  const { start, readings, last, flag: found } = registersOf(report, begin, end);
  const flags = new Set<Flag>(found && [found]);
  if (!start || (readings.length === 0 && !last)) return { energy: null, values: [], flags: [...flags] };
  const walked = walk(start, withEnd(readings, last), deliverable);
  walked.flags.forEach((flag) => flags.add(flag));
  const highest = readings.at(-1)?.wh ?? start.wh;
  if (last ? last.wh.lt(highest) && !flags.has('meter_rolled_over') : readings.length > 0) {
    flags.add('end_register_rejected');
    if (readings.length === 0) return { energy: null, values: [], flags: [...flags] };
  }
  // Where the register of the beginning is unknown, nothing is counted before the first reading.
  const values = [{ at: start.at, wh: new Big(0) }, ...walked.values]
    .filter(({ at }) => at > begin && at < end)
    .map(({ at, wh }) => ({ at: new Date(at), wh }));
  return { energy: walked.total, values, flags: [...flags] };
}

interface Registers {
  readonly flag?: Flag;
  readonly start: Register | undefined;
  readonly readings: readonly Register[];
  readonly last: Register | undefined;
}

/** The registers within a session; relative ones are marked. Where that of the beginning is unknown, the first reading stands for it. */
function registersOf({ startWh, endWh, readings: told }: MeterReport, begin: number, end: number): Registers {
  const within = told
    .map(({ at, wh }) => ({ at: at.getTime(), wh: new Big(wh) }))
    .filter(({ at }) => at >= begin && at <= end);
  const last = endWh === null ? undefined : { at: end, wh: new Big(endWh) };
  if (startWh === null) {
    const [first, ...rest] = within;
    return { flag: 'start_register_unknown', start: first, readings: rest, last };
  }
  const start = { at: begin, wh: new Big(startWh) };
  const readings = within.filter(({ at }) => at > begin);
  return relativeTo(start, readings, last) ?? { start, readings, last };
}

/** The register that ended the session stands for a reading of the same moment. */
const withEnd = (readings: readonly Register[], last: Register | undefined): Register[] =>
  last ? [...readings.filter(({ at }) => at < last.at), last] : [...readings];

/** Readings that are all below the register of the beginning count from the session's start, or say nothing. */
function relativeTo(start: Register, readings: readonly Register[], last: Register | undefined): Registers | undefined {
  if (readings.length === 0 || !readings.every(({ wh }) => wh.lt(start.wh))) return undefined;
  const rises = readings.every(({ wh }, at) => at === 0 || wh.gte(readings[at - 1]?.wh ?? 0));
  const highest = readings.at(-1)?.wh ?? new Big(0);
  if (last?.wh.gte(start.wh)) {
    const most = last.wh.minus(start.wh);
    const fits = rises && highest.lte(most.times(1 + TOLERANCE.part).plus(TOLERANCE.wh));
    const absolute = fits ? readings.map(({ at, wh }) => ({ at, wh: smaller(start.wh.plus(wh), last.wh) })) : [];
    return { flag: fits ? 'meter_relative' : 'reading_rejected', start, readings: absolute, last };
  }
  if (!rises) return undefined;
  return { flag: 'meter_relative', start: { at: start.at, wh: new Big(0) }, readings: [...readings], last };
}

const smaller = (a: Big, b: Big): Big => (a.lt(b) ? a : b);
