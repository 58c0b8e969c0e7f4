import { CurrencyRate, CurrencyRatesTable1700000001000, type PersistenceOptions } from '@open-cpo/persistence';
import { CashMovementEntity } from './cash/cash-movement.entity';
import { WorkerCashEntity } from './cash/worker-cash.entity';
import { Workers1763846000000 } from './migrations/1763846000000-workers';
import { Cash1763846100000 } from './migrations/1763846100000-cash';
import { Wall1763846500000 } from './migrations/1763846500000-wall';
import { WorkerEntity } from './workers/worker.entity';

/** The service's database: its tables and how they came to be. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'workforce',
  url,
  pool,
  entities: [CashMovementEntity, CurrencyRate, WorkerCashEntity, WorkerEntity],
  migrations: [CurrencyRatesTable1700000001000, Workers1763846000000, Cash1763846100000, Wall1763846500000],
});
