import type { CategoryEntity } from '../categories/category.entity';
import { OWNER_POWER_CENTERS } from './owner-power-centers';
import type { DemoPowerCenter } from './power-centers';
import { RIVAL_POWER_CENTERS } from './rival-power-centers';

type DemoCategory = Pick<CategoryEntity, 'type' | 'name' | 'color'>;

/** What one account of the demo owns; the accounts and users are those of the auth service's demo. */
export interface DemoNetwork {
  readonly accountId: number;
  readonly userId: number;
  readonly currency: string;
  readonly timeZone: string;
  readonly categories: readonly DemoCategory[];
  readonly powerCenters: readonly DemoPowerCenter[];
}

const site = (name: string, color: string): DemoCategory => ({ type: 'charging-site', name, color });
const point = (name: string, color: string): DemoCategory => ({ type: 'charge-point', name, color });

export const NETWORKS: readonly DemoNetwork[] = [
  {
    accountId: 1,
    userId: 1,
    currency: 'DZD',
    timeZone: 'Africa/Algiers',
    categories: [
      site('Shopping centres', '#D2B48C'),
      site('Airports and ports', '#4682B4'),
      site('Public roads', '#A9A9A9'),
      site('Depots', '#A52A2A'),
      point('Fast', '#FF8C00'),
      point('Destination', '#2E8B57'),
      point('Test', '#9370DB'),
    ],
    powerCenters: OWNER_POWER_CENTERS,
  },
  {
    accountId: 2,
    userId: 2,
    currency: 'JOD',
    timeZone: 'Asia/Amman',
    categories: [site('Hotels', '#DAA520'), point('Tourist sights', '#008080')],
    powerCenters: RIVAL_POWER_CENTERS,
  },
];

/** Rates of the development stack's first start: none is published while the demo is loaded. */
export const DEMO_RATES: Readonly<Record<string, string>> = {
  USD: '1',
  AED: '3.6725',
  DZD: '136.209406',
  EUR: '0.86',
  JOD: '0.709',
  MAD: '9.2',
  TND: '2.93',
};
