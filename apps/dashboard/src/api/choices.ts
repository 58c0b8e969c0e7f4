import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import type { Choice } from '../forms/field';
import { client } from './client';
import { MOST_ROWS, useAllPowerCenters } from './power-centers';

/** Power centers to choose from, a thousand at most. */
export function useCenterChoices() {
  const all = useAllPowerCenters(computed(() => true));
  return computed<Choice[]>(() => (all.data.value ?? []).map(({ id, title }) => ({ value: id, title })));
}

export type CategoryType = 'charging-site' | 'charge-point';

export async function readCategories(
  type: CategoryType,
  query: { page?: number; itemsPerPage: number; search?: string },
) {
  const { results } = await unwrap(
    client.GET('/api/categories/{type}/datatable', { params: { path: { type: type as never }, query } }),
  );
  return { rows: results.data, total: results.meta.total };
}

export function useCategoryChoices(type: CategoryType) {
  const { data } = useQuery({
    queryKey: ['categories', 'choices', type],
    queryFn: () => readCategories(type, { itemsPerPage: MOST_ROWS }),
  });
  return computed<Choice[]>(() => (data.value?.rows ?? []).map(({ id, name }) => ({ value: id, title: name })));
}
