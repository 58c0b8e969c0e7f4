import { type ChargePointCard, type ChargePointChanged, chargePointChanged } from '@open-cpo/contracts';

export const tokenOf = (id: number): string => `EV_CHARGER_${String(id).padStart(13, '0')}`;

const card = (id: number, account: number): ChargePointCard => ({
  id,
  identifier: `CP:${id}`,
  category: 'EV_CHARGER',
  title: `Power center ${id}`,
  description: null,
  latitude: '36.630753',
  longitude: '2.945236',
  listed: true,
  distance: null,
  type: null,
  status: 'available',
  image: 'http://api.test/images/charge-point-1.jpeg',
  session_limit_type: null,
  session_limit_value: 0,
  online_status: 1,
  configured: 1,
  rating: '0.00',
  owner_id: account,
  address: {
    address_line_1: 'Tassala',
    address_line_2: null,
    address_line_3: null,
    zipcode: null,
    city: null,
    state: null,
  },
  token: tokenOf(id),
  contact_number: null,
  open_time: null,
  close_time: null,
  total_energy: 0,
  total_sessions_time: 0,
  connectors: [
    {
      id: 3,
      name: 'Type 2',
      icon: 'http://icons.test/t2.png',
      type: '',
      max_power: 22,
      status: 'available',
      number: 1,
    },
  ],
  amenities: [],
  price_unit: 'minutes',
  orders_count: 0,
  price_usd: 2,
  is_external: false,
  is_in_use: false,
  is_reserved: false,
  available: true,
  next_reservation_near_now: null,
  external_details: null,
  booked_by_current_user: false,
  used_by_current_user: false,
});

/** A power center as stations publishes it: 2 USD a minute unless it is said otherwise; its connector has the id 10 × its own. */
export function chargePointFact(id: number, account: number, more: object = {}) {
  const shown = { ...card(id, account), ...more };
  const usd = String(shown.price_usd);
  const payload: ChargePointChanged = {
    id,
    account_id: account,
    time_zone: account === 1 ? 'Africa/Algiers' : 'Asia/Amman',
    price: { amount: usd, currency: 'USD', usd },
    connectors: [{ id: id * 10, type_id: 3, number: 1, status: 'available' }],
    card: shown,
  };
  return { domainEvent: chargePointChanged, payload };
}
