import type { ChargePointRow } from '@open-cpo/contracts';
import type { ListedRow } from './charge-point.rows';
import { rowView, type Viewer } from './charge-point.views';

// Decimals as texts: a JSON number would become a binary fraction.
const COLUMNS = `'id', c.id, 'title', c.title, 'identifier', c.identifier, 'listed', c.listed, 'rating', c.rating::text,
  'configured', c.configured, 'connected', c.connected, 'busy', c.busy, 'reserved', c.reserved,
  'faulted', c.faulted, 'time_zone', c.time_zone, 'earning_day', c.earning_day, 'earning_day_usd', c.earning_day_usd::text,
  'earning_day_earned', c.earning_day_earned`;

/** What the lists show of the power centers that a group or a site has, as one column of it; newest first. */
export const membersOf = (from: string, where: string): string => `coalesce((
  select json_agg(json_build_object(${COLUMNS}) order by c.id desc) from ${from} where ${where}), '[]') as power_centers`;

export const membersView = (rows: readonly ListedRow[], viewer: Viewer): ChargePointRow[] =>
  rows.map((row) => rowView(row, viewer));
