import { aBare, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { Answer, ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { group, groupWithPowerCenters } from '../shapes/groups';

const ASKED = 'power-centers=1';
const NAME = { name: ['The name field is required.'] };
const one = answer('A-object', aObject(group));
const page: readonly [Answer, Answer] = [
  answer('A-page', aPage(group)),
  answer('A-page', aPage(groupWithPowerCenters), { when: ASKED }),
];

/** Groups of power centers; the plain list is paged too. */
export const groupOperations: readonly ReferenceOperation[] = [
  operation(55, 'Groups list. (datatable)', 'GET /api/charge-point-groups/datatable', {
    can: 'groups.view',
    answers: page,
  }),
  operation(56, 'Groups list.', 'GET /api/charge-point-groups', { can: 'groups.view', answers: page }),
  operation(57, 'Create a new group.', 'POST /api/charge-point-groups', {
    can: 'groups.create',
    answers: [one],
    refuses: [invalid('Validation error', NAME)],
  }),
  operation(58, 'Get details of a specific group.', 'GET /api/charge-point-groups/{id}', {
    can: 'groups.view',
    answers: [one, answer('A-object', aObject(groupWithPowerCenters), { when: ASKED })],
  }),
  operation(59, 'Update an existing group.', 'PUT,PATCH /api/charge-point-groups/{id}', {
    can: 'groups.update',
    answers: [one],
    refuses: [invalid('Validation failed.', NAME)],
  }),
  operation(60, 'Delete a group.', 'DELETE /api/charge-point-groups/{id}', {
    can: 'groups.delete',
    answers: [answer('A-bare', aBare())],
  }),
];
