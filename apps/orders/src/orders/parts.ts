import Big from 'big.js';

const CENT = new Big('0.01');

/**
 * Amounts rounded to cents so that they add up to a sum, by the largest remainder: each is rounded down, and the cents
 * that are left go to those that lost most, one each.
 */
export function parts(amounts: readonly Big[], sum: string): string[] {
  const floors = amounts.map((amount) => amount.round(2, Big.roundDown));
  const lost = (at: number): Big => (amounts[at] ?? CENT).minus(floors[at] ?? CENT);
  const left = floors.reduce((rest, floor) => rest.minus(floor), new Big(sum)).div(CENT);
  const count = Number(left.round(0, Big.roundHalfUp));
  const order = amounts.map((_, at) => at).sort((a, b) => lost(b).cmp(lost(a)) || a - b);
  const lucky = new Set(order.slice(0, Math.max(0, count)));
  return floors.map((floor, at) => (lucky.has(at) ? floor.plus(CENT) : floor).toFixed(2));
}
