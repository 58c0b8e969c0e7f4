import Big from 'big.js';
import type { Session } from './session';

interface Reading {
  readonly at: number;
  readonly wh: Big;
}

const ZERO = new Big(0);
const larger = (a: Big, b: Big): Big => (a.gt(b) ? a : b);
const smaller = (a: Big, b: Big): Big => (a.lt(b) ? a : b);

/** How the energy of a session came to what it was in the end: evenly between one reading and the next. */
export class EnergyFlow {
  private readonly readings: readonly Reading[];

  constructor({ startedAt, energyWh, meterValues = [] }: Session, end: number) {
    const begin = startedAt.getTime();
    const sum = larger(new Big(energyWh), ZERO);
    const within = meterValues
      .map(({ at, energyWh: wh }) => ({ at: at.getTime(), wh: smaller(new Big(wh), sum) }))
      .filter(({ at }) => at > begin && at < end)
      .sort((a, b) => a.at - b.at);
    const readings: Reading[] = [{ at: begin, wh: ZERO }];
    // A meter that goes back is wrong; what was drawn stays drawn.
    for (const { at, wh } of within) readings.push({ at, wh: larger(wh, readings.at(-1)?.wh ?? ZERO) });
    this.readings = [...readings, { at: end, wh: sum }];
  }

  /** Wh drawn until a moment of the session; all of them at its end. */
  until(moment: number): Big {
    const at = this.first(({ at: read }) => read >= moment, 1);
    const [left, right] = [this.readings[at - 1], this.readings[at]];
    if (!left || !right) return this.readings.at(-1)?.wh ?? ZERO;
    if (moment >= right.at) return this.lastAt(right.at);
    // Multiplied first: a share of three fifths of a third would not be exact.
    const drawn = right.wh.minus(left.wh).times(moment - left.at);
    return left.wh.plus(drawn.div(right.at - left.at));
  }

  /** The first moment, in whole ms, at which this much was drawn; nothing when it never was. */
  reaching(wh: Big): number | undefined {
    const at = this.first((reading) => reading.wh.gte(wh), 0);
    const [left, right] = [this.readings[at - 1], this.readings[at]];
    if (!right) return undefined;
    if (!left) return right.at;
    const after = wh
      .minus(left.wh)
      .times(right.at - left.at)
      .div(right.wh.minus(left.wh))
      .round(0, Big.roundUp);
    return left.at + Number(after);
  }

  private lastAt(moment: number): Big {
    return this.readings[this.first(({ at }) => at > moment, 0) - 1]?.wh ?? ZERO;
  }

  /** Where the readings, which rise in time and energy, begin to be so; by bisection, because slices are many. */
  private first(is: (reading: Reading) => boolean, from: number): number {
    let [low, high] = [from, this.readings.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const reading = this.readings[middle];
      if (reading && is(reading)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
