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

  @Route('GET', '', { title: 'Get charge point orders', calls: orders.table, can: 'orders.view' })
  table(@Input() input: ListOrders, @From() caller: Caller) {
    return this.lists.page(orders.table, orders.all, input, caller);
  }

  @Route('GET', 'charge-point/:chargePointID', {
    title: 'Get orders by charge point ID',
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
    calls: orders.readings,
    can: 'orders.view',
    refuse: MISSING,
  })
  readings(@Input() input: OrderRef, @From() caller: Caller) {
    return this.bus.bytes(orders.readings, input, caller);
  }
}
