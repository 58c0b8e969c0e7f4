import { CategoriesRepository } from './categories/categories.repository';
import { ChargePointPartsRepository } from './charge-points/charge-point-parts.repository';
import { ChargePointChecks } from './charge-points/charge-point.checks';
import { ChargePointNews } from './charge-points/charge-point.news';
import { ChargePointWrites } from './charge-points/charge-point.writes';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { ChargerStates } from './charging/charger-states';
import { FiguresRepository } from './derived/figures.repository';
import { OrderEffects } from './derived/order-effects';
import { ShownElsewhere } from './derived/shown-elsewhere';
import { MapsRepository } from './maps/maps.repository';
import { StatsRepository } from './stats/stats.repository';

/** The use cases and what they need, for everyone who enters: requests, chargers, the demo. */
export const useCases = [
  CategoriesRepository,
  ChargePointChecks,
  ChargePointNews,
  ChargePointPartsRepository,
  ChargePointsRepository,
  ChargePointWrites,
  ChargerStates,
  FiguresRepository,
  MapsRepository,
  OrderEffects,
  ShownElsewhere,
  StatsRepository,
];
