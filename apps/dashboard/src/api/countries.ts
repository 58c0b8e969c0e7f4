import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Choice } from '../forms/field';
import { client } from './client';

function useCountryCatalogue() {
  return useQuery({
    queryKey: ['catalogue', 'countries'],
    queryFn: async () => (await unwrap(client.GET('/api/catalogue/countries'))).results,
    staleTime: Infinity,
  });
}

/** The countries to choose from, with their names in the page's language, in the order of these. */
export function useCountryChoices() {
  const { locale } = useI18n();
  const { data } = useCountryCatalogue();
  return computed<Choice[]>(() => {
    const names = new Intl.DisplayNames([locale.value], { type: 'region' });
    const sorted = new Intl.Collator(locale.value);
    return (data.value?.countries ?? [])
      .map(({ id, iso }) => ({ value: id, title: names.of(iso) ?? iso }))
      .sort((a, b) => sorted.compare(a.title, b.title));
  });
}

/** The currencies to choose from, with their names in the page's language. */
export function useCurrencyChoices() {
  const { locale } = useI18n();
  const { data } = useCountryCatalogue();
  return computed<Choice[]>(() => {
    const names = new Intl.DisplayNames([locale.value], { type: 'currency' });
    return (data.value?.currencies ?? []).map(({ code }) => ({
      value: code,
      title: `${code} – ${names.of(code) ?? code}`,
    }));
  });
}
