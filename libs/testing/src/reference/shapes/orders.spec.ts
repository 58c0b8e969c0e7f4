import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mismatches } from '../mismatches';
import { feedback } from './feedback';
import { orderListed, orderOfPowerCenter } from './orders';
import { payout } from './payouts';
import { availablePayoutMethod, payoutMethod } from './payout-methods';
import { stats } from './stats';

type Row = Record<string, unknown>;
const SAMPLES = JSON.parse(readFileSync(join(__dirname, '../samples.json'), 'utf8')) as Record<string, Row[]>;
const sample = (number: number): Row => SAMPLES[number]?.[0] ?? {};

const listed = sample(29);
const [ofPowerCenter = {}] = sample(45) as unknown as Row[];
const given = sample(24);

describe('an order', () => {
  it('has its earning as a string in the order lists, as a number in that of a power center', () => {
    expect(mismatches(listed, orderListed)).toEqual([]);
    expect(mismatches({ ...listed, earning: 953.47 }, orderListed)).toEqual(['$.earning: expected s2, got 953.47']);
    expect(mismatches(ofPowerCenter, orderOfPowerCenter)).toEqual([]);
    expect(mismatches({ ...ofPowerCenter, earning: '7.00' }, orderOfPowerCenter)).toHaveLength(1);
  });

  it('has seconds in insert_date only in the list of a power center', () => {
    expect(mismatches({ ...listed, insert_date: '2024-09-16 07:33:27' }, orderListed)).toHaveLength(1);
    expect(mismatches({ ...ofPowerCenter, insert_date: '2024-09-14 20:19' }, orderOfPowerCenter)).toHaveLength(1);
  });

  it('may be priced in slices', () => {
    const slice = { id: 1, quantity: 30, price: 2, total: 60, startingTime: '09:00', endingTime: '09:30' };
    expect(mismatches({ ...listed, prices: [slice] }, orderListed)).toEqual([]);
    expect(mismatches({ ...listed, prices: [{ ...slice, price: '2.00' }] }, orderListed)).toHaveLength(1);
  });

  it.each([
    [{ requested_quantity: 'FULL' }, 0],
    [{ requested_quantity: 8 }, 1],
    [{ status: 2 }, 0],
    [{ status: 3 }, 1],
    [{ delivery_date: null }, 0],
    [{ delivery_date: '2024-09-16T07:33:27.000000Z' }, 1],
    [{ price: '0.0000' }, 1],
    [{ unit: 'kwh' }, 1],
    [{ elapsed_time: '28.0000' }, 1],
    [{ app_fees: -953.47 }, 1],
  ])('with %j has %i complaints', (change, count) => {
    expect(mismatches({ ...listed, ...change }, orderListed)).toHaveLength(count);
  });
});

describe('feedback', () => {
  const user = { id: 1, first_name: '', last_name: '' };
  const whole: Row = { ...given, charge_point: { id: 12, title: 'Tassala', identifier: 'CP:DDEE36' }, user };

  it('carries its power center, as much of it as one likes', () => {
    expect(mismatches(whole, feedback)).toEqual([]);
    expect(mismatches({ ...whole, charge_point: { id: 12 } }, feedback)).toEqual(['$.charge_point.title: missing']);
    expect(mismatches({ ...whole, charge_point: null }, feedback)).toHaveLength(1);
  });

  it('carries its order with the four decimals of the price and the earning as a number', () => {
    const order = whole.charge_point_order as Row;
    const rated = (change: Row) => ({ ...whole, charge_point_order: { ...order, ...change } });
    expect(mismatches(rated({ price: '102.00' }), feedback)).toHaveLength(1);
    expect(mismatches(rated({ earning: '15.30' }), feedback)).toHaveLength(1);
    expect(mismatches(rated({ app_fees: '0.00' }), feedback)).toHaveLength(1);
  });
});

describe('payouts', () => {
  const stripe = {
    id: 1,
    logo: 'http://localhost:8080/images/payout-methods/stripe.png',
    name: 'stripe',
    description: 'Instant.',
    details: { account_id: 'acct_1', account_status: 'Pending' },
    link: 'https://connect.stripe.com/setup/s/acct_1',
  };
  const bank = { ...stripe, name: 'bank_transfer', details: { iban: 'JO94CBJO0010000000000131000302' }, link: null };
  const offer = { ...stripe, details: null, link: null };

  it('has the account and the link of Stripe, and the details of any other method', () => {
    expect(mismatches(stripe, payoutMethod)).toEqual([]);
    expect(mismatches(bank, payoutMethod)).toEqual([]);
    expect(mismatches({ ...stripe, details: bank.details }, payoutMethod)).not.toEqual([]);
    expect(mismatches({ ...stripe, link: null }, payoutMethod)).toEqual(['$.link: expected url, got null']);
    expect(mismatches(offer, payoutMethod)).not.toEqual([]);
  });

  it('knows no account of a method that is only offered', () => {
    expect(mismatches(offer, availablePayoutMethod)).toEqual([]);
    expect(mismatches(stripe, availablePayoutMethod)).toHaveLength(2);
  });

  it('spells a payout that was paid as the reference does', () => {
    const { results } = sample(36) as { results: { data: Row[] } };
    const [paid] = results.data;
    expect(mismatches(paid, payout)).toEqual([]);
    expect(mismatches({ ...paid, status: 'paid' }, payout)).toHaveLength(1);
    expect(mismatches({ ...paid, payout_id: 1 }, payout)).toHaveLength(1);
  });
});

describe('statistics', () => {
  const windows = sample(44) as { today: Row; thisWeek: Row; thisMonth: Row };

  it('has the first day of a window, but not of today', () => {
    expect(mismatches(windows, stats)).toEqual([]);
    expect(mismatches({ ...windows, today: windows.thisWeek }, stats)).toEqual(['$.today.date: not documented']);
    expect(mismatches({ ...windows, thisWeek: windows.today }, stats)).toEqual(['$.thisWeek.date: missing']);
    expect(mismatches({ ...windows, thisWeek: { ...windows.thisWeek, date: '2025-05-05' } }, stats)).toHaveLength(1);
  });
});
