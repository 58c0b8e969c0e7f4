import { type DynamicModule, Module } from '@nestjs/common';
import {
  categories,
  chargePoints,
  groups,
  maps,
  outboxOf,
  powerCenterExports,
  rangePrices,
  sites,
  stationsInternal,
  stationsOperators,
  stats,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { Batches, MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, ExportsModule, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { CategoriesHandler } from './categories/categories.handler';
import { CardsHandler } from './charge-points/cards.handler';
import { ChargePointsHandler } from './charge-points/charge-points.handler';
import { ChargingConsumer } from './charging/charging.consumer';
import type { StationsConfig } from './config';
import { database } from './data-source';
import { FiguresRebuild } from './derived/figures-rebuild';
import { OperatorsHandler } from './derived/operators.handler';
import { OrdersConsumer } from './derived/orders.consumer';
import { PowerCentersExport } from './exports/power-centers.export';
import { GroupsHandler } from './groups/groups.handler';
import { MapsHandler } from './maps/maps.handler';
import { RangePricesHandler } from './range-prices/range-prices.handler';
import { SitesHandler } from './sites/sites.handler';
import { StatsHandler } from './stats/stats.handler';
import { useCases } from './stations.providers';

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: StationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'stations',
          serves: [
            categories,
            chargePoints,
            groups,
            maps,
            powerCenterExports,
            rangePrices,
            sites,
            stats,
            stationsInternal,
            stationsOperators,
            outboxOf('stations'),
          ],
        }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('stations'),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        ExportsModule.forRoot({ 'power-centers': PowerCentersExport }),
      ],
      controllers: [
        CardsHandler,
        CategoriesHandler,
        ChargePointsHandler,
        GroupsHandler,
        MapsHandler,
        OperatorsHandler,
        RangePricesHandler,
        SitesHandler,
        StatsHandler,
        outboxOperators('stations'),
      ],
      providers: [...useCases, Batches, ChargingConsumer, FiguresRebuild, OrdersConsumer],
    };
  }
}
