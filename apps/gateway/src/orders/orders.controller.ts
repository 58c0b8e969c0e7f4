import { Controller } from '@nestjs/common';
import { type Caller, type ListOrders, type OrderRef, orders, type OrdersOfChargePoint } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { RAW } from '../http/answers/success';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const MISSING = { notFound: 'Order not found' } as const;

@Controller('api/orders')
export class OrdersController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', '', {
    title: 'Get charge point orders',
    description:
      'One page of the orders of the account, searched and sorted, newest first, with the total number of matches.',
    calls: orders.table,
    can: 'orders.view',
  })
  table(@Input() input: ListOrders, @From() caller: Caller) {
    return this.lists.page(orders.table, orders.all, input, caller);
  }

  @Route('GET', 'charge-point/:chargePointID', {
    title: 'Get orders by charge point ID',
    description: 'Lists the orders of one power center, newest first.',
    calls: orders.ofChargePoint,
    can: 'orders.view',
    envelope: RAW,
    refuse: MISSING,
    refusals: [404],
  })
  ofChargePoint(@Input() input: OrdersOfChargePoint, @From() caller: Caller) {
    return this.lists.all(orders.ofChargePoint, input, caller);
  }

  @Route('GET', ':orderID', {
    title: 'Get a specific order',
    description: "Answers an order with its power center and the prices that applied, in the caller's currency.",
    calls: orders.one,
    can: 'orders.view',
    envelope: RAW,
    refuse: MISSING,
  })
  one(@Input() input: OrderRef, @From() caller: Caller) {
    return this.bus.bytes(orders.one, input, caller);
  }

  @Route('GET', ':orderID/readings', {
    title: 'Get the meter readings of an order',
    description: 'Lists what the charger reported during the session: time, energy, power and state of charge.',
    calls: orders.readings,
    can: 'orders.view',
    refuse: MISSING,
  })
  readings(@Input() input: OrderRef, @From() caller: Caller) {
    return this.bus.bytes(orders.readings, input, caller);
  }
}
