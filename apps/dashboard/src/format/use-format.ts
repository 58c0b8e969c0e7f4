import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useUser } from '../api/user';
import { formatLocaleOf } from '../i18n/languages';
import {
  formatAmount,
  formatAmperes,
  formatEnergy,
  formatMinutes,
  formatNumber,
  formatRating,
  formatSeconds,
  formatUnitPrice,
} from './amounts';
import { formatAgo, formatDate, formatExact, formatMoment } from './times';

/** The formats of the page's language and the account's currency. */
export function useFormat() {
  const { locale, t } = useI18n();
  const { currency } = useUser();
  const by = computed(() => formatLocaleOf(locale.value));
  return {
    by,
    currency,
    amount: (value: string | number | null | undefined, of = currency.value) => formatAmount(value, of, by.value),
    unitPrice: (value: string | number | null | undefined) => formatUnitPrice(value, currency.value, by.value),
    number: (value: string | number | null | undefined, digits?: number) => formatNumber(value, by.value, digits),
    energy: (value: string | number) => formatEnergy(value, by.value, [t('unit.energy'), t('unit.megawattHours')]),
    amperes: (value: number) => formatAmperes(value, by.value, t('unit.amperes')),
    rating: (value: string | number | null | undefined) => formatRating(value, by.value),
    /** Several things of a kind, in the manner of the language. */
    list: (values: readonly string[]) => new Intl.ListFormat(by.value, { type: 'unit' }).format(values),
    minutes: (value: string | number) => formatMinutes(value, by.value),
    seconds: (value: number) => formatSeconds(value, by.value),
    /** A day, or the day of a moment in a zone. */
    date: (value: string | null | undefined, zone?: string) => formatDate(value, by.value, zone),
    moment: (value: string | null | undefined, zone?: string) => formatMoment(value, by.value, zone),
    /** With seconds, where several things happen within a minute. */
    exact: (value: string | null | undefined) => formatExact(value, by.value),
    ago: (value: string) => formatAgo(value, by.value),
  };
}
