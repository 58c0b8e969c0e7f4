import type { PersistenceOptions } from '@open-cpo/persistence';
import { Chargers1796041000000 } from './migrations/1796041000000-chargers';
import { ChargePointTokens1796048100000 } from './migrations/1796048100000-charge-point-tokens';
import { TransactionEvents1796068000000 } from './migrations/1796068000000-transaction-events';
import { Commands1796070000000 } from './migrations/1796070000000-commands';
import { Faults1796072000000 } from './migrations/1796072000000-faults';
import { Refused1796074000000 } from './migrations/1796074000000-refused';
import { TransactionBounds1796076000000 } from './migrations/1796076000000-transaction-bounds';

/** The service's database. Its tables are written in SQL and have no entities. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'chargers',
  url,
  pool,
  migrations: [
    Chargers1796041000000,
    ChargePointTokens1796048100000,
    TransactionEvents1796068000000,
    Commands1796070000000,
    Faults1796072000000,
    Refused1796074000000,
    TransactionBounds1796076000000,
  ],
});
