import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client } from './client';
import { session } from './session';

/** The user who is logged in, with what the role permits. */
export function useUser() {
  const enabled = computed(() => session.token !== undefined);
  const user = useQuery({
    queryKey: ['user'],
    queryFn: async () => (await unwrap(client.GET('/api/user'))).results,
    enabled,
    staleTime: Infinity,
  });
  const permissions = useQuery({
    queryKey: ['permissions'],
    queryFn: async () => (await unwrap(client.GET('/api/user/permissions'))).results,
    enabled,
    staleTime: Infinity,
  });
  const can = (permission: string): boolean => permissions.data.value?.includes(permission) ?? false;
  const currency = computed(() => user.data.value?.currency ?? 'USD');
  return { user, permissions, can, currency };
}
