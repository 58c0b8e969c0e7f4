import { aBare, aList, aObject } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { rangePrice } from '../shapes/charge-point-prices';

const OF_POWER_CENTER = '/api/charge-points/{charge_point_id}/charge-point-prices';
const one = answer('A-object', aObject(rangePrice));

/** The older wording of the validator, and snake_case for times that came in camelCase. */
const TEXTS = {
  price: ['The price must be a number.'],
  ending_time: [
    'The ending time does not match the format H:i.',
    'The ending time must be a date after starting time.',
  ],
};

/** Prices for a part of the day. */
export const chargePointPriceOperations: readonly ReferenceOperation[] = [
  operation(50, 'Get a list of range prices for a given power center.', `GET ${OF_POWER_CENTER}`, {
    can: 'prices.view',
    answers: [answer('A-list', aList(rangePrice))],
  }),
  operation(51, 'Store a new range price for a power center.', `POST ${OF_POWER_CENTER}`, {
    can: 'prices.create',
    answers: [one],
    refuses: [invalid(undefined, TEXTS)],
  }),
  operation(52, 'Retrieve a specific range price.', 'GET /api/charge-point-prices/{id}', {
    can: 'prices.view',
    answers: [one],
  }),
  operation(53, 'Update an existing range price.', 'PUT,PATCH /api/charge-point-prices/{id}', {
    can: 'prices.update',
    answers: [one],
    refuses: [invalid(undefined, TEXTS)],
  }),
  operation(54, 'Delete a range price.', 'DELETE /api/charge-point-prices/{id}', {
    can: 'prices.delete',
    answers: [answer('A-bare', aBare())],
  }),
];
