import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PowerCenter } from '../../api/power-centers';
import { useFormat } from '../../format/use-format';

const hours = (time: string): string => time.slice(0, 5);

/** What is told of a power center, as pairs of name and value. */
export function usePowerCenterFacts(center: Ref<PowerCenter | undefined>, zone: Ref<string | undefined>) {
  const { t } = useI18n();
  const format = useFormat();
  const open = ({ open_time, close_time }: PowerCenter): string =>
    open_time && close_time ? `${hours(open_time)} – ${hours(close_time)}` : t('powerCenter.always');
  const limit = ({ session_limit_type, session_limit_value }: PowerCenter): string => {
    if (!session_limit_type || session_limit_value === 0) return t('powerCenter.noLimit');
    return session_limit_type === 'minutes' ? format.minutes(session_limit_value) : format.energy(session_limit_value);
  };
  const address = ({ address: of }: PowerCenter): string =>
    [of.address_line_1, of.address_line_2, of.zipcode, of.city, of.state].filter(Boolean).join(', ') || '–';
  return computed(() => {
    const one = center.value;
    if (!one) return [];
    const unit = t(`unit.${one.price_unit}`);
    return [
      [t('field.category'), t(`category.${one.category}`)],
      [t('powerCenter.price'), `${format.amount(one.price)} / ${unit}`],
      [
        t('powerCenter.charger'),
        one.type ? `${one.type.name} · ${one.type.current_type} · ${one.type.max_power} kW` : '–',
      ],
      [t('powerCenter.online'), t(one.online_status === 1 ? 'status.connected' : 'status.disconnected')],
      [t('powerCenter.listed'), t(one.listed ? 'form.yes' : 'form.no')],
      [t('powerCenter.address'), address(one)],
      [t('powerCenter.hours'), `${open(one)}${zone.value ? ` (${zone.value})` : ''}`],
      [t('powerCenter.limit'), limit(one)],
      [t('powerCenter.contact'), one.contact_number ?? '–'],
      [t('powerCenter.today'), format.amount(one.earning)],
      [t('powerCenter.earnings'), format.amount(one.total_earnings)],
      [t('powerCenter.energy'), format.energy(one.total_energy)],
      [t('powerCenter.orders'), format.number(one.orders_count)],
      [t('powerCenter.rating'), format.number(one.rating, 1)],
    ].map(([name = '', value = '']) => ({ name, value }));
  });
}
