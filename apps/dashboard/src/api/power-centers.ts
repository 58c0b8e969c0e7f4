import { type components, unwrap } from '@open-cpo/client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { listQuery, sortQuery } from '../lists/query';
import type { ListState, SortItem } from '../lists/url-state';
import { client } from './client';

export type PowerCenterRow = components['schemas']['ChargePointRow'];
export type PowerCenter = components['schemas']['ChargePointFull'];

/** Rows that are read at once where the whole of a list is needed. */
export const MOST_ROWS = 1000;

interface RowQuery {
  readonly page?: number;
  readonly itemsPerPage: number;
  readonly search?: string;
  readonly sortBy?: readonly SortItem[];
}

async function readRows({ sortBy = [], ...rest }: RowQuery) {
  const query = { ...rest, ...sortQuery(sortBy) };
  const { results } = await unwrap(client.GET('/api/charge-points/datatable', { params: { query } }));
  return results as { data: PowerCenterRow[]; meta: { total: number } };
}

export const SORTABLE = ['title', 'identifier', 'status', 'earning', 'rating'];

/** A page of power centers. */
export function usePowerCenterList(state: Ref<ListState>) {
  return useQuery({
    queryKey: ['power-centers', 'list', state],
    placeholderData: keepPreviousData,
    queryFn: () => readRows({ ...listQuery(state.value), sortBy: state.value.sortBy }),
  });
}

/** All power centers, a thousand at most: for choices and rankings. */
export function useAllPowerCenters(enabled: Ref<boolean>) {
  return useQuery({
    queryKey: ['power-centers', 'all'],
    queryFn: async () => (await readRows({ itemsPerPage: MOST_ROWS })).data,
    enabled,
  });
}

export const powerCenterKey = (id: number) => ['power-centers', 'one', id] as const;

export function usePowerCenter(id: Ref<number>, enabled: Ref<boolean> | boolean = true) {
  return useQuery({
    enabled,
    queryKey: computed(() => powerCenterKey(id.value)),
    queryFn: () =>
      unwrap(client.GET('/api/charge-points/{id}', { params: { path: { id: id.value } } })) as Promise<PowerCenter>,
  });
}

export function useTimeZone(id: Ref<number>, enabled: Ref<boolean> | boolean = true) {
  return useQuery({
    enabled,
    queryKey: computed(() => ['power-centers', 'zone', id.value]),
    queryFn: async () =>
      (await unwrap(client.GET('/api/charge-points/{id}/time-zone', { params: { path: { id: id.value } } }))).results,
    staleTime: Infinity,
  });
}
