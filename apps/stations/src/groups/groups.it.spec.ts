import { chargePoints, type Group, groups } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { reference } from '@open-cpo/testing';
import { inEnvelope, make, owner, rival, wrongIn } from '../test/charge-points';
import { exampleOf, wrongWhen } from '../test/examples';
import { empty, startStations, type Stations } from '../test/stations';

const ASKED = { 'power-centers': '1' } as never;
const NOT_OURS = { fields: { 'chargePoints.0': ['The selected chargePoints.0 is invalid.'] } };

describe('groups', () => {
  let stations: Stations;

  beforeAll(async () => (stations = await startStations('groups')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const create = (body: object = { name: 'Airport' }, caller = owner()): Promise<Group> =>
    stations.bus.call(groups.create, body as never, caller);
  const change = (id: number, body: object, caller = owner()) =>
    stations.bus.call(groups.change, { ...body, id }, caller);
  const one = (id: number, caller = owner(), query = {}) => stations.bus.call(groups.one, { id, ...query }, caller);
  const page = (query: object = {}, caller = owner()) => stations.bus.call(groups.table, query, caller);
  const names = async (query: object = {}) => (await page(query)).data.map(({ name }) => name);
  const remove = (id: number, caller = owner()) => stations.bus.call(groups.remove, { id }, caller);
  const three = async () => [await make(stations), await make(stations), await make(stations)].map(({ id }) => id);
  const links = () => stations.db.query('select * from charge_point_group_members');

  it('are created, read, changed and removed', async () => {
    const [a, b, c] = await three();
    const made = await create({ name: 'Airport', companyName: 'Parking Ltd', chargePoints: [c, a, a] });
    const expected = {
      id: made.id,
      name: 'Airport',
      companyName: 'Parking Ltd',
      licenseCode: null,
      chargePointsNumber: 2,
      chargePointsIds: [a, c],
    };
    expect(made).toEqual(expected);
    expect(await one(made.id)).toEqual(expected);
    expect(await change(made.id, { licenseCode: 'L-1', chargePoints: [b, c] })).toEqual({
      ...expected,
      licenseCode: 'L-1',
      chargePointsIds: [b, c],
    });
    await remove(made.id);
    await expect(one(made.id)).rejects.toMatchObject({ code: 'not_found', message: 'Invalid Resource Requested' });
    expect(await links()).toEqual([]);
    expect((await stations.bus.call(chargePoints.table, {}, owner())).meta.total).toBe(3);
  });

  it('answer in the documented shapes, with and without their power centers', async () => {
    const [a] = await three();
    const { id } = await create({ name: 'Airport', chargePoints: [a] });
    expect(wrongIn(57, inEnvelope(await create()))).toEqual([]);
    expect(wrongIn(58, inEnvelope(await one(id)))).toEqual([]);
    expect(wrongIn(59, inEnvelope(await change(id, { name: 'Port' })))).toEqual([]);
    const asked = 'power-centers=1';
    expect(wrongWhen(58, asked, inEnvelope(await one(id, owner(), ASKED)))).toEqual([]);
    for (const number of [55, 56]) {
      expect(wrongIn(number, inEnvelope(await page()))).toEqual([]);
      expect(wrongWhen(number, asked, inEnvelope(await page(ASKED)))).toEqual([]);
    }
  });

  it.each([57, 59])('meet the reference’s own example of #%i with the documented verdicts', async (number) => {
    const { id } = await create();
    const ask = (body: object) => (number === 57 ? create(body) : change(id, body));
    const { printed, repaired } = exampleOf(number);
    await expect(ask(printed)).rejects.toMatchObject(NOT_OURS);
    expect(await ask(repaired)).toMatchObject({ name: repaired.name, chargePointsIds: [] });
  });

  it('show their power centers as the table does, newest first, amounts in the viewer’s currency', async () => {
    const [a, b] = await three();
    await stations.db.query(
      `update charge_points set rating = 4.5, earning_day = (now() at time zone time_zone)::date,
      earning_day_usd = 1.00000001, listed = true where id = $1`,
      [a],
    );
    const { id } = await create({ name: 'Airport', chargePoints: [a, b] });
    const { data } = await stations.bus.call(chargePoints.table, {}, owner());
    const rows = data.filter((row) => row.id === a || row.id === b);
    expect(rows[1]).toMatchObject({ rating: '4.50', earning: '136.21', listed: true });
    expect((await one(id, owner(), ASKED)).power_centers).toEqual(rows);
    expect((await page(ASKED)).data).toEqual([expect.objectContaining({ id, power_centers: rows })]);
    for (const no of ['0', '', 'false'])
      expect(await one(id, owner(), { 'power-centers': no })).not.toHaveProperty('power_centers');
  });

  it.each<[string, object, Record<string, string[]>]>([
    ['without a name', {}, { name: ['The name field is required.'] }],
    ['a name of one letter', { name: 'x' }, { name: ['The name field must be at least 2 characters.'] }],
    [
      'a name without end',
      { name: 'x'.repeat(256) },
      { name: ['The name field must not be greater than 255 characters.'] },
    ],
    [
      'texts that are none',
      { name: 'ok', companyName: 5, licenseCode: {} },
      {
        company_name: ['The company name field must be a string.'],
        license_code: ['The license code field must be a string.'],
      },
    ],
    ['no list', { name: 'ok', chargePoints: 'all' }, { chargePoints: ['The charge points field must be an array.'] }],
    [
      'ids of nothing, told together with the rest',
      { name: '', chargePoints: [9999, 'x', -1] },
      {
        name: ['The name field is required.'],
        'chargePoints.0': ['The selected chargePoints.0 is invalid.'],
        'chargePoints.1': ['The selected chargePoints.1 is invalid.'],
        'chargePoints.2': ['The selected chargePoints.2 is invalid.'],
      },
    ],
  ])('are refused with %s', async (_, body, fields) => {
    await expect(create(body)).rejects.toMatchObject({ code: 'validation_failed', fields });
    expect((await page()).meta.total).toBe(0);
  });

  it('tell another’s power center and a missing one alike', async () => {
    const theirs = (await make(stations, {}, rival())).id;
    const [a] = await three();
    const told = await create({ name: 'ok', chargePoints: [theirs] }).catch((error: unknown) => error);
    expect(told).toMatchObject(NOT_OURS);
    const missing = await create({ name: 'ok', chargePoints: [424242] }).catch((error: unknown) => error);
    expect(missing).toMatchObject({ message: (told as Error).message, fields: (told as typeof NOT_OURS).fields });
    await stations.bus.call(chargePoints.remove, { id: a ?? 0 }, owner());
    await expect(create({ name: 'ok', chargePoints: [a] })).rejects.toMatchObject(NOT_OURS);
  });

  it('are changed by what a request speaks of; a name that is there is not empty', async () => {
    const [a] = await three();
    const made = await create({ name: 'Airport', companyName: 'Ltd', licenseCode: 'L', chargePoints: [a] });
    expect(await change(made.id, {})).toEqual(made);
    expect(await change(made.id, { companyName: null })).toEqual({ ...made, companyName: null });
    expect(await change(made.id, { chargePoints: [] })).toMatchObject({ chargePointsNumber: 0, chargePointsIds: [] });
    for (const name of ['', null, '  ']) {
      await expect(change(made.id, { name })).rejects.toMatchObject({
        fields: { name: ['The name field is required.'] },
      });
    }
  });

  it('share power centers', async () => {
    const [a] = await three();
    const first = await create({ name: 'one', chargePoints: [a] });
    const second = await create({ name: 'two', chargePoints: [a] });
    expect([first.chargePointsIds, second.chargePointsIds]).toEqual([[a], [a]]);
    await remove(first.id);
    expect(await one(second.id)).toEqual(second);
  });

  it('lose a power center that is removed', async () => {
    const [a, b] = (await three()) as [number, number];
    const { id } = await create({ name: 'one', chargePoints: [a, b] });
    await stations.bus.call(chargePoints.remove, { id: a }, owner());
    expect(await one(id, owner(), ASKED)).toMatchObject({
      chargePointsNumber: 1,
      chargePointsIds: [b],
      power_centers: [{ id: b }],
    });
    expect(await links()).toEqual([{ group_id: id, charge_point_id: b }]);
  });

  it('never keep one that is removed at the same time', async () => {
    for (let i = 0; i < 5; i += 1) {
      const { id } = await make(stations);
      const adding = create({ name: 'race', chargePoints: [id] }).catch(() => undefined);
      await Promise.all([adding, stations.bus.call(chargePoints.remove, { id }, owner())]);
    }
    expect(await links()).toEqual([]);
  });

  it('are listed newest first, in pages with a total', async () => {
    for (const name of ['aa', 'bb', 'cc']) await create({ name });
    expect(await names({ itemsPerPage: 2 })).toEqual(['cc', 'bb']);
    expect(await page({ itemsPerPage: 2, page: 2 })).toMatchObject({
      data: [{ name: 'aa' }],
      meta: { per_page: 2, total: 3 },
    });
    expect((await page()).meta).toEqual({ per_page: 15, total: 3 });
    const all = await allRows<Group>(stations.bus.stream(groups.all, ASKED, owner()));
    expect(all.map(({ name, power_centers }) => [name, power_centers])).toEqual([
      ['cc', []],
      ['bb', []],
      ['aa', []],
    ]);
  });

  it('are found by name, company and licence, in any case and script', async () => {
    await create({ name: 'مجموعة المطار', companyName: 'Nord 100%' });
    await create({ name: 'Harbour', licenseCode: 'HB-100x' });
    expect(await names({ search: 'المطار' })).toEqual(['مجموعة المطار']);
    expect(await names({ search: '100%' })).toEqual(['مجموعة المطار']);
    expect(await names({ search: 'hb-1' })).toEqual(['Harbour']);
    expect(await names({ search: 'HA' })).toEqual(['Harbour']);
    expect(await names({ search: 'مجموعه' })).toEqual(['مجموعة المطار']);
    expect(await names({ search: '\u200Fnórd' })).toEqual(['مجموعة المطار']);
    expect(await names({ search: 'rb' })).toEqual(['Harbour']);
    expect(await page({ search: 'nowhere' })).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
  });

  it.each([{ itemsPerPage: 0 }, { itemsPerPage: 'x' }, { page: 'x' }, { 'power-centers': 'maybe' }])(
    'are not listed by %j',
    (query) => expect(page(query)).rejects.toMatchObject({ code: 'validation_failed' }),
  );

  it('of another account are neither seen nor touched', async () => {
    const { id } = await create();
    const forbidden = { code: 'forbidden' };
    await expect(one(id, rival())).rejects.toMatchObject(forbidden);
    await expect(change(id, { name: '' }, rival())).rejects.toMatchObject(forbidden);
    await expect(remove(id, rival())).rejects.toMatchObject(forbidden);
    expect(await page({}, rival())).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
    expect((await page({ search: 'air' }, rival())).meta.total).toBe(0);
    expect(await allRows(stations.bus.stream(groups.all, {}, rival()))).toEqual([]);
    expect(await one(id)).toMatchObject({ name: 'Airport' });
    await expect(one(9999)).rejects.toMatchObject({ code: 'not_found' });
    await expect(change(9999, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(remove(9999)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are recorded with what they were and became', async () => {
    const [a] = await three();
    const { id } = await create();
    await change(id, { chargePoints: [a] });
    await change(id, { chargePoints: [a] });
    await remove(id);
    const log = await stations.db.query(
      `select action, after->'chargePointsIds' as ids from audit_log where subject = 'group' and subject_id = $1
       order by id desc limit 3`,
      [String(id)],
    );
    expect(log.reverse()).toEqual([
      { action: 'groups.create', ids: [] },
      { action: 'groups.update', ids: [a] },
      { action: 'groups.delete', ids: null },
    ]);
  });

  it('say what the reference says without a name', async () => {
    const { texts } = reference.refusalOf(reference.operationOf(57), 'invalid');
    await expect(create({})).rejects.toMatchObject({ fields: texts });
  });
});
