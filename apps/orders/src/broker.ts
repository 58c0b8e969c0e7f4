import {
  accountClosed,
  accountFacts,
  backEndGranted,
  type BrokerUses,
  currencies,
  exportEnded,
  ratesChanged,
  stationsInternal,
  stationsPrices,
  userChanged,
  workforceWorkers,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [accountFacts, currencies, stationsInternal, stationsPrices, workforceWorkers.byCard],
  watches: [ratesChanged],
  consumes: [
    { as: 'orders-accounts-closed', of: accountClosed },
    { as: 'orders-back-ends', of: backEndGranted },
    { as: 'orders-charge-points', of: 'facts.stations.charge-points.>', batch: true },
    { as: 'orders-feedback', of: 'charging.feedback.>', batch: true },
    { as: 'orders-rates', of: ratesChanged },
    { as: 'orders-sessions', of: 'charging.session.>', batch: true },
    { as: 'orders-users', of: userChanged },
  ],
  publishes: [exportEnded],
};
