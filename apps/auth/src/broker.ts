import {
  apiKeyRevoked,
  balanceChanged,
  type BrokerUses,
  chargePoints,
  chargerFaulted,
  exportEnded,
  keysChanged,
  payoutsAccounts,
  payoutsMethods,
  payoutsNotice,
  payoutsStops,
  sessionRevoked,
  userChanged,
  webhookDisabled,
  webhooksNotice,
} from '@open-cpo/contracts';

/** What this app does at the broker. */
export const brokerUses: BrokerUses = {
  calls: [payoutsAccounts, payoutsMethods.mine, payoutsStops.mint, chargePoints.table],
  consumes: [
    { as: 'auth-balances', of: balanceChanged },
    { as: 'auth-charger-faults', of: chargerFaulted, from: 'new' },
    { as: 'auth-payout-notices', of: payoutsNotice, from: 'new' },
    { as: 'auth-webhook-notices', of: webhooksNotice, from: 'new' },
    { as: 'auth-webhooks', of: webhookDisabled, from: 'new' },
  ],
  publishes: [apiKeyRevoked, exportEnded, keysChanged, sessionRevoked, userChanged],
};
