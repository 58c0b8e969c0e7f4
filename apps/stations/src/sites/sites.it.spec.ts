import { categories, type CreateSite, type Site, sites } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { inEnvelope, make, owner, rival, wrongIn } from '../test/charge-points';
import { exampleOf } from '../test/examples';
import { startNeighbourAuth } from '../test/neighbour-auth';
import { empty, startStations, type Stations } from '../test/stations';

const ASKED = { 'power-centers': '1' } as never;
const ALGIERS = {
  country_id: 195,
  state: 'Algiers',
  city: 'Algiers',
  zipcode: '16049',
  address_line_1: '1 Rue Didouche Mourad',
  latitude: 36.7538,
  longitude: 3.0588,
};

describe('sites', () => {
  let stations: Stations;
  let leave: () => Promise<void>;

  beforeAll(async () => {
    stations = await startStations('sites');
    leave = await startNeighbourAuth(stations.broker);
  });
  afterAll(async () => {
    await leave?.();
    await stations?.stop();
  });
  beforeEach(() => empty(stations));

  const create = (body: object = { name: 'Site 11' }, caller = owner()): Promise<Site> =>
    stations.bus.call(sites.create, body as CreateSite, caller);
  const change = (id: number, body: object, caller = owner()) =>
    stations.bus.call(sites.change, { ...body, id }, caller);
  const replace = (id: number, body: object, caller = owner()) =>
    stations.bus.call(sites.replace, { ...body, id } as never, caller);
  const one = (id: number, caller = owner(), query = {}) => stations.bus.call(sites.one, { id, ...query }, caller);
  const page = (query: object = {}, caller = owner()) => stations.bus.call(sites.table, query, caller);
  const remove = (id: number, caller = owner()) => stations.bus.call(sites.remove, { id }, caller);
  const category = async (type = 'charging-site', caller = owner()) =>
    (await stations.bus.call(categories.create, { name: 'Ports', type }, caller)).id;

  it('are created, read, changed and removed', async () => {
    const categoryId = await category();
    const { id: point } = await make(stations);
    const made = await create({
      name: 'Site 11',
      category: categoryId,
      startDate: '2025-01-01',
      endDate: '2099-12-31',
      integrationCode: 'CS-11',
      chargePoints: [point],
      address: ALGIERS,
    });
    expect(made).toEqual({
      id: made.id,
      categoryId,
      name: 'Site 11',
      status: true,
      active: true,
      startDate: '2025-01-01',
      endDate: '2099-12-31',
      integrationCode: 'CS-11',
      chargePointIds: [point],
      address: {
        id: expect.any(Number) as number,
        latitude: '36.7538',
        longitude: '3.0588',
        country: { id: 195, name: 'Algeria' },
        state: 'Algiers',
        city: 'Algiers',
        zipcode: '16049',
        address_line_1: '1 Rue Didouche Mourad',
        address_line_2: null,
        address_line_3: null,
      },
      power_centers: [],
    });
    expect(await one(made.id)).toEqual(made);
    expect(await change(made.id, { status: false, category: null })).toEqual({
      ...made,
      status: false,
      active: false,
      categoryId: null,
    });
    await remove(made.id);
    await expect(one(made.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await stations.db.query('select 1 from site_addresses')).toEqual([]);
    expect(await stations.db.query('select charging_site_id from charge_points')).toEqual([{ charging_site_id: null }]);
  });

  it('need a name only', async () => {
    expect(await create()).toEqual({
      id: 1,
      categoryId: null,
      name: 'Site 11',
      status: true,
      active: true,
      startDate: null,
      endDate: null,
      integrationCode: null,
      chargePointIds: [],
      address: null,
      power_centers: [],
    });
  });

  it('answer in the documented shapes', async () => {
    const { id: point } = await make(stations);
    const made = await create({ name: 'Site 11', chargePoints: [point], address: ALGIERS });
    expect(wrongIn(63, inEnvelope(made))).toEqual([]);
    expect(wrongIn(64, inEnvelope(await one(made.id, owner(), ASKED)))).toEqual([]);
    expect(wrongIn(65, inEnvelope(await change(made.id, { name: 'Port' })))).toEqual([]);
    expect(wrongIn(61, inEnvelope(await page(ASKED)))).toEqual([]);
    expect(wrongIn(62, inEnvelope(await allRows(stations.bus.stream(sites.all, ASKED, owner()))))).toEqual([]);
    expect((await one(made.id, owner(), ASKED)).power_centers).toMatchObject([{ id: point, listed: false }]);
    expect((await one(made.id)).power_centers).toEqual([]);
  });

  it.each([63, 65])('meet the reference’s own example of #%i with the documented verdicts', async (number) => {
    const { id } = await create();
    const ask = (body: object) => (number === 63 ? create(body) : replace(id, body));
    const { printed, repaired } = exampleOf(number);
    await expect(ask(printed)).rejects.toMatchObject({
      fields: {
        category: ['The selected category is invalid.'],
        'chargePoints.0': ['The selected chargePoints.0 is invalid.'],
      },
    });
    const { latitude, longitude } = repaired.address as { latitude: number; longitude: number };
    expect(await ask(repaired)).toMatchObject({
      active: false,
      address: { latitude: String(latitude), longitude: String(longitude) },
    });
  });

  it('show their power centers as the table does', async () => {
    const [a, b] = [await make(stations), await make(stations)];
    const { id } = await create({ name: 'Site', chargePoints: [a.id, b.id] });
    expect(await one(id, owner(), ASKED)).toMatchObject({
      chargePointIds: [a.id, b.id],
      power_centers: [
        { id: b.id, title: b.title, earning: '0.00', rating: '0.00', status: 'unavailable' },
        { id: a.id, identifier: a.identifier },
      ],
    });
  });

  it('keep what a replacement does not speak of, but for the name, which it needs', async () => {
    const made = await create({ name: 'Site 11', integrationCode: 'x', address: ALGIERS });
    await expect(replace(made.id, { integrationCode: 'y' })).rejects.toMatchObject({
      fields: { name: ['The name field is required.'] },
    });
    expect(await replace(made.id, { name: 'Site 12' })).toEqual({ ...made, name: 'Site 12' });
    expect(await change(made.id, { integrationCode: 'y' })).toMatchObject({ name: 'Site 12', integrationCode: 'y' });
  });

  it('keep an address that a change speaks of in part, under its id', async () => {
    const made = await create({ name: 'Site 11', address: ALGIERS });
    const moved = await change(made.id, { address: { city: 'Oran', country_id: '5', zipcode: null } });
    expect(moved.address).toEqual({ ...made.address, city: 'Oran', country: { id: 5, name: 'Egypt' }, zipcode: null });
    expect((await change(made.id, { address: null })).address).toBeNull();
  });

  it('are listed newest first, found by name and code, in pages with a total', async () => {
    await create({ name: 'Gare', integrationCode: 'G-1' });
    await create({ name: 'ميناء' });
    await create({ name: 'Depot' });
    const names = async (query: object) => (await page(query)).data.map(({ name }) => name);
    expect(await names({ itemsPerPage: 2 })).toEqual(['Depot', 'ميناء']);
    expect(await names({ itemsPerPage: 2, page: 2 })).toEqual(['Gare']);
    expect(await names({ search: 'ميناء' })).toEqual(['ميناء']);
    expect(await names({ search: 'g-' })).toEqual(['Gare']);
    expect(await names({ search: '-١' })).toEqual(['Gare']);
    expect(await names({ search: 'مِينا' })).toEqual(['ميناء']);
    expect((await page({ search: 'depot' })).meta).toEqual({ per_page: 15, total: 1 });
    await expect(page({ 'power-centers': 'maybe' })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('of another account are neither seen nor touched', async () => {
    const { id } = await create({ name: 'Site 11', address: ALGIERS });
    const forbidden = { code: 'forbidden' };
    await expect(one(id, rival())).rejects.toMatchObject(forbidden);
    await expect(change(id, { name: '' }, rival())).rejects.toMatchObject(forbidden);
    await expect(replace(id, {}, rival())).rejects.toMatchObject(forbidden);
    await expect(remove(id, rival())).rejects.toMatchObject(forbidden);
    expect(await page({ search: 'site' }, rival())).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
    expect(await allRows(stations.bus.stream(sites.all, {}, rival()))).toEqual([]);
    const missing = { code: 'not_found' };
    await expect(one(999)).rejects.toMatchObject(missing);
    await expect(change(999, {})).rejects.toMatchObject(missing);
    await expect(replace(999, {})).rejects.toMatchObject(missing);
    await expect(remove(999)).rejects.toMatchObject(missing);
  });

  it('outlive their category', async () => {
    const categoryId = await category();
    const { id } = await create({ name: 'Site', category: categoryId });
    await stations.bus.call(categories.remove, { id: categoryId }, owner());
    expect(await one(id)).toMatchObject({ categoryId: null });
  });
});
