import { aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { orderMissing } from '../refusals';
import { list } from '../shape';
import { orderListed } from '../shapes/orders';
import { exported } from './files';

/** Orders; somebody else's is not found rather than forbidden. */
export const orderOperations: readonly ReferenceOperation[] = [
  operation(27, 'Get charge point orders', 'GET /api/orders', {
    can: 'orders.view',
    answers: [answer('A-page', aPage(orderListed))],
  }),
  operation(28, 'Export orders to Excel', 'GET /api/orders/export', {
    can: 'orders.export',
    answers: exported('Orders.xlsx'),
  }),
  operation(29, 'Get a specific order', 'GET /api/orders/{orderID}', {
    can: 'orders.view',
    answers: [answer('R', orderListed)],
    refuses: [orderMissing(29)],
  }),
  operation(30, 'Get orders by charge point ID', 'GET /api/orders/charge-point/{chargePointID}', {
    can: 'orders.view',
    answers: [answer('L', list(orderListed))],
    refuses: [orderMissing(30)],
  }),
];
