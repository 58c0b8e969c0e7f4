import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useUser } from '../api/user';
import { formatLocaleOf } from '../i18n/languages';
import { formatAmount, formatEnergy, formatMinutes, formatNumber } from './amounts';
import { formatAgo, formatDate, formatMoment } from './times';

/** The formats of the page's language and the account's currency. */
export function useFormat() {
  const { locale } = useI18n();
  const { currency } = useUser();
  const by = computed(() => formatLocaleOf(locale.value));
  return {
    by,
    currency,
    amount: (value: string | number | null | undefined, of = currency.value) => formatAmount(value, of, by.value),
    number: (value: string | number | null | undefined, digits?: number) => formatNumber(value, by.value, digits),
    energy: (value: string | number) => formatEnergy(value, by.value),
    minutes: (value: string | number) => formatMinutes(value, by.value),
    date: (value: string | null | undefined) => formatDate(value, by.value),
    moment: (value: string | null | undefined, zone?: string) => formatMoment(value, by.value, zone),
    ago: (value: string) => formatAgo(value, by.value),
  };
}
