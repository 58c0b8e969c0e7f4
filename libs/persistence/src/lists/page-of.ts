import { ALL, DEFAULT_PAGE, type Page } from '@open-cpo/contracts';
import type { Answer } from '../connection/prepared';
import type { Param, Transactions } from '../transactions/transactions';
import { type OwnAccount, ownAccount } from '../rls/exempt';
import { boundOf } from './bound';
import { keyedPage } from './keyed-page';
import { isKeyed, isSearched, type List, type Prepared, prepare } from './list';
import { nameOf } from './names';
import { reachOf } from './reach';

/**
 * One page and the number of all rows, in one statement and so from one moment. The rows are as PostgreSQL gives them.
 * `itemsPerPage` -1 answers all rows at once, for lists that stay small; what can grow is streamed with `allOf`.
 */
export async function pageOf<T extends object>(transactions: Transactions, list: List): Promise<Page<T>> {
  if (isKeyed(list)) return keyedPage<T>(transactions, list);
  const reach = isSearched(list) ? await reachOf(transactions, list) : undefined;
  const few = reach === 'few';
  const prepared = prepare(list, reach);
  const { perPage, limit, skipped } = spanOf(list);
  const text = few ? amongFew(prepared) : statement(list, prepared, { limit, skipped });
  // A search among many is planned with its pattern in sight: a plan for any pattern would not use the index.
  const name = prepared.searched && !few ? undefined : nameOf(text);
  const ask = async (most: number | null, from: number) => {
    const [first, ...others] = prepared.params;
    const values: [OwnAccount, ...Param[]] = [ownAccount(first), ...others, most, from];
    return read<T>(await transactions.askExempt({ text, values, name, rowMode: 'array' }));
  };
  const { data, total } = await ask(limit, skipped);
  // Past the end of few rows there is no row with the number of all.
  const untold = few && data.length === 0 && skipped > 0;
  return { data, meta: { per_page: perPage, total: untold ? (await ask(1, 0)).total : total } };
}

interface Span {
  /** Nothing for all rows. */
  readonly limit: number | null;
  readonly skipped: number;
}

function spanOf({ query }: List): Span & { readonly perPage: number } {
  const perPage = query?.itemsPerPage ?? DEFAULT_PAGE;
  const limit = perPage === ALL ? null : perPage;
  return { perPage, limit, skipped: ((query?.page ?? 1) - 1) * (limit ?? 0) };
}

function statement(list: List, prepared: Prepared, { limit, skipped }: Span): string {
  const { select, from, where, order, params, searched } = prepared;
  const total =
    !searched && list.total
      ? list.total
      : `select count(*)::int as total from ${list.countFrom ?? from} where ${where}`;
  const rows = `select true as present, ${select} from ${from} where ${where} order by ${order}`;
  // A search is planned with its values in sight and needs no bound.
  const bounded = limit !== null && !searched;
  const near = bounded ? `select * from (${rows} limit ${boundOf(skipped + limit)}) near` : rows;
  return `select t.total, p.* from (${total}) t(total) left join (
    ${near} limit $${params.length + 1} offset $${params.length + 2}) p on true`;
}

/** Few rows are gone through once, for the page and for the number of all. */
const amongFew = ({ select, from, where, order, params }: Prepared): string => `
  select count(*) over ()::int as total, true as present, ${select} from ${from} where ${where} order by ${order}
  limit $${params.length + 1} offset $${params.length + 2}`;

/** The total comes with every row, and alone when the page is empty. */
function read<T>({ rows, fields }: Answer): { data: T[]; total: number } {
  const answers = rows as unknown[][];
  const names = fields.slice(2).map(({ name }) => name);
  const present = answers.filter((row) => row[1]);
  const data = present.map((row) => {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i += 1) object[names[i] as string] = row[i + 2];
    return object as T;
  });
  return { data, total: Number(answers[0]?.[0] ?? 0) };
}
