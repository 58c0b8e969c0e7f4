import Big from 'big.js';
import type { Flag } from './flags';

/** A register of the meter at a moment (ms), in Wh. */
export interface Register {
  readonly at: number;
  readonly wh: Big;
}

/** What registers say of the energy drawn, in Wh since the first of them. */
export interface Walked {
  readonly total: Big;
  readonly values: readonly Register[];
  readonly flags: ReadonlySet<Flag>;
}

/** Wh that can be delivered in a time (ms). */
export type Deliverable = (ms: number) => Big;

/** Where registers roll over: as many decimal digits as displays have, and the widths of integers. */
const WIDTHS = [1e5, 1e6, 1e7, 1e8, 1e9, 2 ** 16, 2 ** 24, 2 ** 31, 2 ** 32].map((width) => new Big(width));
/** A register is near its end, or its beginning, within this part of its width. */
const NEAR = 0.1;

const ZERO = new Big(0);
const distance = (a: Big, b: Big): Big => a.minus(b).abs();

/**
 * Adds up what a register rose by. A register that falls for good has restarted or rolled over: what was drawn before
 * stays drawn, and it is counted on from there. One that comes back was misread, and so was one that jumps by more than
 * can be delivered and comes back. Takes time in proportion to the registers, whatever they say.
 */
export function walk(start: Register, registers: readonly Register[], deliverable: Deliverable): Walked {
  const flags = new Set<Flag>();
  const values: Register[] = [];
  const highest = highestFrom(registers);
  let level = start;
  let total = ZERO;
  let before: { level: Register; total: Big } | undefined;
  const rise = (to: Register, by: Big): void => {
    before = { level, total };
    total = total.plus(by);
    level = to;
    values.push({ at: to.at, wh: total });
  };
  for (let index = 0; index < registers.length; index += 1) {
    const next = registers[index];
    if (!next) continue;
    if (next.wh.gte(level.wh)) {
      rise(next, next.wh.minus(level.wh));
      continue;
    }
    const gone = !highest[index + 1]?.gte(level.wh);
    const back = gone ? -1 : firstFrom(registers, index + 1, level.wh);
    if (!gone && isMisread(registers.slice(index, back + 1), { start, level, total })) {
      flags.add('reading_rejected');
      index = back - 1;
      continue;
    }
    if (gone && before && isSpike(before.level, level, next, deliverable)) {
      flags.add('reading_rejected');
      values.pop();
      ({ level, total } = before);
      rise(next, next.wh.minus(level.wh));
    } else {
      const { flag, drawn } = begunAnew(gone, level, next, deliverable);
      flags.add(flag);
      rise(next, drawn);
    }
  }
  return { total, values, flags };
}

/** The place of the first register from a place on that is at least as high; there is one. */
function firstFrom(registers: readonly Register[], place: number, wh: Big): number {
  let at = place;
  while (registers[at]?.wh.lt(wh)) at += 1;
  return at;
}

/** Of each place the highest register from there on. */
function highestFrom(registers: readonly Register[]): Big[] {
  const highest: Big[] = [];
  for (let index = registers.length - 1; index >= 0; index -= 1) {
    const wh = registers[index]?.wh ?? ZERO;
    const later = highest[index + 1];
    highest[index] = later?.gt(wh) ? later : wh;
  }
  return highest;
}

/** What was known when a register fell. */
interface Fallen {
  readonly start: Register;
  readonly level: Register;
  readonly total: Big;
}

/**
 * Whether a fall after which the register came back was none. Several that rise by themselves are a meter that began
 * again and overtook; a single one is judged by the rate of the session so far.
 */
function isMisread(registers: readonly Register[], { start, level, total }: Fallen): boolean {
  const low = registers.slice(0, -1);
  const [first] = low;
  const back = registers.at(-1);
  if (!first || !back) return false;
  if (low.length > 1) return !low.every(({ wh }, at) => at === 0 || wh.gt(low[at - 1]?.wh ?? ZERO));
  const elapsed = level.at - start.at;
  if (elapsed <= 0 || total.eq(0)) return true;
  const after = (from: Register): Big => from.wh.plus(total.times(back.at - from.at).div(elapsed));
  return distance(back.wh, after(level)).lte(distance(back.wh, after(first)));
}

/** Why a register starts again, and what was delivered meanwhile. Only one that is gone for good can have rolled over. */
function begunAnew(
  gone: boolean,
  level: Register,
  next: Register,
  deliverable: Deliverable,
): { readonly flag: Flag; readonly drawn: Big } {
  const rolled = gone ? rolledOver(level, next, deliverable) : undefined;
  return rolled ? { flag: 'meter_rolled_over', drawn: rolled } : { flag: 'meter_restarted', drawn: ZERO };
}

/** What was drawn where a register went over its end; nothing where it did not. 0 is what a charger says that knows none. */
function rolledOver(level: Register, next: Register, deliverable: Deliverable): Big | undefined {
  if (next.wh.eq(0)) return undefined;
  const most = deliverable(next.at - level.at);
  return WIDTHS.filter(
    (width) => level.wh.lt(width) && level.wh.gte(width.times(1 - NEAR)) && next.wh.lte(width.times(NEAR)),
  )
    .map((width) => width.minus(level.wh).plus(next.wh))
    .find((drawn) => drawn.lte(most));
}

function isSpike(before: Register, spike: Register, next: Register, deliverable: Deliverable): boolean {
  const jumped = spike.wh.minus(before.wh).gt(deliverable(spike.at - before.at));
  return jumped && next.wh.gte(before.wh) && next.wh.minus(before.wh).lte(deliverable(next.at - before.at));
}
