import { ALL, DEFAULT_PAGE, type Page } from '@open-cpo/contracts';
import type { Param, Transactions } from '../transactions/transactions';
import { ownAccount } from '../rls/exempt';
import { boundOf } from './bound';
import { type KeyedList, orderOf, prepare } from './list';
import { nameOf } from './names';

/** Rows up to which it does not matter from which end they are counted. */
const NEAR_ROWS = 1000;

interface Counted {
  readonly total: number;
}

/**
 * A page of a list that may have millions of rows: its keys come from an index alone, counted from the nearer end, and rows
 * follow for those that are shown. One statement near the beginning; two where the number of rows decides from which end.
 */
export async function keyedPage<T extends object>(transactions: Transactions, list: KeyedList): Promise<Page<T>> {
  const { query, narrowed } = list;
  const ask: Ask = (text, ...params) => {
    const [account, ...others] = list.params;
    const read = { text, name: narrowed ? undefined : nameOf(text) };
    return transactions.exempt(read, ownAccount(account), ...others, ...params);
  };
  const perPage = query?.itemsPerPage ?? DEFAULT_PAGE;
  const page = query?.page ?? 1;
  const isNear = !narrowed && perPage !== ALL && perPage * page <= NEAR_ROWS;
  const near = isNear ? await nearPage<T>(ask, list, { perPage, page }) : undefined;
  return near ?? farPage<T>(ask, list, { perPage, page });
}

type Ask = <R extends object>(text: string, ...params: Param[]) => Promise<R[]>;

interface Place {
  readonly perPage: number;
  readonly page: number;
}

/** Nothing where there is no row with the number of all. */
async function nearPage<T>(ask: Ask, list: KeyedList, { perPage, page }: Place): Promise<Page<T> | undefined> {
  const text = rowsOf(list, boundOf(perPage * page), { select: `${list.select}, (${list.total})::int as total` });
  const data = await ask<T & Counted>(text, perPage, perPage * (page - 1));
  return data[0] && { data, meta: { per_page: perPage, total: data[0].total } };
}

async function farPage<T extends object>(ask: Ask, list: KeyedList, { perPage, page }: Place): Promise<Page<T>> {
  const counted = async () => Number((await ask<Counted>(`select (${list.total}) as total`))[0]?.total ?? 0);
  const total = list.narrowed?.total ?? (await counted());
  const meta = { per_page: perPage, total };
  const span = spanOf(total, perPage === ALL ? Math.max(1, total) : perPage, page);
  if (!span) return { data: [], meta };
  const { limit, offset, backwards } = span;
  const data = await ask<T>(rowsOf(list, boundOf(offset + limit), { backwards }), limit, offset);
  return { data: backwards ? data.reverse() : data, meta };
}

/**
 * The keys are an array first: that is a few rows to the planner, whose plan for any page is then as good as one for
 * this page, and is kept.
 */
function rowsOf(list: KeyedList, bound: number, { select = list.select, backwards = false }): string {
  const keys = keysOf(list, orderOf(list, backwards), bound);
  return `
    select ${select} from unnest(array(${keys})) with ordinality p (key, place), ${list.from}
    where ${list.key} = p.key order by p.place`;
}

/** `bound` is for the planner, which does not see the parameters of a statement that is kept. */
function keysOf(list: KeyedList, order: string, bound: number): string {
  const { key, countFrom, narrowed } = list;
  const { where, params } = prepare(list);
  const [limit, offset] = [`$${params.length + 1}`, `$${params.length + 2}`];
  const keys = `select ${key} from ${countFrom} where ${where} order by ${order}`;
  if (!narrowed) return `select near.* from (${keys} limit ${bound}) near limit ${limit} offset ${offset}`;
  if (!narrowed.apart) return `${keys} limit ${limit} offset ${offset}`;
  // The first ones of each value, of which the page is a part.
  const { column, values } = narrowed;
  const alias = key.slice(0, key.indexOf('.'));
  return `
    select ${key} from unnest(${values}) as one (value) cross join lateral (
      select ${alias}.* from ${countFrom} where ${where} and ${column} = one.value
      order by ${order} limit ${limit}::int + ${offset}::int) ${alias}
    order by ${order} limit ${limit} offset ${offset}`;
}

/** Which rows of a list a page is, counted from the nearer end. */
interface Span {
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
