import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargePointRef,
  type DailyStatsQuery,
  type Nothing,
  type RankingQuery,
  stats,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { RAW } from '../http/answers/success';
import { POWER_CENTERS } from '../http/caching/cache-versions';
import { From, Input, Route } from '../http/route';

const can = 'stats.view';

/** What power centers sold, and what that saved. */
@Controller('api')
export class StatsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', 'stats', {
    title: 'User insights',
    description:
      'Answers earnings, energy, charging time and number of orders of all power centers: since midnight, in the last 7 days (`thisWeek`) and in the last month (`thisMonth`).',
    calls: stats.all,
    can,
    cached: POWER_CENTERS,
  })
  all(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.all, input, caller);
  }

  /** By the calendars of the power centers, which `time_zones` names. */
  @Route('GET', 'stats/daily', {
    title: 'Get statistics of single days',
    description:
      "Answers the figures of each day of a period, of the account, one site or one power center, and their total. A day is that of the power center's time zone.",
    calls: stats.daily,
    can,
    cached: POWER_CENTERS,
    refusals: [404],
  })
  daily(@Input() input: DailyStatsQuery, @From() caller: Caller) {
    return this.bus.bytes(stats.daily, input, caller);
  }

  @Route('GET', 'stats/power-centers', {
    title: 'Rank power centers by earnings',
    description: 'Answers the power centers with the highest and the lowest earnings in a period.',
    calls: stats.ranking,
    can,
    cached: POWER_CENTERS,
  })
  ranking(@Input() input: RankingQuery, @From() caller: Caller) {
    return this.bus.bytes(stats.ranking, input, caller);
  }

  @Route('GET', 'charge-points/sustainability', {
    title: 'Power center green trace',
    description:
      "Answers how many tonnes of CO2 the energy of the account's power centers has saved, with three decimals.",
    calls: stats.sustainability,
    can,
    cached: POWER_CENTERS,
  })
  sustainability(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.sustainability, input, caller);
  }

  @Route('GET', 'charge-points/:id/stats', {
    title: 'Get power center statistics',
    description:
      'Answers earnings, energy, charging time and number of orders of a power center: since midnight, in the last 7 days (`thisWeek`) and in the last month (`thisMonth`).',
    calls: stats.one,
    can,
    cached: POWER_CENTERS,
    envelope: RAW,
  })
  one(@Input() input: ChargePointRef, @From() caller: Caller) {
    return this.bus.bytes(stats.one, input, caller);
  }
}
