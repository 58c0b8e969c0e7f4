import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client } from './client';
import { useUser } from './user';
import { ownZone } from '../format/times';

/** The time zone of the account's days: that of its country. */
export function useAccountZone() {
  const { user } = useUser();
  const id = computed(() => user.data.value?.country_id);
  const country = useQuery({
    queryKey: computed(() => ['country', id.value]),
    queryFn: async () =>
      (await unwrap(client.GET('/api/v3/countries/{id}', { params: { path: { id: id.value ?? 0 } } }))).data,
    enabled: computed(() => id.value !== undefined),
    staleTime: Infinity,
  });
  return computed(() => country.data.value?.time_zone ?? (country.isError.value ? ownZone() : undefined));
}

export function useBalance(enabled: () => boolean) {
  return useQuery({
    queryKey: ['balance'],
    queryFn: async () => (await unwrap(client.GET('/api/user/balance'))).results,
    enabled,
  });
}
