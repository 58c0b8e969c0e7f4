import { Controller } from '@nestjs/common';
import { type Caller, type ChargePointOrdersRef, orders } from '@open-cpo/contracts';
import { RAW } from '../http/answers/success';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

@Controller('api/charge-points')
export class ChargePointOrdersController {
  constructor(private readonly lists: Lists) {}

  @Route('GET', ':id/orders', {
    title: 'Get power center orders',
    description:
      'Lists the orders of one power center as a bare array, newest first. Earnings are numbers, as published.',
    calls: orders.ofPowerCenter,
    can: 'orders.view',
    envelope: RAW,
    refusals: [403, 404],
  })
  orders(@Input() input: ChargePointOrdersRef, @From() caller: Caller) {
    return this.lists.all(orders.ofPowerCenter, input, caller);
  }
}
