import { Controller } from '@nestjs/common';
import { type Caller, chargerCommands, type OrderToStop } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** Ends sessions by their orders. */
@Controller('api/orders')
export class OrderStopsController {
  constructor(private readonly bus: Bus) {}

  @Route('POST', ':id/stop', {
    title: 'Stop the session of an order',
    description:
      'Asks the charger to stop the session of an open order. The order is completed when the charger reports the end.',
    calls: chargerCommands.stopOrder,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  stop(@Input() input: OrderToStop, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.stopOrder, input, caller);
  }
}
