import { microseconds, uniqid } from './uniqid';

describe('uniqid', () => {
  it('writes the second and the microsecond of the documented samples', () => {
    expect(uniqid(Date.parse('2025-03-22T21:04:37Z') * 1000 + 0x7a981)).toBe('67DF25E57A981');
    expect(uniqid(Date.parse('2025-05-12T15:12:39Z') * 1000 + 0xd87cd)).toBe('68220FE7D87CD');
    expect(uniqid(Date.parse('2025-05-12T15:12:39Z') * 1000)).toBe('68220FE700000');
  });

  it('never has the same moment twice', () => {
    const moments = Array.from({ length: 5000 }, microseconds);
    expect(new Set(moments).size).toBe(5000);
    expect([...moments].sort((a, b) => a - b)).toEqual(moments);
  });
});
