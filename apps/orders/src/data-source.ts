import {
  CurrencyRate,
  CurrencyRatesTable1700000001000,
  ExportsTable1700000002000,
  type PersistenceOptions,
} from '@open-cpo/persistence';
import { KnownElsewhere1763846100000 } from './migrations/1763846100000-known-elsewhere';
import { Orders1763846200000 } from './migrations/1763846200000-orders';
import { Sessions1763846300000 } from './migrations/1763846300000-sessions';
import { Feedback1763846400000 } from './migrations/1763846400000-feedback';
import { Wall1763846500000 } from './migrations/1763846500000-wall';

/** The service's database. Its tables are written many rows at a time, in SQL, and have no entities. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'orders',
  url,
  pool,
  entities: [CurrencyRate],
  migrations: [
    CurrencyRatesTable1700000001000,
    ExportsTable1700000002000,
    KnownElsewhere1763846100000,
    Orders1763846200000,
    Sessions1763846300000,
    Feedback1763846400000,
    Wall1763846500000,
  ],
});
