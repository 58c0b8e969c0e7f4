import { table } from './table';

describe('a table', () => {
  it('is as wide as what is in it', () => {
    const rows = [
      { code: 'DZD', updated_at: '2025', rate: '136.209406' },
      { code: 'USD', updated_at: '2025-05-12', rate: '1' },
    ];
    expect(table(rows)).toBe(
      ['CODE  UPDATED AT  RATE', 'DZD   2025        136.209406', 'USD   2025-05-12  1'].join('\n'),
    );
  });

  it('says when there is nothing', () => {
    expect(table([])).toBe('None.');
  });

  it('shows numbers, absent values and objects', () => {
    expect(table([{ a: 1, b: null, c: { d: true } }])).toBe('A  B  C\n1     {"d":true}');
  });

  it('cuts what is longer than 300 characters', () => {
    expect(table([{ name: `${'x'.repeat(299)}😀${'y'.repeat(99)}` }])).toBe(`NAME\n${'x'.repeat(299)}😀…`);
    expect(table([{ name: '😀'.repeat(300) }])).toBe(`NAME\n${'😀'.repeat(300)}`);
  });

  it('keeps what steers a terminal away from it', () => {
    expect(table([{ name: 'x\u001b[31mred\u0007\ny' }])).toBe('NAME\nx [31mred y');
  });
});
