import { type ChangeChargePoint, chargePoints } from '@open-cpo/contracts';
import { change, exampleBody, make, one, owner, rival, wrongIn } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('a change of a power center', () => {
  let stations: Stations;
  let id: number;

  beforeAll(async () => (stations = await startStations('change')));
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    ({ id } = await make(stations, { title: 'Before', identifier: 'CP:1', latitude: 1, longitude: 2 }));
  });

  const set = (input: Record<string, unknown>) => change(stations, id, input);

  it('takes all that the reference sends', async () => {
    const sent = exampleBody<ChangeChargePoint>(48);
    const answer = await set({ ...sent });
    expect(wrongIn(48, answer)).toEqual([]);
    expect(answer).toMatchObject({ id, title: sent.title, identifier: 'CP:1', latitude: 25.276987, city: 'Dubai' });
    const full = await one(stations, id);
    expect(wrongIn(43, full)).toEqual([]);
    expect(full).toMatchObject({
      description: sent.description,
      contact_number: '+971500000000',
      open_time: '08:00:00',
      close_time: '22:00:00',
      session_limit_type: 'minutes',
      session_limit_value: 60,
      listed: false,
      type: { id: 2, img: 'http://icons.test/charger-types/ac-wallbox.png', current_type: 'AC', max_power: '11' },
      amenities: [{ id: 1, name: 'Wi-Fi', icon: 'http://icons.test/amenities/wifi.png' }],
      connectors: [
        { id: 3, number: 1, icon: 'http://icons.test/connectors/Type 1.png' },
        { id: 1, number: 2 },
      ],
      price_usd: 4.2205582,
    });
  });

  it('leaves what is absent, and clears what is null', async () => {
    await set({ ...exampleBody<ChangeChargePoint>(48) });
    await set({ title: 'After' });
    expect(await one(stations, id)).toMatchObject({
      title: 'After',
      contact_number: '+971500000000',
      price_unit: 'minutes',
    });
    await set({ contact_number: null, type: null, session_limit_type: '', session_limit_value: null, price: null });
    expect(await one(stations, id)).toMatchObject({
      contact_number: null,
      type: null,
      session_limit_type: null,
      session_limit_value: 0,
      price: '0.00',
      price_usd: 0,
    });
  });

  it('of nothing answers what there is', async () => {
    expect(await set({})).toMatchObject({ id, title: 'Before', latitude: 1, longitude: 2, city: null });
  });

  it('is refused with the documented texts in the documented order', async () => {
    const wrong = { price: 15.555, type: 99, amenities: [99], connectors: [{ id: 99, number: 1 }] };
    const error = (await set(wrong).catch((e: unknown) => e)) as { fields: object; message: string };
    expect(error.message).toBe('The price field must have 2 decimal places.');
    expect(Object.entries(error.fields)).toEqual([
      ['price', ['The price field must have 2 decimal places.']],
      ['type', ['The selected type is invalid.']],
      ['amenities.0', ['The selected amenities.0 is invalid.']],
      ['connectors.0.id', ['The selected connectors.0.id is invalid.']],
    ]);
    expect(await one(stations, id)).toMatchObject({ title: 'Before', connectors: [] });
  });

  it.each([
    ['an empty title', { title: '' }, { title: ['The title field is required.'] }],
    ['no category', { category: null }, { category: ['The category field is required.'] }],
    ['an unknown price unit', { price_unit: 'kwh' }, { price_unit: ['The selected price unit is invalid.'] }],
    [
      'a currency there is none of',
      { price: 1, price_currency: 'QQQ' },
      { price_currency: ['The selected price currency is invalid.'] },
    ],
    ['a negative price', { price: -1 }, { price: ['The price field must be at least 0.'] }],
    ['a price of letters', { price: 'much' }, { price: ['The price field must be a number.'] }],
    [
      'hours that are none',
      { open_time: '25:00:00' },
      { open_time: ['The open time field must match the format H:i:s.'] },
    ],
    [
      'a negative limit',
      { session_limit_value: -1 },
      { session_limit_value: ['The session limit value field must be at least 0.'] },
    ],
    ['an amenity that is no id', { amenities: [1, 'x'] }, { 'amenities.1': ['The selected amenities.1 is invalid.'] }],
    [
      'a connector without id',
      { connectors: [{ number: 1 }] },
      { 'connectors.0.id': ['The connectors.0.id field is required.'] },
    ],
    [
      'one number twice',
      {
        connectors: [
          { id: 1, number: 1 },
          { id: 3, number: 1 },
        ],
      },
      { 'connectors.1.number': ['The connectors.1.number field has a duplicate value.'] },
    ],
  ])('is refused for %s', async (_, input, fields) => {
    await expect(set(input)).rejects.toMatchObject({ code: 'validation_failed', fields });
  });

  it('keeps a price as entered in its own currency, and converts it for others', async () => {
    await set({ price: 15.5, price_currency: 'aed' });
    expect((await one(stations, id, { ...owner(), identity: { ...owner().identity!, currency: 'AED' } })).price).toBe(
      '15.50',
    );
    expect(await one(stations, id)).toMatchObject({ price: '574.88', price_usd: 4.2205582 });
    await set({ price: 649355.19 });
    expect(await one(stations, id)).toMatchObject({ price: '649355.19' });
  });

  it('takes a price without a currency for one in the currency of who asks', async () => {
    await set({ price: '1362.09' });
    expect(await one(stations, id)).toMatchObject({ price: '1362.09' });
    expect((await one(stations, id)).price_usd).toBeCloseTo(10, 4);
  });

  it('of the currency alone says what the number was meant in', async () => {
    await set({ price: 10, price_currency: 'USD' });
    await set({ price_currency: 'DZD' });
    expect(await one(stations, id)).toMatchObject({ price: '10.00' });
  });

  it('keeps connectors that keep their number, and drops the others', async () => {
    await set({ connectors: [{ id: 1, number: 1 }, { id: 3, number: 2 }, { id: 4 }] });
    const ids = () =>
      stations.db.query('select id, connector_type_id as type, number from charge_point_connectors order by id');
    expect(await ids()).toEqual([
      { id: 1, type: 1, number: 1 },
      { id: 2, type: 3, number: 2 },
      { id: 3, type: 4, number: null },
    ]);
    await set({ connectors: [{ id: 7, number: 2 }, { id: 4 }, { id: 4 }] });
    expect(await ids()).toEqual([
      { id: 2, type: 7, number: 2 },
      { id: 3, type: 4, number: null },
      { id: 4, type: 4, number: null },
    ]);
    await set({ connectors: [], amenities: null });
    expect(await one(stations, id)).toMatchObject({ connectors: [], amenities: [] });
  });

  it('of the place moves the time zone with it', async () => {
    const zone = async () => (await stations.db.query('select time_zone from charge_points'))[0]?.time_zone;
    await set({ latitude: 24.47, longitude: 54.37 });
    expect(await zone()).toBe('Asia/Dubai');
    await set({ latitude: 49471.7, longitude: 6723614.1 });
    expect(await zone()).toBe('Africa/Algiers');
  });

  it('of the time zone by name stays when the place changes, until it is taken back', async () => {
    const zone = async () => stations.bus.call(chargePoints.zone, { id }, owner());
    expect(await zone()).toMatchObject({ source: 'coordinates' });
    await set({ time_zone: 'America/New_York' });
    await set({ latitude: 36.7, longitude: 3.05 });
    expect(await zone()).toEqual({ time_zone: 'America/New_York', source: 'request' });
    const refused = set({ time_zone: 'Mars/Phobos' });
    await expect(refused).rejects.toMatchObject({ fields: { time_zone: ['The selected time zone is invalid.'] } });
    await set({ time_zone: null });
    expect(await zone()).toEqual({ time_zone: 'Africa/Algiers', source: 'coordinates' });
    await expect(stations.bus.call(chargePoints.zone, { id }, rival())).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is refused for what belongs to another, whatever else is wrong, and for what there is not', async () => {
    await expect(change(stations, id, { price: 'x' }, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(change(stations, 4711, { title: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await one(stations, id)).toMatchObject({ title: 'Before' });
  });

  it('by two at once leaves the sum of both', async () => {
    await Promise.all([set({ title: 'A' }), set({ city: 'Oran' }), set({ connectors: [{ id: 1, number: 1 }] })]);
    expect(await one(stations, id)).toMatchObject({
      title: 'A',
      address: { city: 'Oran' },
      connectors: [{ number: 1 }],
    });
  });
});
