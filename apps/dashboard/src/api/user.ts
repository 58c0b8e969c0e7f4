import { unwrap } from '@open-cpo/client';
import { type QueryClient, useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client } from './client';
import { session } from './session';

const USER = {
  queryKey: ['user'],
  queryFn: async () => (await unwrap(client.GET('/api/user'))).results,
  staleTime: Infinity,
};
const PERMISSIONS = {
  queryKey: ['permissions'],
  queryFn: async () => (await unwrap(client.GET('/api/user/permissions'))).results,
  staleTime: Infinity,
};

/** Asks for the user before the first page is there. */
export function prefetchUser(queries: QueryClient): void {
  void queries.prefetchQuery(USER);
  void queries.prefetchQuery(PERMISSIONS);
}

/** The user who is logged in, with what the role permits. */
export function useUser() {
  const enabled = computed(() => session.token !== undefined);
  const user = useQuery({ ...USER, enabled });
  const permissions = useQuery({ ...PERMISSIONS, enabled });
  const can = (permission: string): boolean => permissions.data.value?.includes(permission) ?? false;
  const currency = computed(() => user.data.value?.currency ?? 'USD');
  return { user, permissions, can, currency };
}
