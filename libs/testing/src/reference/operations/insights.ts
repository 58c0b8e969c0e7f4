import { aObject } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { powerCenterCatalogue } from '../shapes/charge-points';
import { countryCatalogue } from '../shapes/countries';
import { orderReadings } from '../shapes/orders';
import { dailyStats, powerCenterRanking } from '../shapes/stats';

/** What pages for owners show beside the documented operations. */
export const insightOperations: readonly ReferenceOperation[] = [
  operation('F120', 'Get statistics of single days', 'GET /api/stats/daily', {
    can: 'stats.view',
    answers: [answer('A-object', aObject(dailyStats))],
    refuses: [invalid()],
  }),
  operation('F121', 'Rank power centers by earnings', 'GET /api/stats/power-centers', {
    can: 'stats.view',
    answers: [answer('A-object', aObject(powerCenterRanking))],
    refuses: [invalid()],
  }),
  operation('F122', 'Get the meter readings of an order', 'GET /api/orders/{orderID}/readings', {
    can: 'orders.view',
    answers: [answer('A-object', aObject(orderReadings))],
  }),
  operation('F123', 'Get the kinds of connectors, chargers and amenities', 'GET /api/catalogue', {
    open: true,
    answers: [answer('A-object', aObject(powerCenterCatalogue))],
  }),
  operation('F124', 'Get the countries and currencies to choose from', 'GET /api/catalogue/countries', {
    open: true,
    answers: [answer('A-object', aObject(countryCatalogue))],
  }),
];
