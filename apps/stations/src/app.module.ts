import { type DynamicModule, Module } from '@nestjs/common';
import { categories, chargePoints } from '@open-cpo/contracts';
import { MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, PersistenceModule } from '@open-cpo/persistence';
import { CategoriesHandler } from './categories/categories.handler';
import { CategoriesRepository } from './categories/categories.repository';
import { ChargePointPartsRepository } from './charge-points/charge-point-parts.repository';
import { ChargePointChecks } from './charge-points/charge-point.checks';
import { ChargePointNews } from './charge-points/charge-point.news';
import { ChargePointWrites } from './charge-points/charge-point.writes';
import { ChargePointsHandler } from './charge-points/charge-points.handler';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { ChargingConsumer } from './charging/charging.consumer';
import type { StationsConfig } from './config';
import { database } from './data-source';

const chargePointParts = [
  ChargePointChecks,
  ChargePointNews,
  ChargePointPartsRepository,
  ChargePointsRepository,
  ChargePointWrites,
];

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: StationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'stations', serves: [categories, chargePoints] }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('stations'),
      ],
      controllers: [CategoriesHandler, ChargePointsHandler],
      providers: [CategoriesRepository, ...chargePointParts, ChargingConsumer],
    };
  }
}
