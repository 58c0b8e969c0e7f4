import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Choice } from '../forms/field';
import { COUNTRIES } from './country-list';

/** The countries to choose from, with their names in the page's language, in the order of these. */
export function useCountryChoices() {
  const { locale } = useI18n();
  return computed<Choice[]>(() => {
    const names = new Intl.DisplayNames([locale.value], { type: 'region' });
    const sorted = new Intl.Collator(locale.value);
    return COUNTRIES.map(([value, iso]) => ({ value, title: names.of(iso) ?? iso })).sort((a, b) =>
      sorted.compare(a.title, b.title),
    );
  });
}

/** The currencies to choose from, with their names in the page's language. */
export function useCurrencyChoices() {
  const { locale } = useI18n();
  return computed<Choice[]>(() => {
    const names = new Intl.DisplayNames([locale.value], { type: 'currency' });
    const codes = [...new Set(COUNTRIES.map(([, , currency]) => currency).filter(Boolean))].sort();
    return codes.map((value) => ({ value, title: `${value} – ${names.of(value) ?? value}` }));
  });
}
