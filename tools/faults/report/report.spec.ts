import { page } from './page';
import { brokenIn, failedRow, INVARIANTS, type Row, skippedRow } from './row';
import { cellsOf, faultTable } from './table';

const none = Object.fromEntries(INVARIANTS.map((name) => [name, []])) as unknown as Row['problems'];
const row: Row = {
  fault: 'kill -9 orders',
  requests: 700,
  failed: 85,
  how: { 503: 84, 504: 1 },
  healed: 3.14,
  problems: none,
};

describe('the table of faults', () => {
  it('shows the statuses of failures and that all holds', () => {
    expect(cellsOf(row)).toEqual(['kill -9 orders', '700', '85', '503 ×84, 504 ×1', '3.1 s', 'hold']);
  });

  it('names what was broken', () => {
    const broken = { ...row, problems: { ...none, once: ['lost'], mails: ['none'] } };
    expect(brokenIn(broken)).toEqual(['once', 'mails']);
    expect(cellsOf(broken).at(-1)).toBe('BROKEN: once, mails');
  });

  it('names what could not be tried', () => {
    expect(cellsOf(skippedRow('full disk', 'not root')).at(-1)).toBe('skipped: not root');
  });

  it('does not take a fault that never happened for one that was borne', () => {
    const row = failedRow('kill -9 worker', 'no export began');
    expect(brokenIn(row)).toEqual(['injected']);
    expect(cellsOf(row).at(-1)).toBe('BROKEN: injected');
  });

  it('is aligned Markdown', () => {
    const lengths = new Set(
      faultTable([row, skippedRow('x', 'y')])
        .split('\n')
        .map(({ length }) => length),
    );
    expect(lengths.size).toBe(1);
  });

  it('goes onto a page with every invariant and control', () => {
    const control = { control: 'lock', safe: '', unsafe: '', shown: false };
    const text = page([row], [control], 'Here.');
    for (const invariant of INVARIANTS) expect(text).toContain(`| ${invariant} |`);
    expect(text).toMatch(/\| lock +\| holds +\| NOT NOTICED \|/);
  });
});
