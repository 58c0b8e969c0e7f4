import { type DynamicModule, Module } from '@nestjs/common';
import {
  categories,
  chargePoints,
  groups,
  maps,
  stationsAudit,
  outboxOf,
  powerCenterCatalogue,
  powerCenterExports,
  powerCenterImports,
  rangePrices,
  sites,
  stationsBackEnds,
  stationsInternal,
  stationsOperators,
  stationsPrices,
  stats,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import {
  auditReader,
  CurrencyRatesModule,
  ExportsModule,
  importParts,
  outboxOperators,
  PersistenceModule,
  TimeZonesModule,
} from '@open-cpo/persistence';
import { BackEndsHandler } from './back-ends/back-ends.handler';
import { brokerUses } from './broker';
import { CatalogueHandler } from './catalogues/catalogue.handler';
import { CategoriesHandler } from './categories/categories.handler';
import { CardsHandler } from './charge-points/cards.handler';
import { ChargePointsHandler } from './charge-points/charge-points.handler';
import { TIME_ZONE_LOOKUP } from './charge-points/time-zone';
import { ChargingConsumer } from './charging/charging.consumer';
import type { StationsConfig } from './config';
import { database } from './data-source';
import { FiguresRebuild } from './derived/figures-rebuild';
import { OperatorsHandler } from './derived/operators.handler';
import { OrdersConsumer } from './derived/orders.consumer';
import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { PowerCentersExport } from './exports/power-centers.export';
import { UsersConsumer } from './exports/users.consumer';
import { GroupsHandler } from './groups/groups.handler';
import { PowerCenterImporter } from './imports/power-center.importer';
import { MapsHandler } from './maps/maps.handler';
import { PriceHistoryHandler } from './range-prices/price-history.handler';
import { RangePricesHandler } from './range-prices/range-prices.handler';
import { SitesHandler } from './sites/sites.handler';
import { StatsHandler } from './stats/stats.handler';
import { useCases } from './stations.providers';

const CONTROLLERS = [
  BackEndsHandler,
  CardsHandler,
  CatalogueHandler,
  CategoriesHandler,
  ChargePointsHandler,
  GroupsHandler,
  MapsHandler,
  OperatorsHandler,
  PriceHistoryHandler,
  RangePricesHandler,
  SitesHandler,
  StatsHandler,
];

const imports = importParts({ 'power-centers': PowerCenterImporter });

const SERVES = [
  categories,
  chargePoints,
  groups,
  maps,
  powerCenterCatalogue,
  powerCenterExports,
  powerCenterImports,
  rangePrices,
  sites,
  stats,
  stationsBackEnds,
  stationsInternal,
  stationsOperators,
  stationsPrices,
  outboxOf('stations'),
  stationsAudit,
];

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot(config: StationsConfig): DynamicModule {
    const { databaseUrl, databasePool, redisUrl, redisPrefix, oldestTimeZones } = config;
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'stations',
          uses: brokerUses,
          serves: SERVES,
        }),
        EventsModule,
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        TimeZonesModule.forRoot({ oldestAccepted: oldestTimeZones, lookup: TIME_ZONE_LOOKUP }),
        CurrencyRatesModule.forRoot('stations'),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        ExportsModule.forRoot({ 'power-centers': PowerCentersExport }),
      ],
      controllers: [...CONTROLLERS, outboxOperators('stations'), auditReader('stations'), ...imports.controllers],
      providers: [
        ...useCases,
        AccountClosedConsumer,
        ChargingConsumer,
        FiguresRebuild,
        OrdersConsumer,
        UsersConsumer,
        ...imports.providers,
      ],
    };
  }
}
