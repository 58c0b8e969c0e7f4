import { LRUCache } from 'lru-cache';
import { type ChargePointColumns, chargePointView, type Viewer } from './charge-point.view';

/** A power center as it was written down last, and what from. */
interface Written {
  readonly row: ChargePointColumns;
  readonly viewer: Viewer;
  readonly json: string;
}

const known = new LRUCache<number, Written>({ max: 5000 });

/**
 * The JSON of `chargePointView`. An owner's orders show the same few power centers again and again, and writing them
 * down is most of the work: an unchanged one is not serialized again.
 */
export function chargePointJson(row: ChargePointColumns, viewer: Viewer): string {
  const last = known.get(row.charge_point_id);
  if (last && sameViewer(last.viewer, viewer) && sameRow(last.row, row)) return last.json;
  const json = JSON.stringify(chargePointView(row, viewer));
  const { charge_point_id, card, price, total_earnings_usd, today_usd, total_earned, today_earned } = row;
  const columns = { charge_point_id, card, price, total_earnings_usd, today_usd, total_earned, today_earned };
  known.set(charge_point_id, { row: columns, viewer, json });
  return json;
}

const sameViewer = (a: Viewer, b: Viewer): boolean =>
  a.ownerId === b.ownerId && a.currency === b.currency && a.rate === b.rate;

const sameRow = (a: ChargePointColumns, b: ChargePointColumns): boolean =>
  a.total_earnings_usd === b.total_earnings_usd &&
  a.today_usd === b.today_usd &&
  a.total_earned === b.total_earned &&
  a.today_earned === b.today_earned &&
  a.price === b.price &&
  a.card === b.card;
