import { CSS_COLORS, randomColor } from './css-colors';

describe('the colours of categories', () => {
  it('are those that CSS has names for, each once, in capitals', () => {
    // 148 names; seven greys have two spellings, cyan is aqua and magenta is fuchsia.
    expect(new Set(CSS_COLORS).size).toBe(148 - 9);
    expect(CSS_COLORS.filter((color) => !/^#[0-9A-F]{6}$/.test(color))).toEqual([]);
  });

  it.each(['#D2B48C', '#A52A2A', '#A9A9A9'])('have the documented sample %s', (color) => {
    expect(CSS_COLORS).toContain(color);
  });

  it('are given by chance', () => {
    const given = Array.from({ length: 300 }, randomColor);
    expect(new Set(given).size).toBeGreaterThan(20);
    expect(given.filter((color) => !CSS_COLORS.includes(color))).toEqual([]);
  });
});
