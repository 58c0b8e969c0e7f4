import { chargePoints, type RangePrice, rangePrices } from '@open-cpo/contracts';
import { asUser, reference } from '@open-cpo/testing';
import { inEnvelope, make, owner, rival, wrongIn } from '../test/charge-points';
import { exampleOf } from '../test/examples';
import { empty, startStations, type Stations } from '../test/stations';

const inDollars = () => asUser({ accountId: 1, currency: 'USD' });
type Body = Record<string, unknown>;

describe('range prices', () => {
  let stations: Stations;
  let point: number;

  beforeAll(async () => (stations = await startStations('range_prices')));
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    point = (await make(stations)).id;
  });

  const NIGHT = { price: 10, startingTime: '20:00', endingTime: '23:59' };
  const create = (body: Body = NIGHT, caller = owner(), charge_point_id = point): Promise<RangePrice> =>
    stations.bus.call(rangePrices.create, { ...body, charge_point_id } as never, caller);
  const change = (id: number, body: Body, caller = owner()) =>
    stations.bus.call(rangePrices.change, { ...body, id }, caller);
  const replace = (id: number, body: Body, caller = owner()) =>
    stations.bus.call(rangePrices.replace, { ...body, id } as never, caller);
  const all = (caller = owner(), charge_point_id = point) =>
    stations.bus.call(rangePrices.all, { charge_point_id }, caller);
  const one = (id: number, caller = owner()) => stations.bus.call(rangePrices.one, { id }, caller);
  const remove = (id: number, caller = owner()) => stations.bus.call(rangePrices.remove, { id }, caller);

  it('are created, read, changed and removed', async () => {
    const made = await create();
    expect(made).toEqual({ id: made.id, price: '10.00', startingTime: '20:00', endingTime: '23:59' });
    expect(await one(made.id)).toEqual(made);
    expect(await change(made.id, { price: '12.5' })).toEqual({ ...made, price: '12.50' });
    expect(await all()).toEqual([{ ...made, price: '12.50' }]);
    await remove(made.id);
    expect(await all()).toEqual([]);
    await expect(one(made.id)).rejects.toMatchObject({ code: 'not_found', message: 'Invalid Resource Requested' });
  });

  it('answer in the documented shapes', async () => {
    const made = await create();
    expect(wrongIn(51, inEnvelope(made))).toEqual([]);
    expect(wrongIn(50, inEnvelope(await all()))).toEqual([]);
    expect(wrongIn(52, inEnvelope(await one(made.id)))).toEqual([]);
    expect(wrongIn(53, inEnvelope(await change(made.id, { price: 1 })))).toEqual([]);
  });

  it('meet the reference’s own examples with the documented verdicts', async () => {
    const NOT_AFTER = { fields: { ending_time: ['The ending time must be a date after starting time.'] } };
    await expect(create(exampleOf(51).printed)).rejects.toMatchObject(NOT_AFTER);
    const made = await create(exampleOf(51).repaired);
    expect(made).toMatchObject({ price: '258751905.30', startingTime: '09:02', endingTime: '10:02' });
    await expect(replace(made.id, exampleOf(53).printed)).rejects.toMatchObject(NOT_AFTER);
    expect(await replace(made.id, exampleOf(53).repaired)).toMatchObject({ price: '258.28' });
  });

  it('are listed by the time at which they begin', async () => {
    for (const [startingTime, endingTime] of [
      ['12:00', '13:00'],
      ['00:00', '06:00'],
      ['20:00', '23:59'],
    ]) {
      await create({ price: 1, startingTime, endingTime });
    }
    expect((await all()).map(({ startingTime }) => startingTime)).toEqual(['00:00', '12:00', '20:00']);
  });

  it('show back what was entered, and convert for others', async () => {
    const { id } = await create({ ...NIGHT, price: '694.67' });
    expect(await one(id)).toMatchObject({ price: '694.67' });
    expect(await one(id, inDollars())).toMatchObject({ price: '5.10' });
    expect(await stations.db.query('select price_amount, price_currency, price_usd from charge_point_prices')).toEqual([
      { price_amount: '694.67', price_currency: 'DZD', price_usd: '5.10001490' },
    ]);
  });

  it.each([
    ['a third decimal at its half', 0.125, '0.13'],
    ['many decimals', '258.284235', '258.28'],
    ['nothing', 0, '0.00'],
    ['half a hundredth', 0.005, '0.01'],
    ['a great deal', '999999999.99', '999999999.99'],
  ])('may cost %s', async (_, price, shown) => {
    expect(await create({ ...NIGHT, price }, inDollars())).toMatchObject({ price: shown });
  });

  it.each<[string, Body, Record<string, string[]>]>([
    [
      'without anything',
      {},
      {
        price: ['The price field is required.'],
        starting_time: ['The starting time field is required.'],
        ending_time: ['The ending time field is required.'],
      },
    ],
    [
      'a price that would be rounded to nothing',
      { ...NIGHT, price: 0.004 },
      { price: ['The price must be a number.'] },
    ],
    ['a price of letters', { ...NIGHT, price: 'dear' }, { price: ['The price must be a number.'] }],
    ['a price below nothing', { ...NIGHT, price: -1 }, { price: ['The price must be at least 0.'] }],
    ['a price beyond all', { ...NIGHT, price: 1e9 }, { price: ['The price may not be greater than 999999999.99.'] }],
    [
      'a time with seconds',
      { ...NIGHT, endingTime: '23:59:00' },
      { ending_time: ['The ending time does not match the format H:i.'] },
    ],
    [
      'times that there are none of',
      { price: 1, startingTime: '24:00', endingTime: '9:5' },
      {
        starting_time: ['The starting time does not match the format H:i.'],
        ending_time: ['The ending time does not match the format H:i.'],
      },
    ],
    [
      'an end before its beginning',
      { price: 1, startingTime: '20:00', endingTime: '06:00' },
      { ending_time: ['The ending time must be a date after starting time.'] },
    ],
    [
      'no time at all',
      { price: 1, startingTime: '23:59', endingTime: '23:59' },
      { ending_time: ['The ending time must be a date after starting time.'] },
    ],
  ])('are refused with %s', async (_, body, fields) => {
    await expect(create(body)).rejects.toMatchObject({ code: 'validation_failed', fields });
    expect(await all()).toEqual([]);
  });

  it('speak in the reference’s words', async () => {
    const { texts } = reference.refusalOf(reference.operationOf(51), 'invalid');
    const refused = create({ price: 'x', startingTime: '10:00', endingTime: 'x' });
    await expect(refused).rejects.toMatchObject({
      message: texts?.price?.[0],
      fields: { price: texts?.price, ending_time: texts?.ending_time?.slice(0, 1) },
    });
  });

  it('do not overlap, and may touch', async () => {
    await create({ price: 1, startingTime: '08:00', endingTime: '12:00' });
    const met = { fields: { starting_time: ['The times overlap the range price from 08:00 to 12:00.'] } };
    for (const [startingTime, endingTime] of [
      ['08:00', '12:00'],
      ['07:00', '08:01'],
      ['11:59', '12:30'],
      ['09:00', '10:00'],
      ['00:00', '23:59'],
    ]) {
      await expect(create({ price: 1, startingTime, endingTime })).rejects.toMatchObject(met);
    }
    await create({ price: 1, startingTime: '12:00', endingTime: '13:00' });
    const { id } = await create({ price: 1, startingTime: '07:00', endingTime: '08:00' });
    await expect(change(id, { endingTime: '08:30' })).rejects.toMatchObject(met);
    expect(await change(id, { endingTime: '07:30' })).toMatchObject({ endingTime: '07:30' });
  });

  it('of another power center may be at the same time', async () => {
    await create();
    const other = (await make(stations)).id;
    expect(await create(NIGHT, owner(), other)).toMatchObject({ startingTime: '20:00' });
    expect(await all(owner(), other)).toHaveLength(1);
  });

  it('do not come to overlap by requests at once', async () => {
    const hours = Array.from({ length: 6 }, (_, i) => ({ price: i, startingTime: `1${i}:00`, endingTime: '18:00' }));
    const told = await Promise.allSettled(hours.map((body) => create(body)));
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  it('need all three in a replacement, and judge a change by what comes out', async () => {
    const { id } = await create();
    await expect(replace(id, { price: 1 })).rejects.toMatchObject({
      fields: {
        starting_time: ['The starting time field is required.'],
        ending_time: ['The ending time field is required.'],
      },
    });
    await expect(change(id, { endingTime: '19:00' })).rejects.toMatchObject({
      fields: { ending_time: ['The ending time must be a date after starting time.'] },
    });
    await expect(change(id, { price: null })).rejects.toMatchObject({
      fields: { price: ['The price field is required.'] },
    });
    expect(await change(id, { startingTime: '18:00', endingTime: '19:00' })).toMatchObject({ price: '10.00' });
  });

  it('of another account are neither seen nor touched', async () => {
    const { id } = await create();
    const forbidden = { code: 'forbidden' };
    await expect(all(rival())).rejects.toMatchObject(forbidden);
    await expect(create({}, rival())).rejects.toMatchObject(forbidden);
    await expect(one(id, rival())).rejects.toMatchObject(forbidden);
    await expect(change(id, { price: 'x' }, rival())).rejects.toMatchObject(forbidden);
    await expect(replace(id, {}, rival())).rejects.toMatchObject(forbidden);
    await expect(remove(id, rival())).rejects.toMatchObject(forbidden);
    expect(await all()).toHaveLength(1);
  });

  it.each([9999, 2147483647])('of nothing (%i) are not there', async (id) => {
    const missing = { code: 'not_found' };
    await expect(all(owner(), id)).rejects.toMatchObject(missing);
    await expect(create(NIGHT, owner(), id)).rejects.toMatchObject(missing);
    await expect(one(id)).rejects.toMatchObject(missing);
    await expect(change(id, {})).rejects.toMatchObject(missing);
    await expect(remove(id)).rejects.toMatchObject(missing);
  });

  it('vanish with their power center', async () => {
    const { id } = await create();
    await stations.bus.call(chargePoints.remove, { id: point }, owner());
    await expect(one(id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(all()).rejects.toMatchObject({ code: 'not_found' });
    expect(await stations.db.query('select 1 from charge_point_prices')).toEqual([]);
  });

  it('are recorded with what they were and became', async () => {
    const { id } = await create();
    await change(id, { price: 11 });
    await change(id, { price: 11 });
    await remove(id);
    const log = await stations.db.query(
      `select action, user_id, before->>'price_amount' as before, after->>'price_amount' as after from audit_log
       where subject = 'range-price' and subject_id = $1 order by id desc limit 3`,
      [String(id)],
    );
    expect(log.reverse()).toEqual([
      { action: 'prices.create', user_id: 11, before: null, after: '10.00' },
      { action: 'prices.update', user_id: 11, before: '10.00', after: '11.00' },
      { action: 'prices.delete', user_id: 11, before: '11.00', after: null },
    ]);
  });
});
