import { MAIN_ZONES, UNINHABITED } from './main-zones';
import { type PackagedCountry } from './sources';
import { type ZoneRow } from './zone-tab';

/** A country as the API answers it. */
export interface Country {
  id: number;
  name: string;
  iso: string;
  time_zone: string;
  latitude: string;
  longitude: string;
  phone_code: string;
  contact_number: string;
  email: string;
  currency: string;
  currency_iso: string | null;
}

/** The documented samples, kept to the letter: Ukraine's place, zone and missing currency code are the published ones. */
const SAMPLES: readonly Country[] = [
  sample(1, 'Jordan', 'JO', 'Asia/Amman', ['31.95', '35.93333'], '962', '96265860087', 'JD', 'JOD'),
  sample(2, 'Ukraine', 'UA', 'Asia/Amman', ['53.7098', '27.9534'], '380', '3802912345678', 'UAH', null),
  sample(4, 'Saudi Arabia', 'SA', 'Asia/Riyadh', ['24.63333', '46.71666'], '966', '9660005469', 'SR', 'SAR'),
];

/** Ids that the reference shows beside the samples. */
const SHOWN_IDS: Readonly<Record<string, number>> = { DZ: 195 };

/** English names that the package shortens or spells without their accents. */
const NAMES: Readonly<Record<string, string>> = {
  AX: 'Åland Islands',
  BL: 'Saint Barthélemy',
  BQ: 'Bonaire, Sint Eustatius and Saba',
  CW: 'Curaçao',
  RE: 'Réunion',
};

/**
 * All countries, ascending by id. A country that `known` already holds keeps its id for ever; a new one takes the lowest
 * free id, in the order of the ISO codes (on a first run that fills 3, 5 to 194 and 196 onwards).
 */
export function countries(
  packaged: Readonly<Record<string, PackagedCountry>>,
  isoCodes: readonly string[],
  zones: readonly ZoneRow[],
  known: readonly Pick<Country, 'id' | 'iso'>[],
): Country[] {
  const fixed = [...SAMPLES.map((one) => [one.iso, one.id] as const), ...Object.entries(SHOWN_IDS)];
  const ids = new Map<string, number>([...known.map((one) => [one.iso, one.id] as const), ...fixed]);
  const free = freeIds(new Set(ids.values()));
  const result = [...isoCodes].sort().map((iso) => {
    const shown = SAMPLES.find((one) => one.iso === iso);
    return shown ?? country(ids.get(iso) ?? free.next().value, iso, packaged[iso], place(iso, zones));
  });
  return result.sort((a, b) => a.id - b.id);
}

function country(id: number, iso: string, source: PackagedCountry | undefined, at: Omit<ZoneRow, 'iso'>): Country {
  if (!source) throw new Error(`No name, phone code and currency for ${iso}`);
  const currency = source.currency[0];
  return {
    id,
    name: NAMES[iso] ?? source.name,
    iso,
    time_zone: at.zone,
    latitude: at.latitude,
    longitude: at.longitude,
    phone_code: String(source.phone[0] ?? ''),
    contact_number: '',
    email: '',
    currency: currency ?? '',
    currency_iso: currency ?? null,
  };
}

function place(iso: string, zones: readonly ZoneRow[]): Omit<ZoneRow, 'iso'> {
  const own = [...zones, ...UNINHABITED].filter((row) => row.iso === iso);
  const main = own.length > 1 ? own.find((row) => row.zone === MAIN_ZONES[iso]) : own[0];
  if (!main) throw new Error(`${iso} has ${own.length} zones and none is marked as its main one`);
  return main;
}

function* freeIds(taken: ReadonlySet<number>): Generator<number, never> {
  for (let id = 1; ; id += 1) if (!taken.has(id)) yield id;
}

function sample(
  id: number,
  name: string,
  iso: string,
  time_zone: string,
  [latitude, longitude]: readonly [string, string],
  phone_code: string,
  contact_number: string,
  currency: string,
  currency_iso: string | null,
): Country {
  const email = currency_iso === null ? '' : `support.${iso.toLowerCase()}@open-cpo.example`;
  return { id, name, iso, time_zone, latitude, longitude, phone_code, contact_number, email, currency, currency_iso };
}
