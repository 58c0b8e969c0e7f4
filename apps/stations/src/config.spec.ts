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

  it.each([{ PUBLIC_URL: 'https://api.test/' }, { PUBLIC_URL: 'ftp://api.test' }, { STORAGE_URL: 'icons' }])(
    'refuses %j',
    (wrong) => expect(() => read(wrong)).toThrow(ConfigError),
  );
});
