/* eslint-disable @nx/enforce-module-boundaries -- the tables of every service at once, each as its own migrations make them */
import type { PersistenceOptions } from '@open-cpo/persistence';
import { persistence } from '../../apps/auth/src/data-source';
import { database as chargers } from '../../apps/chargers/src/data-source';
import { database as notifications } from '../../apps/notifications/src/data-source';
import { database as orders } from '../../apps/orders/src/data-source';
import { database as payouts } from '../../apps/payouts/src/data-source';
import { database as stations } from '../../apps/stations/src/data-source';
import { database as workforce } from '../../apps/workforce/src/data-source';

/** The databases of all services, by the address that each is to have. */
export const SERVICES: Readonly<Record<string, (url: string) => PersistenceOptions>> = {
  auth: (databaseUrl) => persistence({ databaseUrl }),
  chargers,
  notifications,
  orders,
  payouts,
  stations,
  workforce,
};
