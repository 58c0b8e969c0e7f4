import { curveOf } from './curve';

const at = (minute: number) => `2025-01-08T07:${String(minute).padStart(2, '0')}:00.000000Z`;

describe('the curve of a session', () => {
  it('has energy and mean power between readings', () => {
    const points = curveOf([
      { at: at(0), energy: '0.0000' },
      { at: at(15), energy: '2.5000' },
      { at: at(30), energy: '2.5000' },
      { at: at(30), energy: '3.0000' },
    ]);
    expect(points.map(({ energy, power }) => [energy, power])).toEqual([
      [0, 10],
      [2.5, 10],
      [2.5, 0],
      [3, 0],
    ]);
    expect(points[1]?.at).toBe(Date.parse('2025-01-08T07:15:00Z'));
  });

  it('is nothing where too little is known', () => {
    expect([curveOf([]), curveOf([{ at: at(0), energy: '0.0000' }])]).toEqual([[], []]);
  });
});
