import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client } from './client';

export const ROLES = ['owner', 'admin', 'manager', 'viewer'] as const;

/** The role of the user in the account. */
export function useRole() {
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: async () => (await unwrap(client.GET('/api/user/roles'))).results,
    staleTime: Infinity,
  });
  return computed(() => ROLES.find((role) => data.value?.includes(role)));
}
