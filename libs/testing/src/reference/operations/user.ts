import { aList, aObject } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { payoutMethod } from '../shapes/payout-methods';
import { stats } from '../shapes/stats';
import { balance, permissionNames, roleNames, subscribed, unsubscribed, user } from '../shapes/user';

/** The caller's own data: the reference shows only captures of a broken environment, the bodies are decided. */
export const userOperations: readonly ReferenceOperation[] = [
  operation(8, 'User data', 'GET /api/user', { answers: [answer('A-object', aObject(user))] }),
  operation(9, 'Balance', 'GET /api/user/balance', {
    can: 'balance.view',
    answers: [answer('A-object', aObject(balance))],
  }),
  operation(10, 'Payout methods', 'GET /api/user/payout-methods', {
    can: 'payout-methods.view',
    answers: [answer('A-list', aList(payoutMethod))],
  }),
  operation(11, 'User insights', 'GET /api/stats', {
    can: 'stats.view',
    answers: [answer('A-object', aObject(stats))],
  }),
  operation(12, 'Permissions', 'GET /api/user/permissions', {
    answers: [answer('A-list', aObject(permissionNames))],
  }),
  operation(13, 'Roles', 'GET /api/user/roles', { answers: [answer('A-list', aObject(roleNames))] }),
  operation(14, 'Subscribe', 'GET /api/user/subscribe', {
    can: 'account.update',
    answers: [answer('A-object', aObject(subscribed))],
  }),
  operation(15, 'Unsubscribe', 'GET /api/user/unsubscribe', {
    can: 'account.update',
    answers: [answer('A-object', aObject(unsubscribed))],
  }),
];
