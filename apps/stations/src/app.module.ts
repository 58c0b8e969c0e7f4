import { type DynamicModule, Module } from '@nestjs/common';
import { categories, chargePoints, maps, outboxOf, stationsOperators, stats } from '@open-cpo/contracts';
import { Batches, MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { CategoriesHandler } from './categories/categories.handler';
import { ChargePointsHandler } from './charge-points/charge-points.handler';
import { ChargingConsumer } from './charging/charging.consumer';
import type { StationsConfig } from './config';
import { database } from './data-source';
import { FiguresRebuild } from './derived/figures-rebuild';
import { OperatorsHandler } from './derived/operators.handler';
import { OrdersConsumer } from './derived/orders.consumer';
import { MapsHandler } from './maps/maps.handler';
import { StatsHandler } from './stats/stats.handler';
import { useCases } from './stations.providers';

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: StationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'stations',
          serves: [categories, chargePoints, maps, stats, stationsOperators, outboxOf('stations')],
        }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('stations'),
      ],
      controllers: [
        CategoriesHandler,
        ChargePointsHandler,
        MapsHandler,
        OperatorsHandler,
        StatsHandler,
        outboxOperators('stations'),
      ],
      providers: [...useCases, Batches, ChargingConsumer, FiguresRebuild, OrdersConsumer],
    };
  }
}
