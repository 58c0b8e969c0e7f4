import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { client } from '../../api/client';

/** The ranges of the day that have a price of their own. */
export function useRangePrices(id: Ref<number>, enabled: Ref<boolean> | boolean = true) {
  return useQuery({
    enabled,
    queryKey: computed(() => ['power-centers', 'prices', id.value]),
    queryFn: async () => {
      const params = { path: { charge_point_id: id.value } };
      const { results } = await unwrap(
        client.GET('/api/charge-points/{charge_point_id}/charge-point-prices', { params }),
      );
      return results;
    },
  });
}
