import { CurrencyRate, CurrencyRatesTable1700000001000, type PersistenceOptions } from '@open-cpo/persistence';
import { AmenityEntity, ChargerTypeEntity, ConnectorTypeEntity } from './catalogues/catalogues.entities';
import { CategoryEntity } from './categories/category.entity';
import { ChargePointAmenityEntity, ChargePointConnectorEntity } from './charge-points/charge-point-parts.entities';
import { ChargePointEntity } from './charge-points/charge-point.entity';
import { ChargePointDayEntity, ChargePointOrderEntity, ChargePointRatingEntity } from './derived/figures.entities';
import { Categories1763845200000 } from './migrations/1763845200000-categories';
import { Catalogues1763845300000 } from './migrations/1763845300000-catalogues';
import { ChargePoints1763845400000 } from './migrations/1763845400000-charge-points';
import { Figures1763845900000 } from './migrations/1763845900000-figures';

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
    CurrencyRate,
  ],
  migrations: [
    CurrencyRatesTable1700000001000,
    Categories1763845200000,
    Catalogues1763845300000,
    ChargePoints1763845400000,
    Figures1763845900000,
  ],
});
