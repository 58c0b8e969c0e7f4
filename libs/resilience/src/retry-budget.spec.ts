import { RetryBudget } from './retry-budget';

describe('the budget of second tries', () => {
  const drain = (budget: RetryBudget): number => {
    let count = 0;
    while (budget.spend()) count += 1;
    return count;
  };

  it('is a tenth of the requests', () => {
    const budget = new RetryBudget();
    drain(budget);
    for (let index = 0; index < 200; index += 1) budget.earn();
    expect(drain(budget)).toBe(20);
  });

  it('has something at the start', () => {
    expect(drain(new RetryBudget())).toBe(10);
  });

  it('does not save up for a storm', () => {
    const budget = new RetryBudget();
    for (let index = 0; index < 100_000; index += 1) budget.earn();
    expect(drain(budget)).toBeLessThanOrEqual(50);
  });
});
