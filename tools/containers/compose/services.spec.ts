import { resolve } from 'node:path';
import { apps } from '../../stack/apps';
import {
  plainServices,
  profiledServices,
  servicesOf,
  startOrder,
  startWaves,
  withOldTimeZones,
  withoutEmptyDefaults,
} from './services';

describe('the services of a compose file', () => {
  const text = `
services:
  gateway: { image: g, depends_on: { auth: { condition: service_healthy } } }
  auth: { image: a, depends_on: { migrate: { condition: service_completed_successfully } } }
  migrate: { image: a }
  demo: { image: a, profiles: [demo] }
`;

  it('are those that no profile has to be asked for', () => {
    expect([...plainServices(text).keys()]).toEqual(['gateway', 'auth', 'migrate']);
  });

  it('start after what they wait for', () => {
    expect(startOrder(plainServices(text))).toEqual(['migrate', 'auth', 'gateway']);
  });

  it('start in waves, none in the same one as what it waits for', () => {
    expect(startWaves(plainServices(text))).toEqual([['migrate'], ['auth'], ['gateway']]);
    const own = servicesOf(resolve(__dirname, '../../..'));
    const waves = startWaves(own);
    expect(waves.flat().sort()).toEqual([...own.keys()].sort());
    for (const wave of waves) {
      const others = wave.flatMap((name) => Object.keys(own.get(name)?.depends_on ?? {}));
      expect(others.filter((name) => wave.includes(name))).toEqual([]);
    }
  });

  it('with a profile are the others', () => {
    expect(profiledServices(resolve(__dirname, '../../..'))).toEqual(expect.arrayContaining(['operator', 'grafana']));
  });

  it('cannot wait for each other, nor for what is not there', () => {
    const circle = 'services: { a: { image: a, depends_on: { b: {} } }, b: { image: b, depends_on: { a: {} } } }';
    expect(() => startOrder(plainServices(circle))).toThrow('a waits for b waits for a, which cannot be.');
    expect(() => startOrder(plainServices('services: { a: { image: a, depends_on: { b: {} } } }'))).toThrow('b');
  });

  it('are all put in an order in our own, the gateway after every service', () => {
    const order = startOrder(servicesOf(resolve(__dirname, '../../..')));
    for (const { name, database } of apps) {
      if (!database) continue;
      expect(order.indexOf(name)).toBeGreaterThan(order.indexOf(`${name}-migrate`));
      expect(order.indexOf('gateway')).toBeGreaterThan(order.indexOf(name));
    }
  });

  it('lose defaults that are empty, and keep the others', () => {
    expect(withoutEmptyDefaults("{ A: '${A:-}', B: '${B-}', C: '${C:-1}', D: $D }")).toBe(
      "{ A: '', B: '', C: '${C:-1}', D: $D }",
    );
  });

  it('accept the time zone data of this machine', () => {
    expect(withOldTimeZones("{ TIME_ZONE_DATA_MINIMUM: '${TIME_ZONE_DATA_MINIMUM:-}' }")).toMatch(
      /MINIMUM: '20\d\d[a-z]'/,
    );
  });
});
