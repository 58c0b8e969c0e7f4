import { chargePoints, sites } from '@open-cpo/contracts';
import { asUser } from '@open-cpo/testing';
import { make, owner } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('a site and its power centers', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('site_members')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const create = (body: object = {}) => stations.bus.call(sites.create, { name: 'Site', ...body }, owner());
  const change = (id: number, body: object) => stations.bus.call(sites.change, { ...body, id }, owner());
  const idsOf = async (id: number) => (await stations.bus.call(sites.one, { id }, owner())).chargePointIds;
  const points = async () => [(await make(stations)).id, (await make(stations)).id] as const;

  it('a power center leaves the site that it was in', async () => {
    const [a, b] = await points();
    const first = await create({ chargePoints: [a, b] });
    const second = await create({ chargePoints: [b] });
    expect(await idsOf(first.id)).toEqual([a]);
    expect(await idsOf(second.id)).toEqual([b]);
    const log = await stations.db.query(
      `select after->'moved' as moved from audit_log where subject = 'site' order by id desc limit 1`,
    );
    expect(log).toEqual([{ moved: [{ id: b, site: first.id }] }]);
  });

  it('exactly those of a change are in it; without any word they stay', async () => {
    const [a, b] = await points();
    const { id } = await create({ chargePoints: [a] });
    await change(id, { chargePoints: [b, b] });
    expect(await idsOf(id)).toEqual([b]);
    await change(id, { name: 'Other' });
    expect(await idsOf(id)).toEqual([b]);
    await change(id, { chargePoints: [] });
    expect(await idsOf(id)).toEqual([]);
  });

  it('a removed power center is in no site', async () => {
    const [a, b] = await points();
    const { id } = await create({ chargePoints: [a, b] });
    await stations.bus.call(chargePoints.remove, { id: a }, owner());
    expect(await idsOf(id)).toEqual([b]);
    expect(await stations.db.query('select id from charge_points where charging_site_id is not null')).toEqual([
      { id: b },
    ]);
  });

  it('two sites that want the same at once: one has it', async () => {
    const [a, b] = await points();
    const wanting = await Promise.all([create(), create(), create(), create()]);
    await Promise.all(wanting.map(({ id }, i) => change(id, { chargePoints: i % 2 ? [a, b] : [b, a] })));
    const having = (await Promise.all(wanting.map(({ id }) => idsOf(id)))).flat();
    expect(having.sort((x, y) => x - y)).toEqual([a, b]);
  });
});

describe('a site is active', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('site_active')));
  afterAll(() => stations?.stop());

  const dayIn = (timeZone: string, days: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(Date.now() + days * 86_400_000));
  const east = () => asUser({ accountId: 1, timeZone: 'Pacific/Kiritimati' });
  const west = () => asUser({ accountId: 1, timeZone: 'Pacific/Pago_Pago' });
  const make = (body: object) => stations.bus.call(sites.create, { name: 'Site', ...body }, asUser({ accountId: 1 }));
  const today = (days: number) => dayIn('UTC', days);

  it.each<[string, () => object, boolean]>([
    ['without dates', () => ({}), true],
    ['when it is off', () => ({ status: false }), false],
    ['from its first day', () => ({ startDate: today(0) }), true],
    ['until its last day', () => ({ endDate: today(0) }), true],
    ['on its only day', () => ({ startDate: today(0), endDate: today(0) }), true],
    ['before its first day', () => ({ startDate: today(1) }), false],
    ['after its last day', () => ({ endDate: today(-1) }), false],
    ['between its days, but off', () => ({ startDate: today(-5), endDate: today(5), status: false }), false],
  ])('%s: %3$s', async (_, body, active) => {
    const made = await make(body());
    expect(made.active).toBe(active);
    const listed = await stations.bus.call(sites.table, {}, asUser({ accountId: 1 }));
    expect(listed.data[0]).toMatchObject({ id: made.id, active });
  });

  it('by the calendar of the account', async () => {
    // 25 hours lie between the two zones: it is never the same day in both.
    const { id } = await make({ startDate: dayIn('Pacific/Kiritimati', 0) });
    const read = (caller = east()) => stations.bus.call(sites.one, { id }, caller);
    expect([(await read(east())).active, (await read(west())).active]).toEqual([true, false]);
  });
});
