import { ConfigError, readConfig } from './read-config';
import { TimeZoneConfig } from './time-zone-config';

const env = { NATS_URL: 'nats://n', REDIS_URL: 'redis://r', DATABASE_URL: 'postgres://p' };

describe('the oldest release of time zone data that is accepted', () => {
  it.each([
    ['2026e, in production', { NODE_ENV: 'production' }, '2026e'],
    ['2025b, on a machine for development', { NODE_ENV: 'development' }, '2025b'],
    ['the one of the setting', { NODE_ENV: 'production', TIME_ZONE_DATA_MINIMUM: '2024a' }, '2024a'],
    ['the default, for an empty setting', { NODE_ENV: 'production', TIME_ZONE_DATA_MINIMUM: '' }, '2026e'],
  ])('is %s', (_, more, release) => {
    expect(readConfig(TimeZoneConfig, { ...env, ...more }).oldestTimeZones).toBe(release);
  });

  it('is the name of a release', () => {
    const read = () => readConfig(TimeZoneConfig, { ...env, TIME_ZONE_DATA_MINIMUM: '2026' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow('TIME_ZONE_DATA_MINIMUM must be a release of the time zone database such as 2026e');
  });
});
