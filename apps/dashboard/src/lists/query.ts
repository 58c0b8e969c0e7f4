import type { ListState, SortItem } from './url-state';

/** The state as the API's lists take it. */
export const listQuery = ({ page, itemsPerPage, search }: ListState) => ({
  page,
  itemsPerPage,
  ...(search ? { search } : {}),
});

/** The order of a list as the API takes it; nothing for its own order. */
export const sortQuery = (sortBy: readonly SortItem[]): { sortBy?: string } =>
  sortBy.length > 0 ? { sortBy: JSON.stringify(sortBy) } : {};
