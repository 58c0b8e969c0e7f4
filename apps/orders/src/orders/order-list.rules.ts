import type { SortCriterion } from '@open-cpo/contracts';

const COLUMNS: Readonly<Record<string, string>> = {
  insert_date: 'o.created_at',
  duration: 'o.charging_session_time',
  energy: 'o.charging_session_energy',
  price: 'o.price_usd',
  totalEarning: 'o.earning_usd',
};

const turned = { asc: 'desc', desc: 'asc' } as const;

/**
 * The order of a list in SQL. The id follows the direction of the first key: one index serves both directions, and
 * rows that are equal otherwise keep their places from page to page. `backwards`: the same list from its end.
 */
export function orderBy(sortBy: readonly SortCriterion[] = [], backwards = false): string {
  const asked = sortBy.flatMap(({ key, order }) => (COLUMNS[key] ? [{ column: COLUMNS[key], order }] : []));
  const all = [...asked, { column: 'o.id', order: asked[0]?.order ?? 'desc' } as const];
  return all.map(({ column, order }) => `${column} ${backwards ? turned[order] : order}`).join(', ');
}

/** Which rows of a list a page is, counted from the nearer end. */
export interface Span {
  readonly limit: number;
  readonly offset: number;
  readonly backwards: boolean;
}

/** Nothing when the page is past the end. */
export function spanOf(total: number, perPage: number, page: number): Span | undefined {
  const from = (page - 1) * perPage;
  const limit = Math.min(perPage, total - from);
  if (limit <= 0) return undefined;
  const fromEnd = total - from - limit;
  return fromEnd < from ? { limit, offset: fromEnd, backwards: true } : { limit, offset: from, backwards: false };
}
