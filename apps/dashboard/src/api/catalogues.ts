/** The kinds of connectors, by their ids from 1 on; the names are of standards, and the same in every language. */
const CONNECTORS = [
  'Type 2 - Mennekes',
  'Type 3 - Scame',
  'Type 1 - J1772',
  'CHAdeMO',
  'CCS - Type 2',
  'NACS - J3400',
  'CSS - Type 1',
  'GB/T - AC',
  'GB/T - DC',
  'Schuko - Type F',
  'Type E',
  'Type G - BS 1363',
  'NEMA 5-15',
  'NEMA 14-50',
  'CEE - Blue',
  'CEE - Red',
  'MCS',
] as const;

export const CONNECTOR_CHOICES = CONNECTORS.map((title, index) => ({ value: index + 1, title }));

/** Classes of chargers by their ids; their texts are below `chargerType`. */
export const CHARGER_TYPE_IDS = [1, 2, 3, 4, 5, 6] as const;

/** Amenities by their ids; their texts are below `amenity`. */
export const AMENITY_IDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] as const;
