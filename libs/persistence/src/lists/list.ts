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
  /**
   * The column that names a row, `o.id`, of a list that grows without end: its pages are read by `keyedPage`. It is the
   * last key of every order and follows the direction of the first: one index serves both directions. Newest first.
   */
  readonly key?: string;
  /** A list with a key may be narrowed to rows with one of some values; no plan is kept for that. */
  readonly narrowed?: Narrowed;
}

/** Rows whose column has one of the values. */
export interface Narrowed {
  /** `o.charge_point_id` */
  readonly column: string;
  /** The parameter: `$2::int[]` */
  readonly values: string;
  /** How many rows those are. */
  readonly total: number;
  /** The rows of each value are looked at by themselves. Where most rows match, few are passed over instead. */
  readonly apart: boolean;
}

/** A list whose pages are read by their keys. */
export type KeyedList = List & Required<Pick<List, 'key' | 'countFrom' | 'total'>>;

export const isKeyed = (list: List): list is KeyedList => list.key !== undefined;

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

/** No operator of the rest can reach beyond the account. */
function boundWhere({ where, narrowed }: List): string {
  const condition = boundTo(where);
  const rest = where.slice(`${condition} and `.length);
  const bound = rest ? `${condition} and (${rest})` : condition;
  return narrowed && !narrowed.apart ? `${bound} and ${narrowed.column} = any(${narrowed.values})` : bound;
}

/**
 * Puts search and order into the texts.
 * @throws Error when the list is not bound to an account
 */
export function prepare(list: List, reach: Reach = 'large'): Prepared {
  const { select, from, params, searchIn } = list;
  const bound = boundWhere(list);
  const search = searchOf(list);
  const order = orderOf(list);
  if (!search || !searchIn) return { select, from, where: bound, order, params, searched: list.narrowed !== undefined };
  const where = `${bound} and ${matches(searchIn, `$${params.length + 1}`, reach)}`;
  return { select, from, where, order, params: [...params, search], searched: true };
}

/** What is searched for, if anything. */
const searchOf = ({ query, searchIn }: List): string | undefined => (searchIn ? query?.search?.trim() : undefined);

export const isSearched = (list: List): boolean => Boolean(searchOf(list));

/**
 * Rows that are equal by the asked order keep the list's own: pages never repeat a row nor leave one out. `backwards`: the
 * same list from its end, of those with a key.
 */
export function orderOf({ order = 'id desc', sortKeys = {}, query, key }: List, backwards = false): string {
  const asked = (query?.sortBy ?? []).flatMap(({ key: name, order: direction }) => {
    const column = Object.hasOwn(sortKeys, name) ? sortKeys[name] : undefined;
    return column ? [{ column, descends: (direction === 'desc') !== backwards }] : [];
  });
  const last = key && sql(key, asked[0]?.descends ?? !backwards);
  return [...asked.map(({ column, descends }) => sql(column, descends)), last ?? order].join(', ');
}

const sql = (column: string, descends: boolean): string => `${column} ${descends ? 'desc' : 'asc'}`;
