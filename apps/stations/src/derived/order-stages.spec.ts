import { order } from '../test/orders';
import { begun, furthest, staged, stageOf } from './order-stages';

describe('what is told of an order', () => {
  it('has an order of its own: completed, taken back, completed anew', () => {
    const stages = [stageOf(1, false), stageOf(1, true), stageOf(2, false), stageOf(2, true)];
    expect(stages).toEqual([2, 3, 4, 5]);
  });

  it('counts as far as it has come, whatever came last', () => {
    const told = [staged(order()), staged(order({ revision: 2 })), staged(order(), true), staged(order())];
    expect(furthest(told)).toEqual([staged(order({ revision: 2 }))]);
    expect(furthest([...told].reverse())).toEqual([staged(order({ revision: 2 }))]);
    expect(furthest([staged(order()), staged(order({ order_id: 2 }))])).toHaveLength(2);
    expect(furthest([])).toEqual([]);
  });

  it('is less than any end as long as it runs, or waits for an operator', () => {
    const { order_id, account_id, charge_point_id } = order();
    const running = begun({ order_id, account_id, charge_point_id, started_at: '2025-05-12T23:30:00.000Z' });
    expect(running).toMatchObject({ stage: -1, day: '2025-05-12', earnings_usd: '0' });
    expect(furthest([staged(order()), running])).toEqual([staged(order())]);
  });

  it('is what it brought its owner, when, and how long it took', () => {
    expect(staged(order({ day: '2025-05-12' }))).toEqual({
      order_id: 1,
      charge_point_id: 1,
      stage: 2,
      day: '2025-05-12',
      minutes: '27.0000',
      energy: '12.5000',
      earnings_usd: '7.00000000',
      currency: null,
      earnings_amount: null,
    });
    const settled = { currency: 'MAD', rate: '9.2' };
    expect(staged(order(settled))).toMatchObject({ currency: 'MAD', earnings_amount: '64.40000000' });
    expect(staged(order({ ...settled, earning_amount: '64.41' }))).toMatchObject({ earnings_amount: '64.41' });
  });
});
