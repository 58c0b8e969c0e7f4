import type { ListQuery, SortCriterion } from '@open-cpo/contracts';
import type { Param } from '../transactions/transactions';
import { matches, type Reach } from './search';

/** A list as a repository declares it. All texts are SQL of ours; what comes from outside is in `params` and `query`. */
export interface List {
  /** `c.id, c.title, t.name as type` */
  readonly select: string;
  /** `charge_points c left join charger_types t on t.id = c.type_id` */
  readonly from: string;
  /** Always bound to the account: `c.account_id = $1 and c.deleted_at is null` */
  readonly where: string;
  readonly params: readonly Param[];
  /** The table that is counted, where the joins of `from` change no number of rows. */
  readonly countFrom?: string;
  /** A cheaper total, as a sub-select, for when nothing is searched: a counter that is kept. */
  readonly total?: string;
  /** The column of folded texts in which `query.search` is looked for: `c.search_text`. */
  readonly searchIn?: string;
  readonly query?: ListQuery & { readonly sortBy?: readonly SortCriterion[] | null };
  /** Order unless the query says otherwise; ends in something unique. Newest first: `c.id desc`. */
  readonly order?: string;
  /** What `sortBy` keys are in SQL. */
  readonly sortKeys?: Readonly<Record<string, string>>;
}

/** A list and a query made into SQL, but for its page. */
export interface Prepared {
  readonly select: string;
  readonly from: string;
  readonly where: string;
  readonly order: string;
  readonly params: readonly Param[];
  readonly searched: boolean;
}

/** Lists are read without row-level security: nothing else stands between an account and the rows of others. */
const BOUND = /^((?:\w+\.)?account_id = \$1)(?: and |$)/;

/**
 * The condition that binds a list to its account.
 * @throws Error when the list is not bound to an account
 */
export function boundTo(where: string): string {
  const condition = BOUND.exec(where)?.[1];
  if (!condition) throw new Error(`A list begins with its account: ${where}`);
  return condition;
}

/**
 * Puts search and order into the texts.
 * @throws Error when the list is not bound to an account
 */
export function prepare(list: List, reach: Reach = 'large'): Prepared {
  const { select, from, params, searchIn } = list;
  boundTo(list.where);
  const search = searchOf(list);
  const order = orderOf(list);
  if (!search || !searchIn) return { select, from, where: list.where, order, params, searched: false };
  const where = `(${list.where}) and ${matches(searchIn, `$${params.length + 1}`, reach)}`;
  return { select, from, where, order, params: [...params, search], searched: true };
}

/** What is searched for, if anything. */
const searchOf = ({ query, searchIn }: List): string | undefined => (searchIn ? query?.search?.trim() : undefined);

export const isSearched = (list: List): boolean => Boolean(searchOf(list));

/** Rows that are equal by the asked order keep the list's own: pages never repeat a row nor leave one out. */
function orderOf({ order = 'id desc', sortKeys = {}, query }: List): string {
  const asked = (query?.sortBy ?? []).flatMap(({ key, order: direction }) => {
    const column = Object.hasOwn(sortKeys, key) ? sortKeys[key] : undefined;
    return column ? [`${column} ${direction === 'desc' ? 'desc' : 'asc'}`] : [];
  });
  return [...asked, order].join(', ');
}
