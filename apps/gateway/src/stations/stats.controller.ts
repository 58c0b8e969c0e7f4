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

  @Route('GET', 'stats', { title: 'User insights', calls: stats.all, can, cached: POWER_CENTERS })
  all(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.all, input, caller);
  }

  /** By the calendars of the power centers, which `time_zones` names. */
  @Route('GET', 'stats/daily', {
    title: 'Get statistics of single days',
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
    calls: stats.ranking,
    can,
    cached: POWER_CENTERS,
  })
  ranking(@Input() input: RankingQuery, @From() caller: Caller) {
    return this.bus.bytes(stats.ranking, input, caller);
  }

  @Route('GET', 'charge-points/sustainability', {
    title: 'Power center green trace',
    calls: stats.sustainability,
    can,
    cached: POWER_CENTERS,
  })
  sustainability(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.sustainability, input, caller);
  }

  @Route('GET', 'charge-points/:id/stats', {
    title: 'Get power center statistics',
    calls: stats.one,
    can,
    cached: POWER_CENTERS,
    envelope: RAW,
  })
  one(@Input() input: ChargePointRef, @From() caller: Caller) {
    return this.bus.bytes(stats.one, input, caller);
  }
}
