import { Controller } from '@nestjs/common';
import { type Caller, type ChargePointRef, type Nothing, stats } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { RAW } from '../http/answers/success';
import { From, Input, Route } from '../http/route';

const can = 'stats.view';

/** What power centers sold, and what that saved. */
@Controller('api')
export class StatsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', 'stats', { title: 'User insights', calls: stats.all, can })
  all(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.all, input, caller);
  }

  @Route('GET', 'charge-points/sustainability', {
    title: 'Power center green trace',
    calls: stats.sustainability,
    can,
  })
  sustainability(@Input() input: Nothing, @From() caller: Caller) {
    return this.bus.bytes(stats.sustainability, input, caller);
  }

  @Route('GET', 'charge-points/:id/stats', {
    title: 'Get power center statistics',
    calls: stats.one,
    can,
    envelope: RAW,
  })
  one(@Input() input: ChargePointRef, @From() caller: Caller) {
    return this.bus.bytes(stats.one, input, caller);
  }
}
