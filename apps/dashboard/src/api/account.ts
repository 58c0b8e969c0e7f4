import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { client } from './client';

export function useBalance(enabled: () => boolean) {
  return useQuery({
    queryKey: ['balance'],
    queryFn: async () => (await unwrap(client.GET('/api/user/balance'))).results,
    enabled,
  });
}
