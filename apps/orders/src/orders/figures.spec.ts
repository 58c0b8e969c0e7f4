import { sessionRow, tariff } from '../test/rows';
import { after } from '../test/session';
import Big from 'big.js';
import { endOf, figuresAt, measured, nothingYet, progress } from './figures';

const at = (minutes: number): Date => new Date(after(minutes));
const reading = (minutes: number, wh: string) => ({ at: at(minutes), wh });
const TERMS = { fee: '0.5', earningRate: '0.85', settlement: { currency: 'USD', rate: '1' } };

describe('an order at its beginning', () => {
  it('costs nothing yet and shows the price that it goes by', () => {
    expect(nothingYet(tariff({ base_usd: '0.123456789' }))).toEqual({
      charging_session_time: '0.0000',
      charging_session_energy: '0.0000',
      quantity: '0.0000',
      unit_price_usd: '0.12345679',
      price_usd: '0.00000000',
      fees_usd: '0.00000000',
      earning_usd: '0.00000000',
      prices: [],
      unit_price_amount: null,
      price_amount: null,
      earning_amount: null,
      amounts_currency: null,
    });
  });
});

describe('an order in progress', () => {
  it('counts begun minutes only when they are over, and energy to the watt-hour', () => {
    const now = reading(10.75, '1734.000');
    expect(progress(sessionRow(), now, tariff())).toMatchObject({
      charging_session_time: '10.7500',
      charging_session_energy: '1.2340',
      quantity: '10.0000',
      price_usd: '0.00000000',
    });
    expect(progress(sessionRow(), now, tariff({ unit: 'energy' }))).toMatchObject({ quantity: '1.2340' });
  });

  it('has had nothing of a meter that runs backwards, or of a clock that does', () => {
    expect(progress(sessionRow(), reading(-5, '100'), tariff())).toMatchObject({
      charging_session_time: '0.0000',
      charging_session_energy: '0.0000',
    });
  });
});

describe('the end of a session', () => {
  it.each([
    ['unknown as long as it goes on', {}, null],
    ['when it was told to be', { ended_at: at(12) }, at(12)],
    ['its last word where it fell silent', { silent_at: at(10), end_wh: '1' }, at(10)],
    ['its beginning where it ended before that', { ended_at: at(-3), end_wh: '500' }, at(0)],
    ['what it told itself, although it had been silent', { ended_at: at(12), silent_at: at(10) }, at(12)],
  ])('is %s', (_, ended, expected) => {
    expect(endOf(sessionRow(ended))).toEqual(expected);
  });
});

/** 500 Wh at the beginning, and a connector that can deliver all of it. */
const priceOf = (
  readings: ReturnType<typeof reading>[],
  end: { at: Date; wh: string | null },
  prices: ReturnType<typeof tariff>,
  terms = TERMS,
) => {
  const session = sessionRow({ ended_at: end.at, end_wh: end.wh });
  const found = measured(session, readings, end.at, () => new Big(1e6));
  return figuresAt({ startedAt: session.started_at, endedAt: end.at, measured: found }, prices, terms);
};

describe('an ended order', () => {
  it('is priced by whole minutes, with the owner’s part of the price and the fee on top', () => {
    const end = { at: at(10.9), wh: '1500' };
    expect(priceOf([], end, tariff())).toEqual({
      charging_session_time: '10.9000',
      charging_session_energy: '1.0000',
      quantity: '10.0000',
      unit_price_usd: '2.00000000',
      price_usd: '20.00000000',
      fees_usd: '0.50000000',
      earning_usd: '17.00000000',
      prices: [],
      unit_price_amount: '2.00000000',
      price_amount: '20.00000000',
      earning_amount: '17.00000000',
      amounts_currency: 'USD',
    });
  });

  it('has slices where the price changed on the way, by the readings around it', () => {
    // 08:33:27 in Algiers to 09:33:27.
    const ranges = [{ id: 1, price_usd: '3', starting: '09:00', ending: '10:00' }];
    const energy = tariff({ unit: 'energy', base_usd: '1', ranges });
    const end = { at: at(60), wh: '6500' };
    const even = priceOf([], end, energy);
    expect(even.prices).toMatchObject([{ price: '1' }, { price: '3' }]);
    const late = priceOf([reading(27, '501')], end, energy);
    expect(Number(late.price_usd)).toBeGreaterThan(Number(even.price_usd));
    expect(late).toMatchObject({ quantity: '6.0000', charging_session_energy: '6.0000', unit_price_usd: '1.00000000' });
  });

  it('goes by no reading outside of it', () => {
    const end = { at: at(60), wh: '6500' };
    const energy = tariff({ unit: 'energy' });
    const strangers = [reading(-10, '1'), reading(0, '9'), reading(90, '99999')];
    expect(priceOf(strangers, end, energy)).toEqual(priceOf([], end, energy));
  });

  it('rounds an earning half up at the eighth digit', () => {
    const cheap = tariff({ base_usd: '0.00000001' });
    const end = { at: at(1), wh: null };
    expect(priceOf([], end, cheap, { ...TERMS, fee: '0', earningRate: '0.5' }).earning_usd).toBe('0.00000001');
    expect(priceOf([], end, cheap, { ...TERMS, fee: '0', earningRate: '0.49' }).earning_usd).toBe('0.00000000');
  });
});

describe('the energy of a session whose end is assumed', () => {
  const session = sessionRow({ silent_at: at(20), end_wh: '3500.000' });
  const readings = [reading(10, '1500.000'), reading(40, '5500.000'), reading(60, '9500.000')];
  it.each([
    ['its register, by that end', 20, '3000'],
    ['that of the readings, by another end', 60, '9000'],
  ])('is %s', (_name, minutes, energy) => {
    expect(measured(session, readings, at(minutes), () => new Big(1e6)).energy?.toString()).toBe(energy);
  });
});
