import type { PersistenceOptions } from '@open-cpo/persistence';
import { Feed1763900000000 } from './migrations/1763900000000-feed';
import { Turns1763900300000 } from './migrations/1763900300000-turns';
import { AccountShare1795971384895 } from './migrations/1795971384895-account-share';
import { DeliveryPartitions1796137000000 } from './migrations/1796137000000-delivery-partitions';
import { Wall1763900200000 } from './migrations/1763900200000-wall';
import { Webhooks1763900100000 } from './migrations/1763900100000-webhooks';

/** The service's database. Its tables are written many rows at a time, in SQL, and have no entities. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'notifications',
  url,
  pool,
  migrations: [
    Feed1763900000000,
    Webhooks1763900100000,
    Wall1763900200000,
    Turns1763900300000,
    AccountShare1795971384895,
    DeliveryPartitions1796137000000,
  ],
});
