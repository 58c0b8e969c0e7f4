import type { ChargePointCategory, PriceUnit } from '@open-cpo/contracts';

/** How a demo power center is doing. */
export type Doing = 'new' | 'away' | 'free' | 'partly' | 'busy' | 'booked';

/** A power center of the demo. */
export interface DemoPowerCenter {
  readonly title: string;
  readonly city: string;
  readonly state: string;
  readonly street: string;
  readonly at: readonly [latitude: number, longitude: number];
  readonly category?: ChargePointCategory;
  /** Amount, currency and what it is per; none for one that is free of charge. */
  readonly price?: readonly [amount: string, currency: string, unit: PriceUnit];
  /** Id of the charger type. */
  readonly type?: number;
  /** Ids of the kinds of connectors, numbered from 1. */
  readonly connectors: readonly number[];
  readonly amenities?: readonly number[];
  /** Not shown to the public. */
  readonly private?: true;
  readonly doing?: Doing;
  readonly hours?: readonly [open: string, close: string];
  /** Minutes a session may last. */
  readonly limit?: number;
}

/** Around the clock, as the reference writes it. */
export const ALL_DAY = ['00:00:00', '23:59:00'] as const;
export const SHOP = ['08:00:00', '22:00:00'] as const;
