import { BatchInbox } from '@open-cpo/persistence';
import { CategoriesRepository } from './categories/categories.repository';
import { ChargePointPartsRepository } from './charge-points/charge-point-parts.repository';
import { ChargePointChecks } from './charge-points/charge-point.checks';
import { ChargePointLinks } from './charge-points/charge-point.links';
import { ChargePointNews } from './charge-points/charge-point.news';
import { ChargePointWrites } from './charge-points/charge-point.writes';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { BackEndsRepository } from './back-ends/back-ends.repository';
import { ChargerStates } from './charging/charger-states';
import { ChargerStatesRepository } from './charging/charger-states.repository';
import { UnknownReports } from './charging/unknown-reports';
import { GroupWrites } from './groups/group.writes';
import { GroupsRepository } from './groups/groups.repository';
import { PriceNews } from './range-prices/price.news';
import { RangePriceWrites } from './range-prices/range-price.writes';
import { RangePricesRepository } from './range-prices/range-prices.repository';
import { Countries } from './sites/countries';
import { SiteWrites } from './sites/site.writes';
import { SitesRepository } from './sites/sites.repository';
import { FiguresRepository } from './derived/figures.repository';
import { OrderEffects } from './derived/order-effects';
import { ReadModelUpdates } from './derived/read-model-updates';
import { MapsRepository } from './maps/maps.repository';
import { StatsRepository } from './stats/stats.repository';

/** The use cases and what they need, for everyone who enters: requests, chargers, the demo. */
export const useCases = [
  BackEndsRepository,
  BatchInbox,
  CategoriesRepository,
  ChargePointChecks,
  ChargePointLinks,
  ChargePointNews,
  ChargePointPartsRepository,
  ChargePointsRepository,
  ChargePointWrites,
  ChargerStates,
  ChargerStatesRepository,
  Countries,
  GroupWrites,
  GroupsRepository,
  PriceNews,
  RangePriceWrites,
  RangePricesRepository,
  SiteWrites,
  SitesRepository,
  FiguresRepository,
  MapsRepository,
  OrderEffects,
  ReadModelUpdates,
  StatsRepository,
  UnknownReports,
];
