import { accept } from '../fields/accept';
import { ChangeRangePrice, CreateRangePrice } from './range-prices';

const good = { charge_point_id: 1, price: 5, startingTime: '20:00', endingTime: '23:59' };
const problems = (change: object) => accept(CreateRangePrice, { ...good, ...change }).errors.toMap();
const price = (value: unknown) => accept(CreateRangePrice, { ...good, price: value });

describe('the body of a range price', () => {
  it.each([
    [258.284235, '258.284235'],
    ['15.5', '15.5'],
    ['0.005', '0.005'],
    ['0.000', '0.000'],
    [0, '0'],
    [-0, '0'],
    ['-0.00', '-0.00'],
    [' 7 ', '7'],
  ])('takes the price %p as the decimal text %s', (raw, text) => {
    const { input, errors } = price(raw);
    expect(errors.empty).toBe(true);
    expect(input.price).toBe(text);
  });

  it.each([
    0.004,
    1e-7,
    '00.0049999999999999999999',
    '0.0000001',
    '1,5',
    '0x1F',
    '1e3',
    '$5',
    {},
    [5],
    true,
    'NaN',
    '1.',
    '.5',
    Number.NaN,
  ])('refuses the price %p', (raw) => {
    expect(price(raw).errors.toMap()).toEqual({ price: ['The price must be a number.'] });
  });

  it.each(['00:00', '09:02', '23:59', ' 12:00 ', '٠٩:٠٢'])('takes the time %s', (startingTime) => {
    expect(problems({ startingTime })).toEqual({});
  });

  it.each(['24:00', '9:02', '09:60', '09:02:00', 'noon', 902, ['09:02'], '09:02\n10:00'])(
    'refuses the time %p',
    (startingTime) => {
      expect(problems({ startingTime })).toEqual({
        starting_time: ['The starting time does not match the format H:i.'],
      });
    },
  );

  it('of a change may lack anything, and hold nothing empty', () => {
    expect(accept(ChangeRangePrice, { id: 1 }).errors.empty).toBe(true);
    const empty = accept(ChangeRangePrice, { id: 1, price: '', startingTime: null, endingTime: ' ' });
    expect(Object.keys(empty.errors.toMap())).toEqual(['price', 'starting_time', 'ending_time']);
  });
});
