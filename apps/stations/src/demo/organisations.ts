import type { SiteAddressInput } from '@open-cpo/contracts';

/** Power centers by their titles. */
type Titles = readonly string[];

/** How an owner of the demo has put the network in order. */
export interface DemoOrganisation {
  readonly groups: readonly { name: string; companyName?: string; licenseCode?: string; of: Titles }[];
  readonly sites: readonly {
    name: string;
    /** Name of a category. */
    category: string;
    status?: boolean;
    startDate?: string;
    endDate?: string;
    integrationCode?: string;
    of: Titles;
    address: SiteAddressInput;
  }[];
  /** Amounts in the owner's currency. */
  readonly prices: readonly { of: string; ranges: readonly (readonly [from: string, to: string, amount: string])[] }[];
}

/** Countries of the demo's addresses, under the ids that auth gives them. */
export const DEMO_COUNTRIES = [
  { id: 1, name: 'Jordan' },
  { id: 195, name: 'Algeria' },
];

const IN_ALGIERS = { country_id: 195, state: 'Algiers', city: 'Algiers' };

const OWNER: DemoOrganisation = {
  groups: [
    {
      name: 'Airports and ports',
      companyName: 'Transit Charging SPA',
      licenseCode: 'DZ-TR-2024-017',
      of: ['Houari Boumediene Airport P2', 'Béjaïa Port'],
    },
    { name: 'مراكز التسوق', companyName: 'Mall Power SARL', of: ['Bab Ezzouar Mall', 'Sétif Park Mall'] },
    { name: 'Fleet depots', of: [] },
  ],
  sites: [
    {
      name: 'Bab Ezzouar Mall',
      category: 'Shopping centres',
      integrationCode: 'BEZ-MALL',
      startDate: '2024-06-01',
      of: ['Bab Ezzouar Mall'],
      address: {
        ...IN_ALGIERS,
        zipcode: '16042',
        address_line_1: 'Quartier d’Affaires',
        latitude: 36.7126,
        longitude: 3.1947,
      },
    },
    {
      name: 'Algiers Airport',
      category: 'Airports and ports',
      of: ['Houari Boumediene Airport P2'],
      address: { ...IN_ALGIERS, address_line_1: 'Dar El Beïda, car park P2', latitude: 36.6981, longitude: 3.2064 },
    },
    {
      name: 'Summer on the seafront',
      category: 'Public roads',
      startDate: '2025-06-01',
      endDate: '2025-09-30',
      of: ['Oran Front de Mer'],
      address: {
        country_id: 195,
        state: 'Oran',
        city: 'Oran',
        address_line_1: 'Boulevard de l’ALN',
        latitude: 35.7052,
        longitude: -0.6436,
      },
    },
    {
      name: 'Sidi Yahia',
      category: 'Depots',
      status: false,
      of: ['Sidi Yahia Depot'],
      address: { ...IN_ALGIERS, address_line_1: 'Rue Sidi Yahia', latitude: 36.7403, longitude: 3.0386 },
    },
  ],
  prices: [
    {
      of: 'Didouche Mourad Fast Charge',
      ranges: [
        ['00:00', '06:00', '22'],
        ['17:30', '21:00', '46.50'],
      ],
    },
    { of: 'Bab Ezzouar Mall', ranges: [['18:00', '23:59', '30']] },
  ],
};

const RIVAL: DemoOrganisation = {
  groups: [{ name: 'Amman', of: ['Abdali Boulevard', 'Queen Alia Airport'] }],
  sites: [
    {
      name: 'Abdali',
      category: 'Hotels',
      of: ['Abdali Boulevard'],
      address: {
        country_id: 1,
        state: 'Amman',
        city: 'Amman',
        address_line_1: 'Abdali Boulevard',
        latitude: 31.9632,
        longitude: 35.9066,
      },
    },
  ],
  prices: [{ of: 'Abdali Boulevard', ranges: [['00:00', '07:00', '0.05']] }],
};

/** By account. */
export const ORGANISATIONS: ReadonlyMap<number, DemoOrganisation> = new Map([
  [1, OWNER],
  [2, RIVAL],
]);
