import { earnedIn } from './earned';

describe('a sum in the currency of a viewer', () => {
  const earned = { MAD: ['8', '78.35'], EUR: ['1', '0.86'] } as const;

  it.each([
    ['of orders that were all settled in it', '8', { MAD: ['8', '78.35'] } as const, '78.35'],
    ['of others beside them, at the rate of today', '10', earned, '102.35'],
    ['of orders in other currencies alone', '10', { EUR: ['1', '0.86'] } as const, '120.00'],
    ['of orders from before currencies were kept', '10', {}, '120.00'],
    ['of nothing', '0', null, '0.00'],
  ])('%s', (_, usd, sums, shown) => {
    expect(earnedIn(usd, sums, 'MAD', '12')).toBe(shown);
  });

  it('compares amounts, not texts', () => {
    expect(earnedIn('10.00000000', { MAD: ['10', '92'] }, 'MAD', '12')).toBe('92.00');
  });
});
