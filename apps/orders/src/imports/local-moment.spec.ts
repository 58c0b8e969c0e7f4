import { momentIn } from './local-moment';

describe('a moment of an import', () => {
  it.each([
    ['2025-01-31T14:05:00+01:00', 'Asia/Tokyo', '2025-01-31T13:05:00.000Z'],
    ['2025-01-31T14:05:00', 'Africa/Algiers', '2025-01-31T13:05:00.000Z'],
    ['2025-01-31T14:05:00.250', 'Africa/Algiers', '2025-01-31T13:05:00.250Z'],
    ['2025-01-31T14:05:59.999', 'Asia/Kathmandu', '2025-01-31T08:20:59.999Z'],
    ['2025-03-30T02:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
    ['2025-10-26T02:30:00', 'Europe/Berlin', '2025-10-26T01:30:00.000Z'],
    ['2025-04-06T01:45:00', 'Australia/Lord_Howe', '2025-04-05T15:15:00.000Z'],
    ['2024-12-31T00:00:00', 'Pacific/Kiritimati', '2024-12-30T10:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, moment) => {
    expect(momentIn(text, zone).toISOString()).toBe(moment);
  });
});
