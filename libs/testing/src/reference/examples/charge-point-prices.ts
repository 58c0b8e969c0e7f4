import { example, notFound, refusedFields } from './example';

const AT_ONCE = { startingTime: '09:02', endingTime: '09:02' };
const NOT_AFTER = refusedFields({ ending_time: ['The ending time must be a date after starting time.'] });
const STRICTLY = 'the ending time must be strictly after the starting time';
const DIGITS = 'the printed power center is random letters; ids are digits';
const OWN = "a power center of the caller's under id 1, without range prices";
const given = "a range price of the caller's under this id";

const store = { price: 258751905.3, ...AT_ONCE };
const update = { price: 258.284235, ...AT_ONCE };

/** Range prices. Prices of any size and any number of decimals are taken, rounded half up to two. */
export const chargePointPriceExamples = [
  ...example(50, '/api/charge-points/adipisci/charge-point-prices', {
    given: OWN,
    verdict: notFound,
    fixed: { why: DIGITS, url: '/api/charge-points/1/charge-point-prices' },
  }),
  ...example(51, '/api/charge-points/aut/charge-point-prices', {
    body: store,
    given: OWN,
    verdict: notFound,
    stillRefused: [{ why: DIGITS, url: '/api/charge-points/1/charge-point-prices', verdict: NOT_AFTER }],
    fixed: {
      why: `${DIGITS}; ${STRICTLY}`,
      url: '/api/charge-points/1/charge-point-prices',
      body: { ...store, endingTime: '10:02' },
    },
  }),
  ...example(52, '/api/charge-point-prices/1', { given }),
  ...example(53, '/api/charge-point-prices/1', {
    body: update,
    given,
    verdict: NOT_AFTER,
    fixed: { why: STRICTLY, body: { ...update, endingTime: '10:02' } },
  }),
  ...example(54, '/api/charge-point-prices/1', { given }),
];
