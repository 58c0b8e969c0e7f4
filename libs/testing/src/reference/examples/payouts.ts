import { example, notFound, refusedFields } from './example';

const IDENTITY = {
  fullname: 'John Doe',
  userType: 'individual',
  address: '123 Main Street, City, Country',
  TIN: '123-45-6789',
  id: '0501234567',
  email: 'owner@example.com',
};

const NO_METHOD = 'the printed name is random letters; the only method the reference attests is stripe';
const ADDED = 'stripe among the added methods of the caller';
const methods = '/api/payout-methods';

/** Payout methods and payouts. */
export const payoutExamples = [
  ...example(31, methods),
  ...example(32, `${methods}/available`, { given: 'a caller with a country' }),
  ...example(33, `${methods}/add/nam`, {
    body: IDENTITY,
    given: 'a caller whose country offers stripe and who has not added it',
    verdict: notFound,
    fixed: { why: NO_METHOD, url: `${methods}/add/stripe` },
  }),
  ...example(34, `${methods}/update/aut`, {
    body: IDENTITY,
    given: ADDED,
    verdict: notFound,
    fixed: { why: NO_METHOD, url: `${methods}/update/stripe` },
  }),
  ...example(35, `${methods}/delete/vero`, {
    given: ADDED,
    verdict: notFound,
    fixed: { why: NO_METHOD, url: `${methods}/delete/stripe` },
  }),
  ...example(36, '/api/payouts?itemsPerPage=13'),
  ...example(37, '/api/payouts/request-payout', {
    body: { payoutMethod: 2 },
    given: 'a positive balance, and method 1 (but not 2) among the added methods of the caller',
    verdict: refusedFields({ payout_method: ['The selected payout method is invalid.'] }),
    fixed: { why: 'the method must be one that the caller has added', body: { payoutMethod: 1 } },
  }),
];
