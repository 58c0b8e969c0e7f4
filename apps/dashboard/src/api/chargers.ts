import { type components, unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { client } from './client';
import { useAllPowerCenters } from './power-centers';
import { useUser } from './user';

export type Charger = components['schemas']['Charger'];
export type ChargerCommand = components['schemas']['ChargerCommand'];
export type Credential = components['schemas']['ChargerCredential'];

export const CHARGER_STATES = ['connected', 'disconnected', 'never_connected'] as const;
export const POLICIES = ['workers', 'anybody', 'partner'] as const;

export const chargerKey = (id: number) => ['chargers', 'one', id] as const;

export function useCharger(id: Ref<number>) {
  return useQuery({
    queryKey: computed(() => chargerKey(id.value)),
    queryFn: async () =>
      (await unwrap(client.GET('/api/chargers/{id}', { params: { path: { id: id.value } } }))).results,
  });
}

/** The title of a power center by its id; of one that is not among the first thousand, the id. */
export function useCenterTitles() {
  const { can } = useUser();
  const all = useAllPowerCenters(computed(() => can('power-centers.view')));
  const titles = computed(() => new Map((all.data.value ?? []).map(({ id, title }) => [id, title])));
  return (id: number): string => titles.value.get(id) ?? `#${id}`;
}
