import type { ChargePointFull } from '@open-cpo/contracts';
import type { WholeRow } from './charge-point.rows';
import { cardView, fullJson, integrationJson, listRowView, priceIn, rowView, type Viewer } from './charge-point.views';

const addresses = { publicUrl: 'http://api.test', storage: 'http://icons.test' };
const inDinars: Viewer = { ownerId: 11, currency: 'DZD', rate: '136.209406', now: new Date('2025-05-12T23:30:00Z') };
const row = {
  id: 24,
  title: 'x',
  identifier: 'PS_1',
  listed: true,
  rating: '4.50',
  configured: true,
  connected: true,
  busy: false,
  faulted: false,
  reserved: false,
  time_zone: 'Africa/Algiers',
  earning_day: null,
  earning_day_usd: '0',
  earning_day_earned: {},
  account_id: 1,
  latitude: null,
  longitude: null,
  image: null,
  price_amount: null,
  price_currency: null,
  price_usd: null,
  total_earnings_usd: '97.00000000',
  total_energy: '1.5600',
  total_sessions_time: '51.7700',
  charger_type: null,
  connectors: [{ id: 7, type_id: 3, number: 1, status: 'busy', name: 'n', icon: 'c/n.png', type: '', max_power: 0 }],
  amenities: [{ id: 1, name: 'Wi-Fi', icon: null, description: null }],
} as unknown as WholeRow;
const price = (amount: string | null, currency: string | null, usd: string | null) => ({
  price_amount: amount,
  price_currency: currency,
  price_usd: usd,
});

describe('a price', () => {
  it.each([
    ['never set', price(null, null, null), '0.00'],
    ['in the viewer’s currency, whatever its rate is today', price('15.50', 'DZD', '99.00000000'), '15.50'],
    ['in dollars, as the reference shows it', price('10.00', 'USD', '10.00000000'), '1362.09'],
    ['in dollars, as the reference shows it', price('4767.33', 'USD', '4767.33000000'), '649355.19'],
    ['that is free', price('0.00', 'EUR', '0.00000000'), '0.00'],
  ])('%s', (_, columns, shown) => expect(priceIn(columns, inDinars)).toBe(shown));
});

describe('today’s earning', () => {
  const on = (earning_day: string, time_zone: string) =>
    rowView({ ...row, earning_day, time_zone, earning_day_usd: '7.00000000' }, inDinars).earning;

  it('is of the day that it is there', () => {
    expect(on('2025-05-13', 'Africa/Algiers')).toBe('953.47');
    expect(on('2025-05-12', 'Africa/Algiers')).toBe('0.00');
    expect(on('2025-05-12', 'UTC')).toBe('953.47');
  });
});

describe('a power center for an integration', () => {
  const words = (more: Partial<WholeRow>) => {
    const { status, price_unit } = JSON.parse(integrationJson({ ...row, ...more }, inDinars, addresses).json) as Record<
      string,
      string
    >;
    return [status, price_unit];
  };

  it('has the statuses and units that its closed lists know', () => {
    expect(words({ price_unit: 'energy' })).toEqual(['available', 'kwh']);
    expect(words({ price_unit: 'minutes', busy: true })).toEqual(['unavailable', 'minutes']);
    expect(words({ price_unit: 'minutes', reserved: true })).toEqual(['unavailable', 'minutes']);
    expect(words({ price_unit: 'minutes', connected: false })).toEqual(['unavailable', 'minutes']);
  });

  it('has the keys of any other in their order', () => {
    const keysOf = (json: string) => Object.keys(JSON.parse(json) as object);
    const other = fullJson(row, inDinars, addresses).json;
    expect(keysOf(integrationJson(row, inDinars, addresses).json)).toEqual(keysOf(other));
  });
});

describe('a power center', () => {
  it('tells the power of its type as text', () => {
    const charger_type = { id: 1, name: 'Socket', img: 's.png', current_type: 'AC', max_power: 3.7 };
    expect(full({ charger_type }).type).toEqual({ ...charger_type, img: 'http://icons.test/s.png', max_power: '3.7' });
  });

  const full = (more: Partial<WholeRow> = {}) =>
    JSON.parse(fullJson({ ...row, ...more }, inDinars, addresses).json) as ChargePointFull;

  it('says listed as a number in the plain list', () => {
    expect(listRowView(row, inDinars).listed).toBe(1);
    expect(listRowView({ ...row, listed: false }, inDinars).listed).toBe(0);
    expect(rowView(row, inDinars).listed).toBe(true);
  });

  it('shows the state of connectors only while it is online', () => {
    expect(full().connectors[0]).toMatchObject({ id: 3, status: 'busy', icon: 'http://icons.test/c/n.png' });
    expect(full({ connected: false }).connectors[0]?.status).toBe('unavailable');
  });

  it('writes coordinates in plain digits', () => {
    const shown = (latitude: number) => full({ latitude }).latitude;
    expect([36.64575836483359, -0.5, 6723614.1, 0].map(shown)).toEqual(['36.64575836483359', '-0.5', '6723614.1', '0']);
    expect(shown(1e-7)).toBe('0.0000001');
    expect(shown(-1e-7)).toBe('-0.0000001');
    expect(shown(1e21)).toBe('1000000000000000000000');
    expect(shown(5e-324)).toBe('0');
  });

  it('has its own picture when it has one', () => {
    expect(full().image).toBe('http://api.test/images/charge-point-1.jpeg');
    expect(full({ image: 'images/mine.png' }).image).toBe('http://api.test/images/mine.png');
  });

  it('has figures as numbers and money as texts', () => {
    expect(full()).toMatchObject({ total_earnings: '13212.31', total_energy: 1.56, total_sessions_time: 51.77 });
  });

  it('belongs to a user, whose account has another number', () => {
    expect(full().owner_id).toBe(11);
  });

  it('goes to other services without what is converted for a viewer', () => {
    const { total_earnings, price: shown, reservation_fee, earning, ...card } = full();
    expect([total_earnings, shown, reservation_fee, earning]).toEqual(['13212.31', '0.00', '68.10', '0.00']);
    expect(cardView(row, addresses)).toEqual({ ...card, owner_id: 0 });
  });
});
