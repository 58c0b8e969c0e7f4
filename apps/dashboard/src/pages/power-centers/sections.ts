import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { AMENITY_IDS, CHARGER_TYPE_IDS } from '../../api/catalogues';
import type { Field } from '../../forms/field';

const CATEGORIES = ['EV_CHARGER', 'SMART_PLUG', 'SMART_METER'] as const;
const UNITS = ['minutes', 'energy'] as const;

export interface Section {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** The parts of the form; a new power center begins with what the API takes at creation. */
export function usePowerCenterSections(isNew: Ref<boolean>) {
  const { t } = useI18n();
  const choices = <T extends string | number>(values: readonly T[], text: (value: T) => string) =>
    values.map((value) => ({ value, title: text(value) }));
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, title: value }));
  return computed<Section[]>(() => {
    const categories = choices(CATEGORIES, (value) => t(`category.${value}`));
    const what: Field[] = [
      { name: 'title', required: true, width: 8 },
      { name: 'category', type: 'select', required: true, items: categories, width: 4 },
    ];
    const place: Field[] = [
      { name: 'address_line_1', width: 6 },
      { name: 'address_line_2', width: 6 },
      { name: 'zipcode', width: 4 },
      { name: 'city', width: 4 },
      { name: 'state', width: 4 },
      { name: 'latitude', type: 'number', width: 6 },
      { name: 'longitude', type: 'number', width: 6 },
    ];
    if (isNew.value) {
      return [
        { name: 'what', fields: [...what, { name: 'identifier', hint: 'identifier' }] },
        { name: 'place', fields: place },
      ];
    }
    const types = choices(CHARGER_TYPE_IDS, (value) => t(`chargerType.${value}`));
    return [
      {
        name: 'what',
        fields: [
          ...what,
          { name: 'description', type: 'area' },
          { name: 'type', label: 'chargerType', type: 'select', items: types, width: 6 },
          { name: 'contact_number', type: 'tel', width: 6 },
          { name: 'listed', type: 'switch' },
        ],
      },
      { name: 'place', fields: place },
      { name: 'hours', fields: hoursFields(zones) },
      {
        name: 'limits',
        fields: [
          {
            name: 'session_limit_type',
            type: 'select',
            items: choices(UNITS, (value) => t(`unitName.${value}`)),
            width: 6,
          },
          { name: 'session_limit_value', type: 'number', width: 6, hint: 'limit' },
          { name: 'amenities', type: 'multi', items: choices(AMENITY_IDS, (value) => t(`amenity.${value}`)) },
        ],
      },
    ];
  });
}

const hoursFields = (zones: NonNullable<Field['items']>): Field[] => [
  { name: 'open_time', type: 'time', width: 4 },
  { name: 'close_time', type: 'time', width: 4 },
  { name: 'time_zone', type: 'select', items: zones, width: 4, hint: 'timeZone' },
];
