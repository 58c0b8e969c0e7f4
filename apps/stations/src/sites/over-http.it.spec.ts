import { groups, rangePrices, sites } from '@open-cpo/contracts';
import { reference, startTestGateway, type TestGateway } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { inEnvelope, make, owner } from '../test/charge-points';
import { startNeighbourAuth } from '../test/neighbour-auth';
import { empty, startStations, type Stations } from '../test/stations';

const { answerOf, EXAMPLES, mismatches, operationOf } = reference;
type Example = (typeof EXAMPLES)[number];
type Request = Pick<Example, 'url' | 'body' | 'verdict'>;

const examples = EXAMPLES.filter(({ number }) => Number(number) >= 50 && Number(number) <= 66);
const cases = examples.flatMap((example) => {
  const { number, method, stillRefused, fixed } = example;
  const variants: [string, Request | undefined][] = [
    ['as printed', example],
    ...stillRefused.map((variant): [string, Request] => ['repaired in part', variant]),
    ['repaired', fixed],
  ];
  return variants.flatMap(([how, request]) =>
    request ? [{ name: `#${number} ${method} ${how}`, number, method, request }] : [],
  );
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

describe('range prices, groups and sites over HTTP', () => {
  let stations: Stations;
  let gateway: TestGateway;
  let leave: () => Promise<void>;
  let token: string;

  beforeAll(async () => {
    stations = await startStations('sites_http');
    leave = await startNeighbourAuth(stations.broker);
    gateway = await startTestGateway({ broker: stations.broker, gateway: gatewayParts });
    token = gateway.auth.token({ userId: 11, accountId: 1, currency: 'DZD' });
  });
  afterAll(async () => {
    await gateway?.stop();
    await leave?.();
    await stations?.stop();
  });
  beforeEach(() => empty(stations));

  const ask = async (method: string, url: string, body?: object, bearer = token): Promise<Answer> => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const answer = await fetch(gateway.url + url, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };

  /** One of each under the id 1, which the examples speak of. */
  const prepare = async (number: number) => {
    await make(stations, {}, owner());
    const times = { startingTime: '20:00', endingTime: '23:59' };
    if (number > 51) await stations.bus.call(rangePrices.create, { charge_point_id: 1, price: '1', ...times }, owner());
    await stations.bus.call(groups.create, { name: 'Airport', chargePoints: [1] }, owner());
    await stations.bus.call(sites.create, { name: 'Airport', chargePoints: [1] }, owner());
  };

  it('has an example of each operation', () => {
    expect(new Set(examples.map(({ number }) => number)).size).toBe(17);
  });

  it.each(cases)('the reference’s own example meets its verdict: $name', async ({ number, method, request }) => {
    await prepare(Number(number));
    const { verdict } = request;
    const { status, body } = await ask(method, request.url, request.body);
    expect({ body, status }).toMatchObject({ status: 'accepted' in verdict ? verdict.accepted : verdict.status });
    if ('refused' in verdict) {
      if (verdict.fields) expect(body).toMatchObject({ success: 0, errors: verdict.fields });
      else expect(body).toEqual({ error: 'Invalid Resource Requested' });
      return;
    }
    const { answers } = operationOf(number);
    const asked = request.url.endsWith('power-centers=1') && answers.some(({ when }) => when === 'power-centers=1');
    const shape = answerOf(operationOf(number), asked ? { when: 'power-centers=1' } : undefined).shape;
    expect(mismatches(body, shape)).toEqual([]);
  });

  it.each([
    ['POST', '/api/charge-point-groups', 'Validation error'],
    ['PUT', '/api/charge-point-groups/1', 'Validation failed.'],
    ['PATCH', '/api/charge-point-groups/1', 'Validation failed.'],
    ['POST', '/api/charging-sites', 'Validation error.'],
    ['PUT', '/api/charging-sites/1', 'Validation error.'],
    ['PATCH', '/api/charging-sites/1', 'Validation error.'],
  ])('%s %s refuses in its own words', async (method, url, message) => {
    await prepare(53);
    const { status, body } = await ask(method, url, { name: '' });
    expect([status, body]).toEqual([422, { success: 0, message, errors: { name: ['The name field is required.'] } }]);
  });

  it('refuses a range price with its first error', async () => {
    await prepare(53);
    const { body } = await ask('PUT', '/api/charge-point-prices/1', { price: 'x', startingTime: 'y' });
    expect(body).toEqual({
      success: 0,
      message: 'The price must be a number.',
      errors: {
        price: ['The price must be a number.'],
        starting_time: ['The starting time does not match the format H:i.'],
        ending_time: ['The ending time field is required.'],
      },
    });
  });

  it('takes a site as a form', async () => {
    await prepare(53);
    const form = 'name=Yard&status=0&chargePoints[0]=1&address[country_id]=195&address[state]=a&address[city]=b';
    const answer = await fetch(`${gateway.url}/api/charging-sites`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: `${form}&address[address_line_1]=c&address[latitude]=1.5&address[longitude]=-2`,
    });
    expect(await answer.json()).toMatchObject({
      results: { name: 'Yard', status: false, chargePointIds: [1], address: { latitude: '1.5', longitude: '-2' } },
    });
  });

  it('lists sites plainly and groups in pages, all with -1', async () => {
    for (let n = 0; n < 17; n += 1) await stations.bus.call(groups.create, { name: `Group ${n}` }, owner());
    await stations.bus.call(sites.create, { name: 'Site' }, owner());
    const plain = await ask('GET', '/api/charging-sites');
    expect(plain.body).toMatchObject(inEnvelope([{ name: 'Site', power_centers: [] }]));
    const meta = async (query: string) =>
      ((await ask('GET', `/api/charge-point-groups${query}`)).body.results as { meta: object }).meta;
    expect(await meta('')).toEqual({ per_page: 15, total: 17 });
    expect(await meta('?itemsPerPage=2')).toEqual({ per_page: 2, total: 17 });
    expect(await meta('/datatable?itemsPerPage=-1')).toEqual({ per_page: -1, total: 17 });
  });

  it('lets a viewer look and nothing else', async () => {
    await prepare(53);
    const viewer = gateway.auth.token({ userId: 12, accountId: 1, role: 'viewer' });
    for (const path of ['/api/charge-point-prices/1', '/api/charge-point-groups/1', '/api/charging-sites/1']) {
      expect((await ask('GET', path, undefined, viewer)).status).toBe(200);
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status, body } = await ask(method, path, {}, viewer);
        expect([status, body.error]).toEqual([403, "You don't have permissions to access 127.0.0.1 on this server."]);
      }
    }
  });
});
