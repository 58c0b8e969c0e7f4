import type { ChargePointChanged, OrderCompleted, PayoutChanged } from '@open-cpo/contracts';

/** A completed order as the orders service publishes it. */
export const orderOf = (order_id: number, account_id = 1, more: Partial<OrderCompleted> = {}): OrderCompleted => ({
  order_id,
  account_id,
  charge_point_id: 12,
  connector_number: 1,
  revision: 1,
  day: '2025-05-12',
  completed_at: '2025-05-12T09:02:00.000Z',
  minutes: '51.7700',
  energy: '1.5600',
  price_usd: '102.00000000',
  earning_usd: '15.30000000',
  fees_usd: '1.00000000',
  payment: 'electronic',
  worker_id: null,
  cash_amount: null,
  cash_currency: null,
  ...more,
});

/** A power center as the stations service publishes it, as far as it is read here. */
export const powerCenterOf = (id: number, account_id: number, status: string, more: object = {}): ChargePointChanged =>
  ({
    id,
    account_id,
    time_zone: 'UTC',
    price: null,
    connectors: [],
    card: {
      id,
      identifier: `PS_${id}`,
      title: `Power center ${id}`,
      status,
      online_status: 1,
      is_in_use: status === 'busy',
      available: status === 'available',
      connectors: [{ id: 3, name: 'Type 1', icon: '', type: '', max_power: 7, status, number: 1 }],
      ...more,
    },
  }) as unknown as ChargePointChanged;

export const payoutOf = (id: number, account_id = 1, status: PayoutChanged['status'] = 'pending'): PayoutChanged => ({
  id,
  account_id,
  payout_method_id: 1,
  user_id: 11,
  goes_to: '******4567',
  amount: '953.47',
  currency: 'DZD',
  status,
  response: 'The provider is being asked.',
  created_at: '2025-05-12T09:02:00.000000Z',
  updated_at: '2025-05-12T09:02:00.000000Z',
});
