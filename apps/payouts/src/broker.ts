import {
  accountClosed,
  accountFacts,
  type BrokerUses,
  confirmations,
  countries,
  currencies,
  ratesChanged,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [accountFacts, confirmations, countries.all, currencies],
  watches: [ratesChanged],
  consumes: [
    { as: 'payouts-accounts-closed', of: accountClosed },
    { as: 'payouts-orders', of: 'facts.orders.orders.>', batch: true },
    { as: 'payouts-rates', of: ratesChanged },
  ],
  stores: [{ bucket: 'UPLOADS', writes: false }],
};
