import {
  accountClosed,
  type BrokerUses,
  countries,
  currencies,
  exportEnded,
  feedbackGiven,
  ordersInternal,
  ratesChanged,
  userChanged,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [countries.all, currencies, ordersInternal],
  watches: [ratesChanged],
  consumes: [
    { as: 'stations-accounts-closed', of: accountClosed },
    { as: 'stations-chargers', of: 'charging.charger.>', batch: true },
    { as: 'stations-connector-status', of: 'charging.connector.>', batch: true },
    { as: 'stations-feedback', of: feedbackGiven },
    { as: 'stations-orders', of: 'facts.orders.orders.>', batch: true },
    { as: 'stations-rates', of: ratesChanged },
    { as: 'stations-users', of: userChanged },
  ],
  publishes: [exportEnded],
};
