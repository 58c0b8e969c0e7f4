import { chargePoints, type CreateChargePoint } from '@open-cpo/contracts';
import { change, exampleBody, make, one, owner, rival, wrongIn } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('a new power center', () => {
  let stations: Stations;

  beforeAll(async () => (stations = await startStations('create')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const create = (input: unknown, caller = owner()) =>
    stations.bus.call(chargePoints.create, input as CreateChargePoint, caller);

  it('is answered as it was sent, in the documented order', async () => {
    const sent = exampleBody<CreateChargePoint>(47);
    const answer = await create(sent);
    expect(wrongIn(47, answer)).toEqual([]);
    expect(answer).toMatchObject({ ...sent, price_unit: 'minutes', user_id: 11 });
    expect(answer.latitude).toBe(6.348);
    expect(answer.longitude).toBe(29689.05098);
  });

  it('needs no more than a title and a category', async () => {
    const answer = await create({ title: 'Bare', category: 'SMART_PLUG' });
    expect(wrongIn(47, answer)).toEqual([]);
    expect(Object.keys(answer)).toEqual([
      'price_unit',
      'user_id',
      'title',
      'identifier',
      'token',
      'category',
      'updated_at',
      'created_at',
      'id',
    ]);
    expect(await one(stations, answer.id)).toMatchObject({
      latitude: null,
      longitude: null,
      address: { address_line_1: null, city: null },
      listed: false,
      status: 'unavailable',
      price: '0.00',
      session_limit_value: 0,
    });
  });

  it('gets an identifier and a token made of the second of its creation', async () => {
    const { identifier, token, created_at } = await create({ title: 'Bare', category: 'SMART_METER' });
    expect(identifier).toMatch(/^PS_[0-9A-F]{13}$/);
    expect(token).toMatch(/^EV_CHARGER_[0-9A-F]{13}$/);
    const second = Math.floor(Date.parse(created_at) / 1000);
    expect(Number.parseInt(identifier.slice(3, 11), 16)).toBe(second);
    expect(Number.parseInt(token.slice(11, 19), 16) - second).toBeLessThanOrEqual(1);
  });

  it('of many at once each has its own identifier and token', async () => {
    const all = await Promise.all(Array.from({ length: 15 }, () => make(stations)));
    expect(new Set(all.map(({ identifier }) => identifier)).size).toBe(15);
    expect(new Set(all.map(({ token }) => token)).size).toBe(15);
  });

  it('takes form-encoded texts for numbers', async () => {
    const answer = await create({ title: 'Form', category: 'EV_CHARGER', latitude: '36.7', longitude: '3.05' });
    expect(answer).toMatchObject({ latitude: 36.7, longitude: 3.05 });
    expect(await one(stations, answer.id)).toMatchObject({ latitude: '36.7', longitude: '3.05' });
  });

  it('keeps a coordinate to its last digit', async () => {
    const { id } = await create({ title: 'x', category: 'EV_CHARGER', latitude: 36.64575836483359, longitude: 144776 });
    expect(await one(stations, id)).toMatchObject({ latitude: '36.64575836483359', longitude: '144776' });
  });

  it('is refused with all that is wrong in one map, in the order of the reference', async () => {
    await make(stations, { identifier: 'taken' }, rival());
    const wrong = { title: 'x', identifier: 'taken', category: 'et', latitude: 'north' };
    const refused = create(wrong);
    await expect(refused).rejects.toMatchObject({
      code: 'validation_failed',
      fields: {
        identifier: ['The identifier has already been taken.'],
        category: ['The selected category is invalid.'],
        latitude: ['The latitude field must be a number.'],
      },
    });
    const error = (await refused.catch((e: unknown) => e)) as { fields: object };
    expect(Object.keys(error.fields)).toEqual(['identifier', 'category', 'latitude']);
  });

  it('is refused without a title and a category', async () => {
    await expect(create({ title: ' ' })).rejects.toMatchObject({
      fields: { title: ['The title field is required.'], category: ['The category field is required.'] },
    });
  });

  it('gets an identifier that two ask for at once only one time', async () => {
    const asked = [owner(), rival(), owner(), rival()].map((caller) => make(stations, { identifier: 'race' }, caller));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of settled) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ fields: { identifier: ['The identifier has already been taken.'] } });
      }
    }
  });

  it('may have the identifier of one that was deleted', async () => {
    const { id } = await make(stations, { identifier: 'again' });
    await stations.bus.call(chargePoints.remove, { id }, owner());
    expect((await make(stations, { identifier: 'again' }, rival())).identifier).toBe('again');
  });

  it('is made once for a request that is repeated with its key', async () => {
    const first = await create({ title: 'Once', category: 'EV_CHARGER' }, owner('k'));
    expect(await create({ title: 'Once', category: 'EV_CHARGER' }, owner('k'))).toEqual(first);
    await expect(create({ title: 'Other', category: 'EV_CHARGER' }, owner('k'))).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  });

  it('is told to other services and to the audit log, in the same transaction', async () => {
    const { id } = await make(stations, { title: 'Told', latitude: 36.7, longitude: 3.05 });
    await change(stations, id, { price: 10, price_currency: 'USD', connectors: [{ id: 3, number: 1 }] });
    const domainEvents = await stations.db.query<{ payload: { card: object } }>(
      `select name, payload from outbox where name like '%.changed.%' order by id`,
    );
    expect(domainEvents).toHaveLength(2);
    expect(domainEvents[1]).toMatchObject({
      name: `facts.stations.charge-points.changed.${id}`,
      payload: {
        id,
        account_id: 1,
        time_zone: 'Africa/Algiers',
        price: { amount: '10.00', currency: 'USD', usd: '10.00000000' },
        connectors: [{ id: 1, type_id: 3, number: 1, status: 'available' }],
        card: { id, title: 'Told', status: 'unavailable', price_usd: 10 },
      },
    });
    const log = await stations.db.query(
      'select action, account_id, user_id, before, after from audit_log where subject_id = $1 and subject = $2 order by id',
      [String(id), 'charge-point'],
    );
    expect(log.slice(-2)).toMatchObject([
      { action: 'power-centers.create', account_id: 1, user_id: 11, before: null, after: { title: 'Told' } },
      { action: 'power-centers.update', before: { price_amount: null }, after: { price_amount: '10.00' } },
    ]);
  });
});
