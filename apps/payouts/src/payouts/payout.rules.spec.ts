import Big from 'big.js';
import fc from 'fast-check';
import { isPayable, transferable } from './payout.rules';

describe('what of a balance is transferred', () => {
  const owed = (usd: string, currency: string, rate: string, transferIn = currency) => ({
    usd,
    earned: {},
    currency,
    rate,
    transferIn,
  });

  it.each([
    ['8.50595', 'USD', '1', '8.50000000'],
    ['8.50', 'USD', '1', '8.50000000'],
    ['8.50085', 'JPY', '152', '8.50000000'],
    // 6.0271 dinars are owed; a thousandth cannot be shown.
    ['8.50085', 'JOD', '0.709', '8.49083216'],
    ['0.00999', 'USD', '1', '0.00000000'],
  ])('of %s USD in %s at %s is %s USD', (usd, currency, rate, amount) => {
    expect(transferable(owed(usd, currency, rate)).usd).toBe(amount);
  });

  it('is never more than what is owed, and shows as whole units', () => {
    const usds = fc.integer({ min: 1, max: 1_000_000_000 }).map((units) => (units / 100_000).toFixed(8));
    const money = fc.constantFrom(
      ['USD', '1'],
      ['JPY', '152.01'],
      ['KWD', '0.3061'],
      ['LBP', '89500'],
      ['EUR', '0.86'],
    );
    fc.assert(
      fc.property(usds, money, (usd, [currency = '', rate = '']) => {
        const part = transferable(owed(usd, currency, rate));
        expect(Number(part.usd)).toBeLessThanOrEqual(Number(usd));
        expect(part.amount).toMatch(currency === 'JPY' ? /^\d+\.0{8}$/ : /^\d+\.\d\d0{6}$/);
      }),
    );
  });

  it('is at the rates of the orders what was settled in the owner’s currency', () => {
    const earned = { MAD: ['8', '78.35'], EUR: ['1', '0.86'] } as const;
    const all = { usd: '10', earned, currency: 'MAD', rate: '12' };
    expect(transferable({ ...all, transferIn: 'MAD' })).toEqual({
      usd: '10.00000000',
      amount: '102.35000000',
      earned: { MAD: ['8', '78.35'], EUR: ['1', '0.86'] },
    });
    // Half a cent stays owed, as much of each part as of all.
    const odd = transferable({ ...all, usd: '10.005', transferIn: 'USD' });
    expect(odd.usd).toBe('10.00000000');
    const left = (code: 'MAD' | 'EUR') =>
      earned[code].map((text, at) => new Big(text).minus(odd.earned[code]?.[at] ?? 0));
    expect(left('MAD').map((rest) => rest.toFixed(4))).toEqual(['0.0040', '0.0392']);
    expect(left('EUR').map((rest) => rest.toFixed(4))).toEqual(['0.0005', '0.0004']);
  });

  it('is nothing where the rates leave nothing in either currency', () => {
    const nothing = { usd: '0', amount: '0', earned: {} };
    const earned = { MAD: ['10', '-5'] } as const;
    expect(transferable({ usd: '10', earned, currency: 'MAD', rate: '12', transferIn: 'USD' })).toEqual(nothing);
    expect(transferable(owed('-1', 'EUR', '0.9'))).toEqual(nothing);
  });

  it('is nothing below a cent', () => {
    expect([isPayable('0.0099'), isPayable('0.01')]).toEqual([false, true]);
  });
});
