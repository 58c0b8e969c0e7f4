import { aBare, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { worker } from '../shapes/workers';

const one = answer('A-object', aObject(worker));
const page = answer('A-page', aPage(worker));
const done = answer('A-bare', aBare());

/** Fields are called by their display names. */
const refuses = [
  invalid(undefined, {
    first_name: ['The firstname field is required.'],
    last_name: ['The lastname field is required.'],
    email: ['The e-mail address field is required.'],
    rfid: ['The rfid field is required.'],
    expire_at: ['The expiration date field is required.'],
  }),
];

/** Workers; the plain list is a page of everything. */
export const workerOperations: readonly ReferenceOperation[] = [
  operation(67, 'Workers list. (datatable)', 'GET /api/workers/datatable', { can: 'workers.view', answers: [page] }),
  operation(68, "Reset a worker's balance.", 'GET /api/workers/{worker_id}/reset-balance', {
    can: 'workers.update',
    answers: [done],
  }),
  operation(69, 'Workers list.', 'GET /api/workers', { can: 'workers.view', answers: [page] }),
  operation(70, 'Create a new worker.', 'POST /api/workers', { can: 'workers.create', answers: [one], refuses }),
  operation(71, 'Get details of a specific worker.', 'GET /api/workers/{id}', {
    can: 'workers.view',
    answers: [one],
  }),
  operation(72, 'Update an existing worker.', 'PUT,PATCH /api/workers/{id}', {
    can: 'workers.update',
    answers: [one],
    refuses,
  }),
  operation(73, 'Delete a worker.', 'DELETE /api/workers/{id}', { can: 'workers.delete', answers: [done] }),
];
