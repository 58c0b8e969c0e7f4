export interface Slice {
  readonly quantity: number;
  readonly price: number;
  readonly total: number;
  readonly startingTime: string;
  readonly endingTime: string;
}

/** A point of the curve: quantity sold and amount so far, at the end of a slice. */
export interface Point {
  readonly time: string;
  readonly quantity: number;
  readonly amount: number;
}

const round = (value: number): number => Number(value.toFixed(4));

/** How quantity and amount of a session grew, slice by slice; the API keeps no finer readings of an order. */
export function curveOf(slices: readonly Slice[]): Point[] {
  const [first] = slices;
  if (!first) return [];
  const points: Point[] = [{ time: first.startingTime, quantity: 0, amount: 0 }];
  for (const { endingTime, quantity, total } of slices) {
    const last = points[points.length - 1] ?? { quantity: 0, amount: 0 };
    points.push({ time: endingTime, quantity: round(last.quantity + quantity), amount: round(last.amount + total) });
  }
  return points;
}
