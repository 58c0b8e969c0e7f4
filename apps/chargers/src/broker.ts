import {
  accountClosed,
  accountLocked,
  type BrokerUses,
  chargerConnected,
  chargerDisconnected,
  chargerReplicas,
  chargerSockets,
  connectorStatus,
  only,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
  sites,
  workforceWorkers,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [sites.members, ...only(workforceWorkers, 'byCard', 'cards')],
  consumes: [
    { as: 'chargers-accounts-closed', of: accountClosed },
    { as: 'chargers-accounts-locked', of: accountLocked },
    { as: 'chargers-cards', of: 'facts.workforce.cards.>', batch: true, from: 'new' },
    { as: 'chargers-charge-points', of: 'facts.stations.charge-points.>', batch: true },
    { as: 'chargers-orders', of: 'facts.orders.orders.>', batch: true, from: 'new' },
  ],
  publishes: [chargerConnected, chargerDisconnected, connectorStatus, sessionCompleted, sessionMetered, sessionStarted],
  links: [chargerReplicas, chargerSockets],
};
