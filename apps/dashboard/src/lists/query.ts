import type { ListState } from './url-state';

/** The state as the API's lists take it. */
export const listQuery = ({ page, itemsPerPage, search }: ListState) => ({
  page,
  itemsPerPage,
  ...(search ? { search } : {}),
});
