import { idOf, UsageError } from './command';

describe('an id on the command line', () => {
  it.each([
    ['1', 1],
    ['42', 42],
    ['2147483647', 2147483647],
  ])('is %s', (text, id) => {
    expect(idOf(text, 'An id')).toBe(id);
  });

  it.each([undefined, '', '0', '-1', '+1', '01', '1.5', '1e3', '0x1F', '7x', ' 7', '2147483648', '99999999999999'])(
    'is not %s',
    (text) => {
      expect(() => idOf(text, 'An id')).toThrow(UsageError);
      expect(() => idOf(text, 'An id')).toThrow(`An id is a positive whole number, not "${text ?? ''}".`);
    },
  );
});
