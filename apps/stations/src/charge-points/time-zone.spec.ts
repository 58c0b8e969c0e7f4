import lookup from '@photostructure/tz-lookup';
import { isZone, TIME_ZONE_LOOKUP, timeZoneAt } from './time-zone';

describe('the time zone of a power center', () => {
  it.each<[string, number | null, number | null, string, string]>([
    ['its place', 36.75, 3.06, 'UTC', 'Africa/Algiers'],
    ['its place, not its account', 31.95, 35.93, 'Africa/Algiers', 'Asia/Amman'],
    ['its account, without coordinates', null, null, 'Asia/Amman', 'Asia/Amman'],
    ['its account, with half of them', 36.7, null, 'Asia/Amman', 'Asia/Amman'],
    ['its account, where there is no place', 49471.7, 144776, 'Asia/Amman', 'Asia/Amman'],
    ['UTC, when nobody knows better', null, null, 'Mars/Olympus', 'UTC'],
    ['UTC, for no zone at all', null, null, '', 'UTC'],
  ])('is that of %s', (_, latitude, longitude, account, zone) => {
    expect(timeZoneAt(latitude, longitude, account)).toBe(zone);
  });
});

describe('the names of the package that looks zones up', () => {
  const { zones, version } = TIME_ZONE_LOOKUP;

  it('are all that it gives, in every part of the world', () => {
    const given = new Set<string>();
    for (let latitude = -90; latitude <= 90; latitude += 2) {
      for (let longitude = -180; longitude <= 180; longitude += 2) given.add(lookup(latitude, longitude));
    }
    expect(given.size).toBeGreaterThan(200);
    expect([...given].filter((zone) => !zones.includes(zone))).toEqual([]);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('are known to Node.js', () => {
    expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  });
});
