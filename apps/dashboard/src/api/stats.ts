import { type components, unwrap } from '@open-cpo/client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { client } from './client';

export type StatsDay = components['schemas']['StatsDay'];

/** Whose days: those of one power center, of one site, or of the account. */
export interface DaysOf {
  readonly powerCenter?: number | undefined;
  readonly site?: number | undefined;
}

/** What was sold on each of the last days, by the calendars of the power centers. */
export function useDailyStats(days: Ref<number>, of: Ref<DaysOf>) {
  return useQuery({
    queryKey: computed(() => ['daily', of.value, days.value]),
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { powerCenter, site } = of.value;
      const query = {
        days: days.value,
        ...(powerCenter === undefined ? {} : { power_center_id: powerCenter }),
        ...(site === undefined ? {} : { charging_site_id: site }),
      };
      return (await unwrap(client.GET('/api/stats/daily', { params: { query } }))).results;
    },
  });
}

/** The power centers that earned most and least in the last days. */
export function useRanking(days: number) {
  return useQuery({
    queryKey: ['daily', 'ranking', days],
    queryFn: async () =>
      (await unwrap(client.GET('/api/stats/power-centers', { params: { query: { days } } }))).results,
  });
}
