import {
  CurrencyRate,
  CurrencyRatesTable1700000001000,
  ImportsTables1796000000000,
  type PersistenceOptions,
} from '@open-cpo/persistence';
import { CashMovementEntity } from './cash/cash-movement.entity';
import { WorkerCashEntity } from './cash/worker-cash.entity';
import { Workers1763846000000 } from './migrations/1763846000000-workers';
import { Cash1763846100000 } from './migrations/1763846100000-cash';
import { Wall1763846500000 } from './migrations/1763846500000-wall';
import { CashDigits1795971390105 } from './migrations/1795971390105-cash-digits';
import { Rls1795955155000 } from './migrations/1795955155000-rls';
import { WorkerRetention1795973000002 } from './migrations/1795973000002-worker-retention';
import { SearchText1795971290149 } from './migrations/1795971290149-search-text';
import { WorkerEntity } from './workers/worker.entity';

/** The service's database: its tables and how they came to be. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'workforce',
  url,
  pool,
  entities: [CashMovementEntity, CurrencyRate, WorkerCashEntity, WorkerEntity],
  migrations: [
    CurrencyRatesTable1700000001000,
    Workers1763846000000,
    Cash1763846100000,
    Wall1763846500000,
    Rls1795955155000,
    WorkerRetention1795973000002,
    CashDigits1795971390105,
    SearchText1795971290149,
    ImportsTables1796000000000,
  ],
});
