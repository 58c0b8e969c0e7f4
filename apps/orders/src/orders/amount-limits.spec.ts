import Big from 'big.js';
import fc from 'fast-check';
import { tariff } from '../test/rows';
import { figuresAt } from './figures';

/** Highest prices that the API takes: of a power center, and of a range. */
const HIGHEST_PRICES = ['99999999.99', '999999999.99'];
/** Highest settings: `SESSION_MAX_HOURS`, `SESSION_DEFAULT_POWER_KW`, `SESSION_POWER_MARGIN`. */
const MAX_HOURS = 8784;
const MAX_KW = 10_000 * 10;
/** Digits before the point of the columns: numeric(28,8) in USD, numeric(38,8) in another currency. */
const USD_DIGITS = 20;
const OWN_DIGITS = 30;

const digitsOf = (amount: string): number => new Big(amount).round(0, Big.roundDown).abs().toFixed().length;
const START = new Date('2026-01-01T00:00:00Z');

describe('amounts at the limits of the API', () => {
  const price = fc.oneof(
    fc.constantFrom(...HIGHEST_PRICES),
    fc.integer({ min: 0, max: 99_999_999_999 }).map((n) => (n / 100).toFixed(2)),
  );
  // Kuwait's dinar, and the currencies with the most units for a US dollar.
  const rate = fc.constantFrom('0.3', '0.709', '1', '136.209406', '89500', '1400000');
  const unit = fc.constantFrom('minutes' as const, 'energy' as const);

  it('fit their columns, whatever is sold at whatever price in whatever currency', () => {
    fc.assert(
      fc.property(
        price,
        rate,
        rate,
        unit,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amount, entered, own, by, part) => {
          const hours = Math.ceil(MAX_HOURS * part);
          const endedAt = new Date(START.getTime() + hours * 3_600_000);
          const energy = new Big(hours).times(MAX_KW).times(1000);
          const usd = new Big(amount).div(entered).toFixed(8);
          const terms = { fee: '999999.99', earningRate: '0.999999', settlement: { currency: 'XXX', rate: own } };
          const outcome = { startedAt: START, endedAt, measured: { energy, values: [], flags: [] } };
          const came = figuresAt(outcome, tariff({ base_usd: usd, unit: by }), terms);
          for (const name of ['price_usd', 'earning_usd', 'unit_price_usd', 'fees_usd'] as const) {
            expect(digitsOf(new Big(came[name]).toFixed())).toBeLessThanOrEqual(USD_DIGITS);
          }
          for (const name of ['price_amount', 'earning_amount', 'unit_price_amount'] as const) {
            expect(digitsOf(came[name] ?? '0')).toBeLessThanOrEqual(OWN_DIGITS);
          }
          expect(digitsOf(came.quantity)).toBeLessThanOrEqual(10);
        },
      ),
      { numRuns: 300 },
    );
  });
});
