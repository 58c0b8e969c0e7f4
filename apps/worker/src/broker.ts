import {
  type BrokerUses,
  delivering,
  emails,
  feedbackExports,
  only,
  orderExports,
  orderImports,
  payoutsPayouts,
  personalDataExports,
  powerCenterExports,
  powerCenterImports,
  workerImports,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [
    emails,
    ...only(personalDataExports, 'begin', 'rows', 'heard', 'finished', 'failed'),
    delivering,
    ...only(feedbackExports, 'begin', 'rows', 'heard', 'finished', 'failed'),
    ...only(orderExports, 'begin', 'rows', 'heard', 'finished', 'failed'),
    ...only(orderImports, 'begin', 'batch', 'finished', 'failed'),
    payoutsPayouts.execute,
    ...only(powerCenterExports, 'begin', 'rows', 'heard', 'finished', 'failed'),
    ...only(powerCenterImports, 'begin', 'batch', 'finished', 'failed'),
    ...only(workerImports, 'begin', 'batch', 'finished', 'failed'),
  ],
  stores: [{ bucket: 'exports', writes: true }],
};
