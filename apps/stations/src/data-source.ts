import {
  CurrencyRate,
  CurrencyRatesTable1700000001000,
  ExportsTable1700000002000,
  ImportsTables1796000000000,
  type PersistenceOptions,
} from '@open-cpo/persistence';
import { AmenityEntity, ChargerTypeEntity, ConnectorTypeEntity } from './catalogues/catalogues.entities';
import { CategoryEntity } from './categories/category.entity';
import { ChargePointAmenityEntity, ChargePointConnectorEntity } from './charge-points/charge-point-parts.entities';
import { ChargePointEntity } from './charge-points/charge-point.entity';
import { ChargePointDayEntity, ChargePointOrderEntity, ChargePointRatingEntity } from './derived/figures.entities';
import { GroupEntity, GroupMemberEntity } from './groups/group.entity';
import { Categories1763845200000 } from './migrations/1763845200000-categories';
import { Catalogues1763845300000 } from './migrations/1763845300000-catalogues';
import { ChargePoints1763845400000 } from './migrations/1763845400000-charge-points';
import { RangePrices1763845500000 } from './migrations/1763845500000-range-prices';
import { Groups1763845600000 } from './migrations/1763845600000-groups';
import { Sites1763845700000 } from './migrations/1763845700000-sites';
import { Figures1763845900000 } from './migrations/1763845900000-figures';
import { Wall1763846500000 } from './migrations/1763846500000-wall';
import { Rls1795955155000 } from './migrations/1795955155000-rls';
import { RangePriceEntity } from './range-prices/range-price.entity';
import { CountryEntity, SiteAddressEntity, SiteEntity } from './sites/site.entity';
import { Earned1795971390102 } from './migrations/1795971390102-earned';
import { FaultedFlag1795960200000 } from './migrations/1795960200000-faulted-flag';
import { PriceHistory1795956234114 } from './migrations/1795956234114-price-history';
import { SearchText1795971290148 } from './migrations/1795971290148-search-text';
import { TimeZoneSet1795996800000 } from './migrations/1795996800000-time-zone-set';
import { OrdersCount1795999300002 } from './migrations/1795999300002-orders-count';
import { BackEnds1795999557283 } from './migrations/1795999557283-back-ends';
import { SortedLists1796078000000 } from './migrations/1796078000000-sorted-lists';
import { CountShards1796080000000 } from './migrations/1796080000000-count-shards';

const MIGRATIONS = [
  CurrencyRatesTable1700000001000,
  ExportsTable1700000002000,
  Categories1763845200000,
  Catalogues1763845300000,
  ChargePoints1763845400000,
  RangePrices1763845500000,
  Groups1763845600000,
  Sites1763845700000,
  Figures1763845900000,
  Wall1763846500000,
  Rls1795955155000,
  PriceHistory1795956234114,
  FaultedFlag1795960200000,
  Earned1795971390102,
  SearchText1795971290148,
  TimeZoneSet1795996800000,
  OrdersCount1795999300002,
  BackEnds1795999557283,
  ImportsTables1796000000000,
  SortedLists1796078000000,
  CountShards1796080000000,
];

/** The service's database: its tables and how they came to be. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'stations',
  url,
  pool,
  entities: [
    AmenityEntity,
    CategoryEntity,
    ChargePointAmenityEntity,
    ChargePointConnectorEntity,
    ChargePointDayEntity,
    ChargePointEntity,
    ChargePointOrderEntity,
    ChargePointRatingEntity,
    ChargerTypeEntity,
    ConnectorTypeEntity,
    CountryEntity,
    CurrencyRate,
    GroupEntity,
    GroupMemberEntity,
    RangePriceEntity,
    SiteAddressEntity,
    SiteEntity,
  ],
  migrations: MIGRATIONS,
});
