import { accept } from '../fields/accept';
import { ChangeChargePoint, CreateChargePoint } from './charge-point-input';

const creating = (body: unknown) => accept(CreateChargePoint, body);
const changing = (body: object) => accept(ChangeChargePoint, { id: 1, ...body });
const needed = { title: 'x', category: 'EV_CHARGER' };

describe('the body of a creation', () => {
  it('keeps what is declared and nothing else', () => {
    const sent = { ...needed, status: 'busy', secure: 1, token: 'mine', account_id: 2, user_id: 2, listed: true };
    const { input, errors } = creating(sent);
    expect(errors.empty).toBe(true);
    expect({ ...input }).toEqual(needed);
  });

  it('takes an empty text for none and blanks off the ends', () => {
    const { input } = creating({ ...needed, title: '  Main street ', identifier: '', city: ' ' });
    expect({ ...input }).toEqual({ title: 'Main street', category: 'EV_CHARGER', identifier: null, city: null });
  });

  it.each([
    ['a longitude that is nowhere', { longitude: 29689.05098 }, 29689.05098],
    ['a number as text', { longitude: '-0.5' }, -0.5],
    ['zero', { longitude: 0 }, 0],
  ])('may have %s', (_, part, longitude) => {
    const { input, errors } = creating({ ...needed, ...part });
    expect(errors.empty).toBe(true);
    expect(input.longitude).toBe(longitude);
  });

  it.each([
    ['a NUL', { title: 'a\u0000b' }, 'title'],
    ['half a character', { title: '\ud800' }, 'title'],
    ['a title that never ends', { title: 'x'.repeat(256) }, 'title'],
    ['an object for a text', { city: { $ne: 1 } }, 'city'],
    ['a list for a number', { latitude: [1] }, 'latitude'],
    ['infinity', { latitude: '1e400' }, 'latitude'],
    ['a category in small letters', { category: 'ev_charger' }, 'category'],
  ])('is refused with %s', (_, part, field) => {
    expect(Object.keys(creating({ ...needed, ...part }).errors.toMap())).toEqual([field]);
  });

  it.each([null, [], 'text', 7])('is refused when it is %j', (body) => {
    expect(Object.keys(creating(body).errors.toMap())).toEqual(['title', 'category']);
  });
});

describe('the body of a change', () => {
  it('reads what forms can say', () => {
    const form = {
      price: '15.5',
      listed: '0',
      type: '2',
      amenities: ['1', '2'],
      connectors: [{ id: '1', number: '2' }, { id: '3' }],
      session_limit_value: '60',
    };
    const { input, errors } = changing(form);
    expect(errors.empty).toBe(true);
    expect(JSON.parse(JSON.stringify(input))).toEqual({
      id: 1,
      price: '15.5',
      session_limit_value: 60,
      listed: false,
      type: 2,
      amenities: [1, 2],
      connectors: [{ id: 1, number: 2 }, { id: 3 }],
    });
  });

  it('tells what is absent from what is to be cleared', () => {
    const { input } = changing({ description: '', open_time: null });
    expect(input.description).toBeNull();
    expect(input.open_time).toBeNull();
    expect('close_time' in input).toBe(false);
  });

  it.each([
    ['three decimals', { price: '1.005' }, { price: ['The price field must have 2 decimal places.'] }],
    ['too much', { price: 1e9 }, { price: ['The price field must not be greater than 99999999.99.'] }],
    ['an amenity of letters', { amenities: ['x', 1] }, { 'amenities.0': ['The selected amenities.0 is invalid.'] }],
    ['amenities that are no list', { amenities: 'all' }, { amenities: ['The amenities field must be an array.'] }],
    ['a connector of nothing', { connectors: [{}] }, { 'connectors.0.id': ['The connectors.0.id field is required.'] }],
    [
      'hours without seconds',
      { open_time: '08:00' },
      { open_time: ['The open time field must match the format H:i:s.'] },
    ],
    ['an empty choice', { listed: '' }, { listed: ['The listed field is required.'] }],
  ])('is refused with %s', (_, body, fields) => {
    expect(changing(body).errors.toMap()).toEqual(fields);
  });

  it('is refused with a hundred and one connectors', () => {
    const connectors = Array.from({ length: 101 }, (_, number) => ({ id: 1, number }));
    expect(changing({ connectors }).errors.has('connectors')).toBe(true);
  });
});
