import { aBare, aList, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { failed, invalid } from '../refusals';
import { availablePayoutMethod, payoutMethod } from '../shapes/payout-methods';
import { payout } from '../shapes/payouts';

const done = answer('A-bare', aBare());

/** Payout methods (managed by name) and payouts (requested by the method's id). */
export const payoutOperations: readonly ReferenceOperation[] = [
  operation(31, "Get user's payout methods", 'GET /api/payout-methods', {
    can: 'payout-methods.view',
    answers: [answer('A-list', aList(payoutMethod))],
  }),
  operation(32, 'Get available payout methods', 'GET /api/payout-methods/available', {
    can: 'payout-methods.view',
    answers: [answer('A-list', aList(availablePayoutMethod))],
    refuses: [invalid()],
  }),
  operation(33, 'Add a payout method', 'POST /api/payout-methods/add/{payoutMethod_name}', {
    can: 'payout-methods.create',
    answers: [done],
    refuses: [invalid()],
  }),
  operation(34, 'Update an existing payout method', 'POST /api/payout-methods/update/{payoutMethod_name}', {
    can: 'payout-methods.update',
    answers: [done],
    refuses: [invalid()],
  }),
  operation(35, 'Remove a payout method', 'DELETE /api/payout-methods/delete/{payoutMethod_name}', {
    can: 'payout-methods.delete',
    answers: [done],
  }),
  operation(36, 'Get the list of the payouts.', 'GET /api/payouts', {
    can: 'payouts.view',
    answers: [answer('A-page', aPage(payout))],
  }),
  operation(37, 'Request a payout.', 'POST /api/payouts/request-payout', {
    can: 'payouts.create',
    answers: [done],
    refuses: [invalid(), failed()],
  }),
];
