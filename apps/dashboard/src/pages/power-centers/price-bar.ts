export interface RangePrice {
  readonly id: number;
  readonly price: string;
  readonly startingTime: string;
  readonly endingTime: string;
}

/** A part of the day with one price. */
export interface Part {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
  readonly price: string;
  /** The range; undefined where the base price applies. */
  readonly range: RangePrice | undefined;
}

export const DAY_MINUTES = 24 * 60;

export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** 23:59 is the end of the day. */
export const endOf = (time: string): number => (time.startsWith('23:59') ? DAY_MINUTES : minutesOf(time));

export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A time as the API takes it: the end of the day is 23:59. */
export const apiTimeOf = (minutes: number): string => (minutes >= DAY_MINUTES ? '23:59' : timeOf(minutes));

export type Edge = 'startingTime' | 'endingTime';
/** By how much an edge is moved at once. */
export const STEP_MINUTES = 15;

/** Where an edge of a range is, in minutes since midnight. */
export const edgeOf = (range: RangePrice, edge: Edge): number =>
  edge === 'startingTime' ? minutesOf(range.startingTime) : endOf(range.endingTime);

/** A range of which an edge is moved to the nearest quarter of an hour; it stays a quarter from the other edge. */
export function moveEdge(range: RangePrice, edge: Edge, to: number): RangePrice {
  const quarter = Math.round(to / STEP_MINUTES) * STEP_MINUTES;
  const most = edge === 'startingTime' ? endOf(range.endingTime) - STEP_MINUTES : DAY_MINUTES;
  const least = edge === 'endingTime' ? minutesOf(range.startingTime) + STEP_MINUTES : 0;
  return { ...range, [edge]: apiTimeOf(Math.min(Math.max(quarter, least), Math.max(most, least))) };
}

/** The whole day in parts: the ranges, and the base price between them. */
export function partsOf(base: string, ranges: readonly RangePrice[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const range of [...ranges].sort((a, b) => minutesOf(a.startingTime) - minutesOf(b.startingTime))) {
    const [from, to] = [Math.max(at, minutesOf(range.startingTime)), endOf(range.endingTime)];
    if (to <= from) continue;
    if (from > at) parts.push({ from: at, to: from, price: base, range: undefined });
    parts.push({ from, to, price: range.price, range });
    at = to;
  }
  if (at < DAY_MINUTES) parts.push({ from: at, to: DAY_MINUTES, price: base, range: undefined });
  return parts;
}

/** The ranges that a new one would overlap; the API refuses those. */
export function overlapped(
  ranges: readonly RangePrice[],
  { startingTime, endingTime }: Pick<RangePrice, 'startingTime' | 'endingTime'>,
  except?: number,
): RangePrice[] {
  if (!startingTime || !endingTime) return [];
  const [from, to] = [minutesOf(startingTime), endOf(endingTime)];
  return ranges.filter((one) => one.id !== except && minutesOf(one.startingTime) < to && endOf(one.endingTime) > from);
}

/** Strength of a part's colour: the highest price is the strongest. */
export function strengthOf(price: string, parts: readonly Part[]): number {
  const prices = parts.map((part) => Number(part.price));
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  return most === least ? 0.5 : 0.25 + (0.75 * (Number(price) - least)) / (most - least);
}
