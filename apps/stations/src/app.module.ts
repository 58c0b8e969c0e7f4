import { type DynamicModule, Module } from '@nestjs/common';
import { categories, chargePoints, outboxOf } from '@open-cpo/contracts';
import { MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { CategoriesHandler } from './categories/categories.handler';
import { ChargePointsHandler } from './charge-points/charge-points.handler';
import { ChargingConsumer } from './charging/charging.consumer';
import type { StationsConfig } from './config';
import { database } from './data-source';
import { useCases } from './stations.providers';

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: StationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'stations', serves: [categories, chargePoints, outboxOf('stations')] }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('stations'),
      ],
      controllers: [CategoriesHandler, ChargePointsHandler, outboxOperators('stations')],
      providers: [...useCases, ChargingConsumer],
    };
  }
}
