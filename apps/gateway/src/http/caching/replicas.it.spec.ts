import { categories, chargePointChanged, chargePoints } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asUser, startTestGateway, type TestGateway, until } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import { startStations, type Stations } from '../../../../stations/src/test/stations';
import * as gatewayParts from '../../index';

const LIST = '/api/categories/charge-point';
// A minute: what is requested again in these tests is so because of received events.
const env = { CACHE_MAX_AGE: '60000' };

let stations: Stations;
let one: TestGateway;
let two: TestGateway;
beforeAll(async () => {
  stations = await startStations('gateway_caching');
  const { broker } = stations;
  one = await startTestGateway({ broker, gateway: gatewayParts, env });
  two = await startTestGateway({ broker, gateway: gatewayParts, env, auth: one.auth, answersForAuth: false });
});
afterAll(async () => {
  await two?.stop();
  await one?.stop();
  await stations?.stop();
});

let account = 0;
let token: string;
beforeEach(() => {
  account += 1;
  token = one.auth.token({ userId: account, accountId: account, currency: 'DZD' });
});

const caller = (accountId = account) => asUser({ accountId, userId: accountId, currency: 'DZD' });
const ask = async ({ url }: TestGateway, path: string, options: RequestInit = {}, bearer = token) => {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...options.headers };
  return fetch(url + path, { ...options, headers });
};
const text = async (gateway: TestGateway, path: string, bearer = token): Promise<string> =>
  (await ask(gateway, path, {}, bearer)).text();
const names = async (gateway: TestGateway, bearer = token): Promise<string[]> => {
  const { results } = JSON.parse(await text(gateway, LIST, bearer)) as { results: { name: string }[] };
  return results.map(({ name }) => name);
};
const add = (name: string, gateway = one) =>
  ask(gateway, '/api/categories', { method: 'POST', body: JSON.stringify({ type: 'charge-point', name }) });
/** Waits until the events so far have been received. */
const heard = () => Promise.all([one, two].map(({ app }) => app.get(Broker).flush()));
/** Changes a row without an event: a gateway that shows the old value has not asked. */
const rename = (name: string) =>
  stations.db.query('update categories set name = $1 where account_id = $2', [name, account]);

describe('answers that gateways keep', () => {
  it('are given again by each of them without asking', async () => {
    await add('first');
    await heard();
    expect(await Promise.all([one, two].map((gateway) => names(gateway)))).toEqual([['first'], ['first']]);
    await rename('unheard of');
    expect(await Promise.all([one, two].map((gateway) => names(gateway)))).toEqual([['first'], ['first']]);
  });

  it('show an own write at once at the gateway through which it went', async () => {
    for (let round = 0; round < 20; round += 1) {
      await add(`round ${round}`);
      expect(await names(one)).toContain(`round ${round}`);
    }
  });

  it('show a write at every other gateway when it hears of it', async () => {
    expect(await names(two)).toEqual([]);
    await add('elsewhere');
    await until(async () => (await names(two)).includes('elsewhere'));
  });

  it('show a write that went through no gateway', async () => {
    expect(await names(one)).toEqual([]);
    await stations.bus.call(categories.create, { type: 'charge-point', name: 'direct' }, caller());
    await until(async () => (await names(one)).includes('direct'));
  });

  it('have one validator on every gateway', async () => {
    await add('same');
    const tag = (await ask(one, LIST)).headers.get('etag') ?? '';
    expect((await ask(two, LIST, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  it('are never another account’s, whoever writes and reads', async () => {
    const others = one.auth.token({ userId: 900, accountId: 900, currency: 'DZD' });
    await add('mine');
    expect([await names(one), await names(one, others)]).toEqual([['mine'], []]);
    expect([await names(one, others), await names(one)]).toEqual([[], ['mine']]);
  });

  it('stay when another account writes', async () => {
    await add('kept');
    await heard();
    await names(one);
    await stations.bus.call(categories.create, { type: 'charge-point', name: 'theirs' }, caller(901));
    await heard();
    await rename('unheard of');
    expect(await names(one)).toEqual(['kept']);
  });

  it('follow a user into another currency', async () => {
    const { id } = await stations.bus.call(chargePoints.create, { title: 'Airport', category: 'EV_CHARGER' }, caller());
    const path = `/api/charge-points/${id}`;
    const dinars = await text(one, path);
    await one.auth.tellUser({ userId: account, accountId: account, currency: 'USD' });
    await until(async () => (await text(one, path)) !== dinars);
  });

  it('of power centers follow what chargers and orders tell', async () => {
    const { id } = await stations.bus.call(chargePoints.create, { title: 'Busy', category: 'EV_CHARGER' }, caller());
    const path = `/api/charge-points/${id}`;
    await until(async () => (await stations.db.query('select 1 from outbox where sent_at is null')).length === 0);
    await heard();
    expect(await text(two, path)).toBe(await text(one, path));
    const before = await text(one, path);
    await stations.db.query('update charge_points set orders_count = 77 where id = $1', [id]);
    expect(await text(one, path)).toBe(before);
    const card = (JSON.parse(before) as { results?: object }).results ?? JSON.parse(before);
    const payload = { id, account_id: account, time_zone: 'UTC', price: null, connectors: [], card };
    await one.auth.tell(chargePointChanged, id, payload);
    await until(async () => (await text(one, path)).includes('77') && (await text(two, path)).includes('77'));
  });

  it('are all asked for anew after the broker was away: something may have been missed', async () => {
    await add('before');
    await heard();
    expect(await names(two)).toEqual(['before']);
    await stations.broker.kill();
    await until(() => !two.app.get(Broker).connected);
    await rename('meanwhile');
    // What is kept still serves, for as long as it may.
    expect(await names(two)).toEqual(['before']);
    await stations.broker.restart();
    await until(() => two.app.get(Broker).connected && stations.service.app.get(Broker).connected);
    await until(async () => (await ask(two, LIST)).status === 200 && (await names(two)).includes('meanwhile'));
  });
});

describe('a gateway that is cut off from everybody who could tell', () => {
  it('gives no answer again that is older than it may be', async () => {
    const { broker } = stations;
    const hasty = { broker, gateway: gatewayParts, auth: one.auth, answersForAuth: false };
    const third = await startTestGateway({ ...hasty, env: { CACHE_MAX_AGE: '300' } });
    try {
      await add('old');
      await until(async () => (await names(third)).includes('old'));
      await broker.kill();
      await until(() => !third.app.get(Broker).connected);
      // Sooner or later it has to ask, and cannot.
      await until(async () => (await ask(third, LIST)).status === 503);
    } finally {
      await broker.restart();
      await until(() => third.app.get(Broker).connected);
      await third.stop();
    }
  });
});
