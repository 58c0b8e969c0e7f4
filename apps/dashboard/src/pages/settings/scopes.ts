import type { components } from '@open-cpo/client';

type Scope = NonNullable<components['schemas']['ApiKey']['scope']>[number];

/** What an API key may be limited to; `scope` in the texts has a name for each. */
const ALL: Record<Scope, true> = {
  view: true,
  'power-centers': true,
  chargers: true,
  prices: true,
  groups: true,
  sites: true,
  categories: true,
  workers: true,
  orders: true,
  feedback: true,
  stats: true,
  balance: true,
  'payout-methods': true,
  payouts: true,
  'api-keys': true,
  members: true,
  webhooks: true,
  account: true,
  audit: true,
};
export const SCOPES = Object.keys(ALL) as Scope[];
