import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCatalogueTexts } from '../../api/catalogues';
import type { PowerCenter } from '../../api/power-centers';
import { useFormat } from '../../format/use-format';
import type { RangePrice } from './price-bar';
import { minuteOfDay, priceAt } from './price-now';

const hours = (time: string): string => time.slice(0, 5);

/** By the clock of the power center; undefined while its zone or its prices are not known. */
const priceNow = (
  { price }: PowerCenter,
  zone: string | undefined,
  ranges: readonly RangePrice[] | undefined,
): string | undefined => zone && ranges && priceAt(minuteOfDay(new Date(), zone), price, ranges);

const openOf = ({ open_time, close_time }: PowerCenter, always: string): string =>
  open_time && close_time ? `${hours(open_time)} – ${hours(close_time)}` : always;

const addressOf = ({ address: of }: PowerCenter): string =>
  [of.address_line_1, of.address_line_2, of.address_line_3, of.zipcode, of.city, of.state].filter(Boolean).join(', ') ||
  '–';

/** The properties of a power center, as pairs of name and value. */
export function usePowerCenterFacts(
  center: Ref<PowerCenter | undefined>,
  zone: Ref<string | undefined>,
  ranges: Ref<readonly RangePrice[] | undefined>,
) {
  const { t } = useI18n();
  const format = useFormat();
  const texts = useCatalogueTexts();
  const limit = ({ session_limit_type, session_limit_value }: PowerCenter): string => {
    if (!session_limit_type || session_limit_value === 0) return t('powerCenter.noLimit');
    return session_limit_type === 'minutes' ? format.minutes(session_limit_value) : format.energy(session_limit_value);
  };
  const power = (kilowatts: string): string => t('order.kilowatts', { value: format.number(kilowatts) });
  const charger = ({ type }: PowerCenter): string =>
    type ? `${texts.chargerType(type)} · ${power(type.max_power)}` : '–';
  return computed(() => {
    const one = center.value;
    if (!one) return [];
    const perUnit = (price: string): string => `${format.unitPrice(price)} / ${t(`unit.${one.price_unit}`)}`;
    const now = priceNow(one, zone.value, ranges.value);
    return [
      [t('field.category'), t(`category.${one.category}`)],
      [t('powerCenter.price'), perUnit(one.price)],
      ...(now === undefined ? [] : [[t('powerCenter.priceNow'), perUnit(now)]]),
      [t('powerCenter.charger'), charger(one)],
      [t('powerCenter.online'), t(one.online_status === 1 ? 'status.connected' : 'status.disconnected')],
      [t('powerCenter.listed'), t(one.listed ? 'form.yes' : 'form.no')],
      [t('powerCenter.address'), addressOf(one)],
      [t('powerCenter.hours'), `${openOf(one, t('powerCenter.always'))}${zone.value ? ` (${zone.value})` : ''}`],
      [t('powerCenter.limit'), limit(one)],
      [t('powerCenter.contact'), one.contact_number ?? '–'],
      [t('powerCenter.today'), format.amount(one.earning)],
      [t('powerCenter.earnings'), format.amount(one.total_earnings)],
      [t('powerCenter.energy'), format.energy(one.total_energy)],
      [t('powerCenter.orders'), format.number(one.orders_count)],
      [t('powerCenter.rating'), format.rating(one.rating)],
    ].map(([name = '', value = '']) => ({ name, value }));
  });
}
