import {
  accountClosed,
  type BrokerUses,
  currencies,
  orderCompleted,
  orderReversed,
  ratesChanged,
  userChanged,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [currencies],
  watches: [ratesChanged],
  consumes: [
    { as: 'workforce-accounts-closed', of: accountClosed },
    { as: 'workforce-cash-collected', of: orderCompleted },
    { as: 'workforce-cash-reversed', of: orderReversed },
    { as: 'workforce-rates', of: ratesChanged },
    { as: 'workforce-users', of: userChanged },
  ],
};
