import { ConfigError, readConfig } from '@open-cpo/platform';
import { StationsConfig } from './config';

const env = {
  NATS_URL: 'nats://localhost:4222',
  REDIS_URL: 'redis://localhost:6379',
  DATABASE_URL: 'postgres://localhost/stations',
};
const read = (more: NodeJS.ProcessEnv = {}) => readConfig(StationsConfig, { ...env, ...more });

describe('the configuration of the stations service', () => {
  it('has icons where the API is, unless they are elsewhere', () => {
    expect(read().storage).toBe('http://localhost:3000');
    expect(read({ PUBLIC_URL: 'https://api.test' }).storage).toBe('https://api.test');
    expect(read({ STORAGE_URL: 'https://icons.test' }).storage).toBe('https://icons.test');
  });

  it('saves 0.3 kg of CO2 for a kilowatt-hour unless it is told otherwise', () => {
    expect(read().co2TonnesPerKwh).toBe(0.0003);
    expect(read({ CO2_TONNES_PER_KWH: '0.0007' }).co2TonnesPerKwh).toBe(0.0007);
    expect(read({ CO2_TONNES_PER_KWH: '0' }).co2TonnesPerKwh).toBe(0);
  });

  it.each([
    { PUBLIC_URL: 'https://api.test/' },
    { PUBLIC_URL: 'ftp://api.test' },
    { STORAGE_URL: 'icons' },
    { CO2_TONNES_PER_KWH: '-1' },
    { CO2_TONNES_PER_KWH: '0.3' },
    { CO2_TONNES_PER_KWH: 'much' },
  ])('refuses %j', (wrong) => expect(() => read(wrong)).toThrow(ConfigError));
});
