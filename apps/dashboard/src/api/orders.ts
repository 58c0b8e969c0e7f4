import { type components, unwrap } from '@open-cpo/client';
import type { SortItem } from '../lists/url-state';
import { client } from './client';

export type Order = components['schemas']['Order'];

interface OrderQuery {
  readonly page?: number;
  readonly itemsPerPage: number;
  readonly search?: string;
  readonly sortBy?: readonly SortItem[];
}

export async function readOrders({
  sortBy = [],
  ...rest
}: OrderQuery): Promise<{ data: Order[]; meta: { total: number } }> {
  const sort = sortBy.length > 0 ? { sortBy: JSON.stringify(sortBy) } : {};
  const { results } = await unwrap(client.GET('/api/orders', { params: { query: { ...rest, ...sort } } }));
  return results;
}
