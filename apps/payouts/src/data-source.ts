import { CurrencyRate, CurrencyRatesTable1700000001000, type PersistenceOptions } from '@open-cpo/persistence';
import { LedgerCheckpoint, LedgerPosting, LedgerTransaction } from './ledger/ledger.entities';
import { PayoutMethodEntity } from './methods/method.entity';
import { Ledger1763850000000 } from './migrations/1763850000000-ledger';
import { Payouts1763850100000 } from './migrations/1763850100000-payouts';
import { Balances1763850200000 } from './migrations/1763850200000-balances';
import { Wall1763850300000 } from './migrations/1763850300000-wall';
import { Rls1795955155000 } from './migrations/1795955155000-rls';
import { Earned1795971390103 } from './migrations/1795971390103-earned';
import { MethodDelay1795960930000 } from './migrations/1795960930000-method-delay';
import { PayoutEntity } from './payouts/payout.entity';
import { ProviderEventEntity } from './providers/provider-event.entity';

/** The service's database: its tables and how they came to be. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'payouts',
  url,
  pool,
  entities: [
    CurrencyRate,
    LedgerCheckpoint,
    LedgerPosting,
    LedgerTransaction,
    PayoutEntity,
    PayoutMethodEntity,
    ProviderEventEntity,
  ],
  migrations: [
    CurrencyRatesTable1700000001000,
    Ledger1763850000000,
    Payouts1763850100000,
    Balances1763850200000,
    Wall1763850300000,
    Rls1795955155000,
    MethodDelay1795960930000,
    Earned1795971390103,
  ],
});
