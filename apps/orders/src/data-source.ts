import {
  CurrencyRate,
  CurrencyRatesTable1700000001000,
  ExportsTable1700000002000,
  ImportsTables1796000000000,
  type PersistenceOptions,
} from '@open-cpo/persistence';
import { KnownElsewhere1763846100000 } from './migrations/1763846100000-known-elsewhere';
import { Orders1763846200000 } from './migrations/1763846200000-orders';
import { Sessions1763846300000 } from './migrations/1763846300000-sessions';
import { Feedback1763846400000 } from './migrations/1763846400000-feedback';
import { Wall1763846500000 } from './migrations/1763846500000-wall';
import { Rls1795955155000 } from './migrations/1795955155000-rls';
import { Owners1795955025507 } from './migrations/1795955025507-owners';
import { Amounts1795956234121 } from './migrations/1795956234121-amounts';
import { Earned1795971390101 } from './migrations/1795971390101-earned';
import { HeldForReview1795959500000 } from './migrations/1795959500000-held-for-review';
import { SearchText1795971290150 } from './migrations/1795971290150-search-text';
import { History1795996000001 } from './migrations/1795996000001-history';
import { BackEnds1795999557284 } from './migrations/1795999557284-back-ends';
import { StoredAt1796040600000 } from './migrations/1796040600000-stored-at';
import { EventIds1796066400000 } from './migrations/1796066400000-event-ids';
import { RequestedUnit1796135952000 } from './migrations/1796135952000-requested-unit';

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
    Rls1795955155000,
    Owners1795955025507,
    Amounts1795956234121,
    HeldForReview1795959500000,
    Earned1795971390101,
    SearchText1795971290150,
    History1795996000001,
    BackEnds1795999557284,
    ImportsTables1796000000000,
    StoredAt1796040600000,
    EventIds1796066400000,
    RequestedUnit1796135952000,
  ],
});
