import { dayEnd } from './day-end';

describe('the end of a day', () => {
  it.each([
    ['2026-05-12', 'UTC', '2026-05-13T00:00:00.000Z'],
    ['2026-05-12', 'Africa/Algiers', '2026-05-12T23:00:00.000Z'],
    ['2026-05-12', 'Pacific/Kiritimati', '2026-05-12T10:00:00.000Z'],
    ['2026-05-12', 'Pacific/Pago_Pago', '2026-05-13T11:00:00.000Z'],
    ['2026-05-12', 'Asia/Kathmandu', '2026-05-12T18:15:00.000Z'],
    // The night in which clocks are set back.
    ['2026-10-24', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ])('of %s in %s is %s', (day, zone, end) => {
    expect(new Date(dayEnd(day, zone)).toISOString()).toBe(end);
  });
});
