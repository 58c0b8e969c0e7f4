import { HEAD, medianOf, type Report, rowOf, shortcomingsOf } from './scores';

const report = (performance: number, accessibility = 1): Report => ({
  categories: {
    performance: { score: performance, auditRefs: [{ id: 'largest-contentful-paint', weight: 25 }] },
    accessibility: { score: accessibility, auditRefs: [{ id: 'color-contrast', weight: 7 }] },
    'best-practices': { score: 1, auditRefs: [] },
  },
  audits: {
    'first-contentful-paint': { title: 'FCP', score: 1, numericValue: 400 },
    'largest-contentful-paint': { title: 'LCP', score: 0.5, displayValue: '2.4 s', numericValue: 2400 },
    'total-blocking-time': { title: 'TBT', score: 1, numericValue: 30 },
    'color-contrast': { title: 'Contrast', score: accessibility },
  },
});

describe('what Lighthouse says', () => {
  it('is the measurement in the middle', () => {
    expect(medianOf([report(0.9), report(0.2), report(0.95)])).toEqual(report(0.9));
    expect(medianOf([])).toBeUndefined();
  });

  it('is shown as a table', () => {
    expect(HEAD[0]).toBe('| Page | performance | accessibility | best-practices | FCP | LCP | TBT |');
    expect(HEAD[1]).toBe('|---|---|---|---|---|---|---|');
    expect(rowOf('orders', report(0.95))).toBe('| orders | 0.95 | 1.00 | 1.00 | 0.40 | 2.40 | 0.03 |');
  });

  it('falls short where a score is too low, and says why', () => {
    expect(shortcomingsOf('orders', report(0.9))).toEqual([]);
    expect(shortcomingsOf('orders', report(0.89, 0.98))).toEqual([
      'orders: performance is 0.89, not 0.9 (LCP: 2.4 s)',
      'orders: accessibility is 0.98, not 1 ()',
    ]);
    expect(shortcomingsOf('orders', { categories: {}, audits: {} })).toHaveLength(3);
  });
});
