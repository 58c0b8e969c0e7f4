import { type components, unwrap } from '@open-cpo/client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import type { ListState } from '../lists/url-state';
import { client } from './client';

export type PowerCenterRow = components['schemas']['ChargePointRow'];
export type PowerCenter = components['schemas']['ChargePointFull'];

/** Rows that are read at once where the whole of a list is needed. */
export const MOST_ROWS = 1000;

async function readRows(query: { page?: number; itemsPerPage: number; search?: string }) {
  const { results } = await unwrap(client.GET('/api/charge-points/datatable', { params: { query } }));
  return results as { data: PowerCenterRow[]; meta: { total: number } };
}

const number = (text: string): number => Number(text) || 0;
const COMPARE: Readonly<Record<string, (a: PowerCenterRow, b: PowerCenterRow) => number>> = {
  title: (a, b) => a.title.localeCompare(b.title),
  identifier: (a, b) => a.identifier.localeCompare(b.identifier),
  status: (a, b) => a.status.localeCompare(b.status),
  earning: (a, b) => number(a.earning) - number(b.earning),
  rating: (a, b) => number(a.rating) - number(b.rating),
};
export const SORTABLE = Object.keys(COMPARE);

/** A page of power centers. The API has one order, the newest first; another one is made of up to a thousand rows. */
export function usePowerCenterList(state: Ref<ListState>) {
  return useQuery({
    queryKey: ['power-centers', 'list', state],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { page, itemsPerPage, search, sortBy } = state.value;
      const asked = search ? { search } : {};
      const sort = sortBy[0];
      if (!sort) {
        const { data, meta } = await readRows({ page, itemsPerPage, ...asked });
        return { rows: data, total: meta.total, partial: false };
      }
      const { data, meta } = await readRows({ itemsPerPage: MOST_ROWS, ...asked });
      return {
        rows: sorted(data, sort).slice((page - 1) * itemsPerPage, page * itemsPerPage),
        ...cut(data, meta.total),
      };
    },
  });
}

const cut = (data: readonly unknown[], total: number) => ({ total: data.length, partial: data.length < total });

export function sorted(rows: readonly PowerCenterRow[], { key, order }: { key: string; order: 'asc' | 'desc' }) {
  const compare = COMPARE[key] ?? (() => 0);
  const sign = order === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || b.id - a.id);
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
