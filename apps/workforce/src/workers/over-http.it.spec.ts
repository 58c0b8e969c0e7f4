import { reference, startTestGateway, type TestGateway } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { Orders } from '../test/orders';
import { JOHN, rival, startWorkforce, type Workforce } from '../test/workforce';

const { answerOf, EXAMPLES, mismatches, operationOf } = reference;
const examples = EXAMPLES.filter(({ number }) => Number(number) >= 67 && Number(number) <= 73);
const DONE = { success: 1, msg: reference.DONE, msg_arabic: reference.DONE_ARABIC };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { results?: unknown } & Record<string, unknown>;
}

describe('workers over HTTP', () => {
  let workforce: Workforce;
  let gateway: TestGateway;
  let token: string;
  let viewer: string;

  beforeAll(async () => {
    workforce = await startWorkforce('workers_http');
    gateway = await startTestGateway({ broker: workforce.broker, gateway: gatewayParts });
    token = gateway.auth.token({ userId: 11, accountId: 1, currency: 'DZD' });
    viewer = gateway.auth.token({ userId: 12, accountId: 1, role: 'viewer' });
  });
  afterAll(async () => {
    await gateway?.stop();
    await workforce?.stop();
  });
  beforeEach(() => workforce.empty());

  const ask = async (
    method: string,
    path: string,
    body?: object | URLSearchParams,
    bearer = token,
  ): Promise<Answer> => {
    const form = body instanceof URLSearchParams;
    const type: Record<string, string> = body && !form ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(gateway.url + path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...type },
      body: form ? body : body && JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };

  it('has an example of each operation', () => {
    expect(examples.map(({ number, method }) => `${number} ${method}`)).toEqual([
      '67 GET',
      '68 GET',
      '69 GET',
      '70 POST',
      '71 GET',
      '72 PUT',
      '72 PATCH',
      '73 DELETE',
    ]);
  });

  it.each(examples.map((one) => [`#${one.number} ${one.method}`, one] as const))(
    'answers the reference’s own example as documented: %s',
    async (_, { number, method, url, headers, body, given, verdict }) => {
      if (given?.includes('under this id')) await workforce.make({ rfid: 'ABCD' });
      const answer = await fetch(gateway.url + url, {
        method,
        headers: { ...headers, Authorization: `Bearer ${token}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      expect({ accepted: answer.status }).toEqual(verdict);
      expect(mismatches(await answer.json(), answerOf(operationOf(number)).shape)).toEqual([]);
    },
  );

  it('takes forms as well as JSON', async () => {
    const { status, body } = await ask('POST', '/api/workers', new URLSearchParams(JOHN));
    expect([status, body]).toEqual([
      200,
      { ...DONE, results: { id: 1, ...JOHN, name: 'John Doe', cash_on_hands: null } },
    ]);
  });

  it.each([
    ['POST', '/api/workers'],
    ['PUT', '/api/workers/1'],
  ])('%s %s names what is missing as the reference does', async (method, path) => {
    await workforce.make();
    const { status, body } = await ask(method, path, {});
    expect(status).toBe(422);
    expect(body).toEqual({
      success: 0,
      message: 'The firstname field is required.',
      errors: {
        first_name: ['The firstname field is required.'],
        last_name: ['The lastname field is required.'],
        email: ['The e-mail address field is required.'],
        rfid: ['The rfid field is required.'],
        expire_at: ['The expiration date field is required.'],
      },
    });
  });

  it('lists all in the form of a page, whatever size is asked for', async () => {
    for (let n = 1; n <= 17; n += 1) await workforce.make({ rfid: `0000${n}` });
    const { body } = await ask('GET', '/api/workers?itemsPerPage=5');
    expect(body.results).toMatchObject({ meta: { per_page: -1, total: 17 } });
    expect((body.results as { data: object[] }).data).toHaveLength(17);
    const pages = await Promise.all(
      ['', '?itemsPerPage=5', '?itemsPerPage=-1'].map((query) => ask('GET', `/api/workers/datatable${query}`)),
    );
    const sizes = pages.map((one) => {
      const { data, meta } = one.body.results as { data: object[]; meta: { per_page: number; total: number } };
      return [data.length, meta];
    });
    expect(sizes).toEqual([
      [15, { per_page: 15, total: 17 }],
      [5, { per_page: 5, total: 17 }],
      [17, { per_page: -1, total: 17 }],
    ]);
    expect((await ask('GET', '/api/workers?search=nobody')).body.results).toEqual({
      data: [],
      meta: { per_page: -1, total: 0 },
    });
  });

  it('hands cash over by GET and by POST, never stored on the way', async () => {
    await workforce.make();
    const orders = new Orders(workforce);
    await orders.completed();
    await orders.handled(1);
    const shown = async () => (await ask('GET', '/api/workers/1')).body.results as { cash_on_hands: string };
    expect((await shown()).cash_on_hands).toBe('100.5');
    for (const method of ['GET', 'POST']) {
      const { status, body, headers } = await ask(method, '/api/workers/1/reset-balance');
      expect([status, body, headers.get('cache-control')]).toEqual([200, DONE, 'no-store']);
    }
    expect((await shown()).cash_on_hands).toBe('0');
    expect(await workforce.db.query(`select 1 from cash_movements where kind = 'handed_over'`)).toHaveLength(1);
  });

  const one = '/api/workers/1';
  it.each([
    ['GET', one],
    ['PUT', one],
    ['PATCH', one],
    ['DELETE', one],
    ['GET', `${one}/reset-balance`],
    ['POST', `${one}/reset-balance`],
  ])('%s %s is refused for another owner’s worker, and missing where there is none', async (method, path) => {
    await workforce.make({}, rival());
    const { status, body } = await ask(method, path);
    expect([status, body]).toEqual([
      403,
      { success: 0, error: "You don't have permissions to access 127.0.0.1 on this server." },
    ]);
    for (const id of ['2', '0', 'x', '99999999999']) {
      const missing = await ask(method, path.replace('/1', `/${id}`));
      expect([missing.status, missing.body]).toEqual([404, { error: 'Invalid Resource Requested' }]);
    }
  });

  it('lets viewers look and change nothing, the cash included', async () => {
    await workforce.make();
    expect((await ask('GET', one, undefined, viewer)).status).toBe(200);
    for (const [method, path] of [
      ['GET', `${one}/reset-balance`],
      ['DELETE', one],
      ['PATCH', one],
    ] as const) {
      expect((await ask(method, path, undefined, viewer)).status).toBe(403);
    }
  });
});
