import { type INestMicroservice } from '@nestjs/common';
import { Metrics } from '@open-cpo/platform';
import {
  Standby,
  startTestApp,
  startTestGateway,
  stopTestApp,
  testConfig,
  type TestGateway,
  until,
} from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import { AppModule } from '../../../../stations/src/app.module';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the same
import { StationsConfig } from '../../../../stations/src/config';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the same
import { startStations, type Stations } from '../../../../stations/src/test/stations';
import * as gatewayParts from '../../index';

const ROUNDS = 100;
const LIST = '/api/categories/charge-point';

let standby: Standby;
let stations: Stations;
let second: INestMicroservice;
let caching: TestGateway;
let other: TestGateway;
let token: string;

beforeAll(async () => {
  standby = await Standby.started();
  const env = { DATABASE_READ_HOST: standby.host, DATABASE_READ_MAX_LAG: '60' };
  stations = await startStations('read_replica_gateways', undefined, env);
  const { broker, db } = stations;
  const config = testConfig(StationsConfig, broker, { DATABASE_URL: db.url, ...env });
  second = await startTestApp({ broker, module: AppModule.forRoot(config), config });
  caching = await startTestGateway({ broker, gateway: gatewayParts, env: { CACHE_MAX_AGE: '60000' } });
  // It asks the service each time: another gateway's memory is changed by a message, and may be a moment late.
  other = await startTestGateway({ broker, gateway: gatewayParts, auth: caching.auth, answersForAuth: false });
  token = caching.auth.token({ userId: 1, accountId: 1, currency: 'DZD' });
});
afterAll(async () => {
  await other?.stop();
  await caching?.stop();
  if (second) await stopTestApp(second);
  await stations?.stop();
  await standby?.remove();
});

const ask = ({ url }: TestGateway, path: string, options: RequestInit = {}) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(url + path, { ...options, headers });
};
const names = async (gateway: TestGateway): Promise<string[]> => {
  const response = await ask(gateway, LIST);
  expect(response.status).toBe(200);
  return ((await response.json()) as { results: { name: string }[] }).results.map(({ name }) => name);
};
const add = (name: string, gateway: TestGateway) =>
  ask(gateway, '/api/categories', { method: 'POST', body: JSON.stringify({ type: 'charge-point', name }) });
/** Whether the standby has answered in each process of the service. */
async function isUsed(): Promise<boolean> {
  const texts = await Promise.all([stations.service.app, second].map((app) => app.get(Metrics).text()));
  return texts.every((text) => /account_reads_total\{server="replica",reason=""\} [1-9]/.test(text));
}

describe('two gateways before two processes of a service that reads at a replica', () => {
  it('show each write at once while the replica replays nothing', async () => {
    await add('first', caching);
    await until(async () => (await names(other)).includes('first') && isUsed(), 'reads at the replica');
    await standby.pause();
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `round ${round}`;
      const [writer, reader] = round % 2 === 0 ? [caching, other] : [other, other];
      expect((await add(name, writer)).status).toBeLessThan(300);
      expect(await names(reader)).toContain(name);
      expect(await names(writer)).toContain(name);
    }
    await standby.resume();
  });

  it('refuse nothing when the replica ends', async () => {
    const written = await names(other);
    const readers = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < ROUNDS / 4; round += 1) expect(await names(other)).toEqual(written);
    });
    await standby.kill();
    await Promise.all(readers);
  });
});
