import { example } from './example';

/** Feedback and orders. */
export const orderExamples = [
  ...example(22, '/api/feedback?itemsPerPage=10&search=slow+charging'),
  ...example(23, '/api/feedback/export'),
  ...example(24, '/api/feedback/139', { given: "feedback on a power center of the caller's under this id" }),
  ...example(27, '/api/orders?itemsPerPage=10&search=EV12345'),
  ...example(28, '/api/orders/export'),
  ...example(29, '/api/orders/12', { given: "an order of a power center of the caller's under this id" }),
  ...example(30, '/api/orders/charge-point/5', { given: "a power center of the caller's under this id" }),
];
