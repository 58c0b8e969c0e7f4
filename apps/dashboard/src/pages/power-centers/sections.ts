import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCatalogueChoices } from '../../api/catalogues';
import type { Field } from '../../forms/field';

const CATEGORIES = ['EV_CHARGER', 'SMART_PLUG', 'SMART_METER'] as const;
const UNITS = ['minutes', 'energy'] as const;

export interface Section {
  readonly name: string;
  readonly fields: readonly Field[];
}

type Translate = (key: string) => string;
type Choices = NonNullable<Field['items']>;

/** What is chosen from in the form of a power center. */
type Offered = Readonly<Record<'zones' | 'amenities' | 'chargerTypes', Choices>>;

const choices = <T extends string | number>(values: readonly T[], text: (value: T) => string): Choices =>
  values.map((value) => ({ value, title: text(value) }));

/** The parts of the form; a new power center begins with what the API takes at creation. */
export function usePowerCenterSections(isNew: Ref<boolean>) {
  const { t } = useI18n();
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, title: value }));
  const { amenities, chargerTypes } = useCatalogueChoices();
  return computed<Section[]>(() => {
    if (isNew.value) return sectionsOfNew(t);
    return sectionsOfExisting(t, { zones, amenities: amenities.value, chargerTypes: chargerTypes.value });
  });
}

const whatFields = (t: Translate): Field[] => [
  { name: 'title', required: true, width: 8 },
  {
    name: 'category',
    type: 'select',
    required: true,
    items: choices(CATEGORIES, (value) => t(`category.${value}`)),
    width: 4,
  },
];

const PLACE: readonly Field[] = [
  { name: 'address_line_1', width: 6 },
  { name: 'address_line_2', width: 6 },
  { name: 'address_line_3', width: 6 },
  { name: 'zipcode', width: 4 },
  { name: 'city', width: 4 },
  { name: 'state', width: 4 },
  { name: 'latitude', type: 'number', width: 6 },
  { name: 'longitude', type: 'number', width: 6 },
];

const sectionsOfNew = (t: Translate): Section[] => [
  { name: 'what', fields: [...whatFields(t), { name: 'identifier', hint: 'identifier' }] },
  { name: 'place', fields: PLACE },
];

const sectionsOfExisting = (t: Translate, { zones, amenities, chargerTypes }: Offered): Section[] => [
  { name: 'what', fields: [...whatFields(t), ...detailFields(chargerTypes)] },
  { name: 'place', fields: PLACE },
  { name: 'hours', fields: hoursFields(zones) },
  { name: 'limits', fields: limitFields(t, amenities) },
];

const detailFields = (chargerTypes: Choices): Field[] => [
  { name: 'description', type: 'area' },
  {
    name: 'type',
    label: 'chargerType',
    type: 'select',
    items: chargerTypes,
    width: 6,
  },
  { name: 'contact_number', type: 'tel', width: 6 },
  { name: 'listed', type: 'switch' },
];

const limitFields = (t: Translate, amenities: Choices): Field[] => [
  { name: 'session_limit_type', type: 'select', items: choices(UNITS, (value) => t(`unitName.${value}`)), width: 6 },
  { name: 'session_limit_value', type: 'number', width: 6, hint: 'limit' },
  { name: 'amenities', type: 'multi', items: amenities },
];

const hoursFields = (zones: Choices): Field[] => [
  { name: 'open_time', type: 'time', width: 4 },
  { name: 'close_time', type: 'time', width: 4 },
  { name: 'time_zone', type: 'select', items: zones, width: 4, hint: 'timeZone' },
];
