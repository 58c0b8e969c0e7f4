import { ALL, DEFAULT_PAGE, type Page } from '@open-cpo/contracts';
import type { QueryResult } from 'pg';
import type { Param, Transactions } from '../transactions/transactions';
import { boundOf } from './bound';
import { hasFew } from './few';
import { isSearched, type List, type Prepared, prepare } from './list';
import { nameOf } from './names';

/**
 * One page and the number of all rows, in one statement and so from one moment. The rows are as PostgreSQL gives them.
 * `itemsPerPage` -1 answers all rows at once, for lists that stay small; what can grow is streamed with `allOf`.
 */
export async function pageOf<T extends object>(transactions: Transactions, list: List): Promise<Page<T>> {
  const few = isSearched(list) && (await hasFew(transactions, list));
  const prepared = prepare(list, few);
  const perPage = list.query?.itemsPerPage ?? DEFAULT_PAGE;
  const limit = perPage === ALL ? null : perPage;
  const skipped = ((list.query?.page ?? 1) - 1) * (limit ?? 0);
  // A search that is planned with its values in sight needs no bound.
  const bound = limit === null || prepared.searched ? null : boundOf(skipped + limit);
  const text = few ? amongFew(prepared) : statement(list, prepared, bound);
  const values: Param[] = [...prepared.params, limit, skipped];
  // A search among many is planned with its pattern in sight: a plan for any pattern would not use the index.
  const name = prepared.searched && !few ? undefined : nameOf(text);
  const { data, total } = read<T>(await transactions.ask({ text, values, name, list: true, rowMode: 'array' }));
  return { data, meta: { per_page: perPage, total } };
}

function statement(list: List, prepared: Prepared, bound: number | null): string {
  const { select, from, where, order, params, searched } = prepared;
  const total =
    !searched && list.total
      ? list.total
      : `select count(*)::int as total from ${list.countFrom ?? from} where ${where}`;
  const rows = `select true as present, ${select} from ${from} where ${where} order by ${order}`;
  const near = bound === null ? rows : `select * from (${rows} limit ${bound}) near`;
  return `select t.total, p.* from (${total}) t(total) left join (
    ${near} limit $${params.length + 1} offset $${params.length + 2}) p on true`;
}

/** Few rows are gone through once, for the page and for the number of all. */
function amongFew({ select, from, where, order, params }: Prepared): string {
  const [limit, skipped] = [`$${params.length + 1}::int`, `$${params.length + 2}::int`];
  return `with found as materialized (
      select true as present, ${select}, row_number() over (order by ${order}) as place from ${from} where ${where})
    select t.total, p.* from (select count(*)::int from found) t(total) left join (
      select * from found where place > ${skipped} and (${limit} is null or place <= ${skipped} + ${limit})
    ) p on true order by p.place`;
}

/** The total comes with every row, and alone when the page is empty. */
function read<T>({ rows, fields }: QueryResult): { data: T[]; total: number } {
  const answers = rows as unknown as unknown[][];
  const names = fields.slice(2).map(({ name }) => name);
  // Where the row is among all is nobody's business.
  if (names.at(-1) === 'place') names.pop();
  const present = answers.filter((row) => row[1]);
  const data = present.map((row) => {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i += 1) object[names[i] as string] = row[i + 2];
    return object as T;
  });
  return { data, total: Number(answers[0]?.[0] ?? 0) };
}
