import { categories, chargePoints, type Site, sites } from '@open-cpo/contracts';
import { make, owner, rival } from '../test/charge-points';
import { startNeighbourAuth, TOLD } from '../test/neighbour-auth';
import { empty, startStations, type Stations } from '../test/stations';

const ADDRESS = { country_id: 195, state: 'A', city: 'B', address_line_1: 'C', latitude: 1, longitude: 2 };
const needed = (field: string) => [`The address.${field} field is required.`];

describe('what cannot be a site', () => {
  let stations: Stations;
  let leave: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    stations = await startStations('site_refusals');
    leave = await startNeighbourAuth(stations.broker);
  });
  afterAll(async () => {
    await leave?.();
    await stations?.stop();
  });
  beforeEach(() => empty(stations));

  const create = (body: object, caller = owner()): Promise<Site> =>
    stations.bus.call(sites.create, { name: 'Site', ...body }, caller);
  const change = (id: number, body: object) => stations.bus.call(sites.change, { ...body, id }, owner());

  it.each<[string, object, Record<string, string[]>]>([
    ['without a name', { name: ' ' }, { name: ['The name field is required.'] }],
    ['with a name of one letter', { name: 'x' }, { name: ['The name field must be at least 2 characters.'] }],
    ['with a status that is none', { status: 'on' }, { status: ['The status field must be true or false.'] }],
    ['with an empty status', { status: '' }, { status: ['The status field is required.'] }],
    [
      'with days that are none',
      { startDate: '2025-02-30', endDate: 'soon' },
      {
        start_date: ['The start date field must match the format Y-m-d.'],
        end_date: ['The end date field must match the format Y-m-d.'],
      },
    ],
    [
      'that ends before it begins',
      { startDate: '2025-05-12', endDate: '2025-05-11' },
      { end_date: ['The end date field must be a date after or equal to start date.'] },
    ],
    [
      'with a code that is no text',
      { integrationCode: [] },
      { integration_code: ['The integration code field must be a string.'] },
    ],
    ['with a category of letters', { category: 'x' }, { category: ['The selected category is invalid.'] }],
    ['with an address that is none', { address: 'here' }, { address: ['The address field must be an array.'] }],
    [
      'with an address of nothing',
      { address: {} },
      {
        'address.country_id': needed('country id'),
        'address.state': needed('state'),
        'address.city': needed('city'),
        'address.address_line_1': needed('address line 1'),
        'address.latitude': needed('latitude'),
        'address.longitude': needed('longitude'),
      },
    ],
    [
      'with an address in no country',
      { address: { ...ADDRESS, country_id: 999 } },
      { 'address.country_id': ['The selected address.country id is invalid.'] },
    ],
    [
      'with a place that is no number',
      { address: { ...ADDRESS, latitude: 'north', zipcode: '12345678901' } },
      {
        'address.latitude': ['The address.latitude field must be a number.'],
        'address.zipcode': ['The address.zipcode field must not be greater than 10 characters.'],
      },
    ],
  ])('is one %s', async (_, body, fields) => {
    const refused = await create(body).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'validation_failed' });
    expect((refused as { fields: object }).fields).toEqual(fields);
  });

  it('is told about both dates by what comes out, at the one that was sent', async () => {
    const { id } = await create({ startDate: '2025-05-12', endDate: '2025-05-12' });
    await expect(change(id, { startDate: '2025-05-13' })).rejects.toMatchObject({
      fields: { start_date: ['The start date field must be a date before or equal to end date.'] },
    });
    await expect(change(id, { endDate: '2025-05-11' })).rejects.toMatchObject({
      fields: { end_date: ['The end date field must be a date after or equal to start date.'] },
    });
    expect(await change(id, { startDate: '2025-05-13', endDate: null })).toMatchObject({ endDate: null });
  });

  it('has no category of another kind or another account', async () => {
    const make = (type: string, caller = owner()) => stations.bus.call(categories.create, { name: 'x', type }, caller);
    const other = await make('charge-point');
    const theirs = await make('charging-site', rival());
    for (const category of [other.id, theirs.id, 9999]) {
      await expect(create({ category })).rejects.toMatchObject({
        fields: { category: ['The selected category is invalid.'] },
      });
    }
  });

  it('has no power centers of another account, removed ones, or missing ones, and tells them alike', async () => {
    const theirs = (await make(stations, {}, rival())).id;
    const gone = (await make(stations)).id;
    await stations.bus.call(chargePoints.remove, { id: gone }, owner());
    const mine = (await make(stations)).id;
    await expect(create({ chargePoints: [mine, theirs, gone, 9999, 'x'] })).rejects.toMatchObject({
      fields: Object.fromEntries(
        [1, 2, 3, 4].map((at) => [`chargePoints.${at}`, [`The selected chargePoints.${at} is invalid.`]]),
      ),
    });
    expect(await stations.db.query('select 1 from charging_sites')).toEqual([]);
  });

  it('asks auth once for all countries, and reads without it', async () => {
    const { id } = await create({ address: ADDRESS });
    await create({ address: { ...ADDRESS, country_id: 10 } });
    expect(TOLD.asked).toBe(1);
    await leave?.();
    leave = undefined;
    expect(await stations.bus.call(sites.one, { id }, owner())).toMatchObject({
      address: { country: { name: 'Algeria' } },
    });
    expect(await create({ address: { ...ADDRESS, country_id: 5 } })).toMatchObject({
      address: { country: { name: 'Egypt' } },
    });
  });
});

describe('while auth is away', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('site_alone')));
  afterAll(() => stations?.stop());

  const create = (country_id: number) =>
    stations.bus.call(sites.create, { name: 'Site', address: { ...ADDRESS, country_id } }, owner());

  it('countries that were told before are known, others come later', async () => {
    await stations.db.query(`insert into countries values (195, 'Algeria')`);
    expect(await create(195)).toMatchObject({ address: { country: { id: 195, name: 'Algeria' } } });
    await expect(create(5)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
