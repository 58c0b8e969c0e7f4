import { chargePoints, type MapFeature, maps } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { change, make, one, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

const ALGIERS = { latitude: 36.64575836483359, longitude: 2.9176092880736184 };

/** The properties in the reference's order (L2212). */
const KEYS = `id identifier category price_unit title description latitude longitude address_line_1 address_line_2
  address_line_3 zipcode city state status image contact_number open_time close_time user_id price deleted_at listed
  token session_limit_type session_limit_value created_at updated_at external_details_id identifier_update
  start_energy_value configured connected busy reserved charge_point_type_id charging_site_id media icon-image
  marker_title earning`.split(/\s+/);

describe('a map', () => {
  let stations: Stations;

  beforeAll(async () => {
    stations = await startStations('maps');
  });
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const all = (numbers?: boolean, caller = owner()) =>
    allRows<MapFeature>(stations.bus.stream(maps.all, { numbers }, caller));
  const single = async (id: number, numbers?: boolean, caller = owner()) =>
    stations.bus.call(maps.one, { id, numbers }, caller);

  it('shows a power center as its row, with texts for coordinates', async () => {
    const { id, identifier, token } = await make(stations, { ...ALGIERS, address_line_1: 'Tassala' });
    const { type, features } = await single(id);
    expect(type).toBe('FeatureCollection');
    expect(Object.keys(features[0]?.properties ?? {})).toEqual(KEYS);
    expect(features).toEqual([
      {
        type: 'Feature',
        properties: expect.objectContaining({
          id,
          identifier,
          token,
          latitude: '36.64575836483359',
          longitude: '2.9176092880736184',
          status: 'unavailable',
          image: 'http://api.test/images/charge-point-1.jpeg',
          user_id: 11,
          price: null,
          deleted_at: null,
          listed: 0,
          identifier_update: 0,
          start_energy_value: 0,
          charging_site_id: null,
          media: [],
          'icon-image': 'pin-cp-out-of-service',
          marker_title: `${identifier}\n$0.00`,
          earning: '0.00',
        }),
        geometry: { type: 'Point', coordinates: ['2.9176092880736184', '36.64575836483359'] },
      },
    ]);
  });

  it('has numbers for who asks for them', async () => {
    const { id } = await make(stations, ALGIERS);
    const point = { type: 'Point', coordinates: [ALGIERS.longitude, ALGIERS.latitude] };
    expect((await single(id, true)).features[0]?.geometry).toEqual(point);
    expect((await all(true))[0]?.geometry).toEqual(point);
  });

  it.each([
    ['none of both', {}],
    ['only a latitude', { latitude: 1 }],
    ['only a longitude', { longitude: 1 }],
  ])('has no geometry for a power center with %s', async (_, place) => {
    const { id } = await make(stations, place);
    expect((await single(id)).features[0]?.geometry).toBeNull();
    expect((await all(true))[0]?.geometry).toBeNull();
  });

  it('takes coordinates that are nowhere, and writes no exponents', async () => {
    await make(stations, { latitude: 49471.7, longitude: 0.0000001 });
    expect((await all())[0]?.geometry?.coordinates).toEqual(['0.0000001', '49471.7']);
  });

  it.each([
    [180, 90, true],
    [-180, -90, true],
    [180.000001, 0, false],
    [0, -90.5, false],
    [144776, 49.28628, false],
  ])('shows the position %d, %d in valid GeoJSON: %s', async (longitude, latitude, isOnEarth) => {
    const { id } = await make(stations, { latitude, longitude });
    const expected = isOnEarth ? { type: 'Point', coordinates: [longitude, latitude] } : null;
    expect((await single(id, true)).features[0]?.geometry).toEqual(expected);
    expect((await single(id)).features[0]?.geometry).not.toBeNull();
  });

  it('shows the base price in dollars, as two decimals', async () => {
    const { id, identifier } = await make(stations);
    await change(stations, id, { price: '15.5', price_currency: 'AED' });
    const { properties } = (await single(id)).features[0] ?? {};
    expect(properties).toMatchObject({ price: '4.22', marker_title: `${identifier}\n$4.22` });
  });

  it.each([
    ['pin-cp-out-of-service', 'unavailable', 'configured = true'],
    ['pin-cp-available', 'available', 'configured = true, connected = true'],
    ['pin-cp-busy', 'busy', 'configured = true, connected = true, busy = true'],
    ['pin-cp-booked', 'booked', 'configured = true, connected = true, reserved = true'],
  ])('has the icon %s for %s', async (icon, status, set) => {
    const { id } = await make(stations);
    await stations.db.query(`update charge_points set ${set}`);
    expect((await single(id)).features[0]?.properties).toMatchObject({ status, 'icon-image': icon });
    expect((await one(stations, id)).status).toBe(status);
  });

  it('names the site that the power center is in', async () => {
    const { id } = await make(stations);
    const [site] = await stations.db.query<{ id: number }>(
      `insert into charging_sites (account_id, name) values (1, 'Airport') returning id`,
    );
    await stations.db.query('update charge_points set charging_site_id = $1', [site?.id]);
    expect((await single(id)).features[0]?.properties.charging_site_id).toBe(site?.id);
  });

  it('shows today’s earning in the viewer’s currency', async () => {
    const { id } = await make(stations);
    await stations.db.query(`update charge_points set earning_day_usd = 7,
      earning_day = (now() at time zone time_zone)::date where id = ${id}`);
    expect((await all())[0]?.properties.earning).toBe('953.47');
  });

  it('of all shows the newest first, without what was removed', async () => {
    const { id: first } = await make(stations, ALGIERS);
    const { id: second } = await make(stations);
    const { id: third } = await make(stations);
    await stations.bus.call(chargePoints.remove, { id: second }, owner());
    const shown = await all();
    expect(shown.map(({ properties }) => properties.id)).toEqual([third, first]);
    expect(shown[1]).toEqual((await single(first)).features[0]);
    await expect(single(second)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is the owner’s alone', async () => {
    const { id } = await make(stations, ALGIERS);
    await expect(single(id, false, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(single(id + 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await all(false, rival())).toEqual([]);
    await expect(single(id, false, asStranger())).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
