import { mismatches } from '../mismatches';
import { cpFull, cpModel, cpRow, cpRowNumber } from './charge-points';
import { cpFeature, cpFeatureNumbers } from './geojson';

const token = 'EV_CHARGER_67DF25E57A988';
const now = '2025-05-12T15:12:39.000000Z';

const start = {
  price_unit: 'minutes',
  user_id: 1,
  title: 'veniam',
  identifier: 'facilis',
  token,
  category: 'SMART_PLUG',
};
const end = { updated_at: now, created_at: now, id: 25 };

describe('a whole power center', () => {
  it('has the 42 documented keys, and two that may be there', () => {
    const keys = Object.values(cpFull.keys);
    expect(keys.filter(({ kind }) => kind !== 'optional')).toHaveLength(42);
    expect(keys).toHaveLength(44);
  });
});

describe('the answer to creating a power center', () => {
  it('is without address and coordinates when they did not come', () => {
    expect(mismatches({ ...start, ...end }, cpModel)).toEqual([]);
  });

  it('echoes coordinates as numbers, whatever their size', () => {
    expect(mismatches({ ...start, latitude: 49.28628, longitude: 144776, ...end }, cpModel)).toEqual([]);
    expect(mismatches({ ...start, latitude: '49.28', longitude: 1, ...end }, cpModel)).toHaveLength(1);
  });

  it('keeps the order of the reference', () => {
    const [complaint] = mismatches({ ...end, ...start }, cpModel);
    expect(complaint).toContain('the keys in the order price_unit, user_id, title');
    expect(mismatches({ ...start, city: 'in', zipcode: 'x', ...end }, cpModel)).toHaveLength(1);
  });

  it('tells nothing that was not set', () => {
    expect(mismatches({ ...start, ...end, listed: false }, cpModel)).toEqual(['$.listed: not documented']);
  });

  it.each(['EV_CHARGER_67df25e57a988', 'SMART_PLUG_67DF25E57A988', 'EV_CHARGER_67DF25E57A9881', ''])(
    'has no token like "%s"',
    (wrong) => {
      expect(mismatches({ ...start, token: wrong, ...end }, cpModel)).toHaveLength(1);
    },
  );
});

describe('a row of power centers', () => {
  const row = {
    id: 24,
    title: 'x',
    identifier: 'PS_67DF25E57A981',
    status: 'available',
    earning: '0.00',
    rating: '3.17',
  };

  it('has listed as a number in the list, as a boolean in the table', () => {
    expect(mismatches({ ...row, listed: 0 }, cpRowNumber)).toEqual([]);
    expect(mismatches({ ...row, listed: false }, cpRowNumber)).toHaveLength(1);
    expect(mismatches({ ...row, listed: false }, cpRow)).toEqual([]);
    expect(mismatches({ ...row, listed: 0 }, cpRow)).toHaveLength(1);
  });

  it('has a status that exists', () => {
    expect(mismatches({ ...row, listed: true, status: 'online' }, cpRow)).toHaveLength(1);
  });
});

const properties = {
  id: 24,
  identifier: 'PS_67DF25E57A981',
  category: 'EV_CHARGER',
  price_unit: 'minutes',
  title: 'x',
  description: null,
  latitude: '36.64575836483359',
  longitude: '2.9176092880736184',
  address_line_1: null,
  address_line_2: null,
  address_line_3: null,
  zipcode: null,
  city: null,
  state: null,
  status: 'busy',
  image: 'http://localhost:8080/images/charge-point-1.jpeg',
  contact_number: null,
  open_time: '08:00:00',
  close_time: null,
  user_id: 1,
  price: '15.50',
  deleted_at: null,
  listed: 1,
  token,
  session_limit_type: 'energy',
  session_limit_value: 60,
  created_at: now,
  updated_at: now,
  external_details_id: null,
  identifier_update: 0,
  start_energy_value: 0,
  configured: 1,
  connected: 1,
  busy: 1,
  reserved: 0,
  charge_point_type_id: 2,
  charging_site_id: 3,
  media: [],
  'icon-image': 'pin-cp-busy',
  marker_title: 'PS_67DF25E57A981\n$15.50',
  earning: '0.00',
};
const { latitude, longitude } = properties;
const feature = (coordinates: unknown, change = {}) => ({
  type: 'Feature',
  properties: { ...properties, ...change },
  geometry: coordinates === null ? null : { type: 'Point', coordinates },
});

describe('a power center on the map', () => {
  it('has its longitude first, as strings', () => {
    expect(mismatches(feature([longitude, latitude]), cpFeature)).toEqual([]);
    expect(mismatches(feature([latitude, longitude]), cpFeature)).toHaveLength(1);
    expect(mismatches(feature([Number(longitude), Number(latitude)]), cpFeature)).toHaveLength(2);
    expect(mismatches(feature([longitude]), cpFeature)).toEqual([expect.stringContaining('expected 2 items')]);
  });

  it('has numbers for who asks for standard GeoJSON', () => {
    expect(mismatches(feature([Number(longitude), Number(latitude)]), cpFeatureNumbers)).toEqual([]);
    expect(mismatches(feature([longitude, latitude]), cpFeatureNumbers)).toHaveLength(2);
  });

  it('has no geometry exactly when it has no coordinates', () => {
    expect(mismatches(feature(null, { latitude: null, longitude: null }), cpFeature)).toEqual([]);
    expect(mismatches(feature(null), cpFeature)).toHaveLength(1);
    expect(mismatches(feature([longitude, latitude], { latitude: null }), cpFeature)).toHaveLength(1);
  });

  it.each([
    [{ marker_title: 'Another\n$15.50' }],
    [{ marker_title: 'PS_67DF25E57A981 $15.50' }],
    [{ marker_title: 'PS_67DF25E57A981\n15.50 DZD' }],
    [{ listed: true }],
    [{ price: 15.5 }],
    [{ 'icon-image': 'pin' }],
    [{ open_time: '08:00' }],
  ])('is refused with %j', (change) => {
    expect(mismatches(feature([longitude, latitude], change), cpFeature)).toHaveLength(1);
  });
});
