/** What a list shows; it is in the address, so that a link, a reload and the back button find it again. */
export interface ListState {
  readonly page: number;
  readonly itemsPerPage: number;
  readonly search: string;
  readonly sortBy: readonly SortItem[];
}

export interface SortItem {
  readonly key: string;
  readonly order: 'asc' | 'desc';
}

export type Query = Readonly<Record<string, unknown>>;

export const PAGE_SIZES = [15, 25, 50, 100] as const;
const FIRST: ListState = { page: 1, itemsPerPage: PAGE_SIZES[0], search: '', sortBy: [] };

const whole = (value: unknown): number | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;

/** Reads the state from the query of an address; what is not understood is as if it were absent. */
export function listStateOf(query: Query, sortable: readonly string[], first: Partial<ListState> = {}): ListState {
  const base = { ...FIRST, ...first };
  const size = whole(query.size);
  const sort = typeof query.sort === 'string' ? sortOf(query.sort, sortable) : undefined;
  return {
    page: whole(query.page) ?? base.page,
    itemsPerPage: PAGE_SIZES.find((one) => one === size) ?? base.itemsPerPage,
    search: typeof query.q === 'string' ? query.q.slice(0, 200) : base.search,
    sortBy: sort ?? base.sortBy,
  };
}

function sortOf(text: string, sortable: readonly string[]): SortItem[] {
  const [, minus, key = ''] = /^(-?)(\w+)$/.exec(text) ?? [];
  return sortable.includes(key) ? [{ key, order: minus ? 'desc' : 'asc' }] : [];
}

/** The query of an address that leads to the state; what is as at first is left out. */
export function queryOfList(state: ListState, first: Partial<ListState> = {}): Record<string, string> {
  const base = { ...FIRST, ...first };
  const sort = state.sortBy[0];
  const text = sort ? `${sort.order === 'desc' ? '-' : ''}${sort.key}` : '';
  const baseSort = base.sortBy[0];
  const baseText = baseSort ? `${baseSort.order === 'desc' ? '-' : ''}${baseSort.key}` : '';
  return {
    ...(state.search === base.search ? {} : { q: state.search }),
    ...(text === baseText ? {} : { sort: text }),
    ...(state.itemsPerPage === base.itemsPerPage ? {} : { size: String(state.itemsPerPage) }),
    ...(state.page === base.page ? {} : { page: String(state.page) }),
  };
}

/** What an address asks for beside the state of its list. */
export function otherQuery<Value>(query: Readonly<Record<string, Value>>): Record<string, Value> {
  const { page: _page, size: _size, q: _search, sort: _sort, ...others } = query;
  return others;
}
