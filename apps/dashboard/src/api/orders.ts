import { type components, unwrap } from '@open-cpo/client';
import { sortQuery } from '../lists/query';
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
  const { results } = await unwrap(client.GET('/api/orders', { params: { query: { ...rest, ...sortQuery(sortBy) } } }));
  return results;
}
