import { accountClosed, type BrokerUses, feedGrown, payoutChanged, userChanged } from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  consumes: [
    { as: 'notifications-accounts-closed', of: accountClosed },
    { as: 'notifications-chargers', of: 'facts.chargers.faults.>', batch: true, from: 'new' },
    { as: 'notifications-feedback', of: 'facts.orders.feedback.>', batch: true, from: 'new' },
    { as: 'notifications-orders', of: 'facts.orders.orders.>', batch: true, from: 'new' },
    { as: 'notifications-payouts', of: payoutChanged, batch: true, from: 'new' },
    { as: 'notifications-power-centers', of: 'facts.stations.charge-points.>', batch: true },
    { as: 'notifications-users', of: userChanged },
  ],
  publishes: [feedGrown],
};
