import { example } from './example';

const JOHN = {
  first_name: 'John',
  last_name: 'Doe',
  email: 'owner@example.com',
  rfid: '123456789012',
  expire_at: '2025-12-31',
};

const given = "a worker of the caller's under this id";
const unused = 'no other worker of the caller with this card';

/** Workers. */
export const workerExamples = [
  ...example(67, '/api/workers/datatable?search=ducimus&itemsPerPage=11'),
  ...example(68, '/api/workers/1/reset-balance', { given }),
  ...example(69, '/api/workers?search=temporibus'),
  ...example(70, '/api/workers', { body: JOHN, given: unused }),
  ...example(71, '/api/workers/1', { given }),
  ...example(72, '/api/workers/1', { body: JOHN, given: `${given}; ${unused}` }),
  ...example(73, '/api/workers/1', { given }),
];
