import { bearer, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import '../../index';

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

const post = (body: string | Uint8Array | object | undefined, type?: string) =>
  gateway.ask('POST', '/api/categories', {
    body,
    headers: { ...bearer(), ...(type === undefined ? {} : { 'content-type': type }) },
  });
const FORM = 'application/x-www-form-urlencoded';
const received = () => gateway.bus.last?.input;

describe('a JSON body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json'])(
    'of type %s is read',
    async (type) => {
      await post('{"name":"A"}', type);
      expect(received()).toEqual({ name: 'A' });
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('that is empty is no body, for %s', async (method) => {
    const path = method === 'POST' ? '/api/categories' : '/api/categories/7';
    const { status } = await gateway.ask(method, path, {
      headers: { ...bearer(), 'content-type': 'application/json' },
    });
    expect(status).toBe(200);
    expect(received()).toEqual(method === 'POST' ? {} : { id: 7 });
  });

  it('may be null, which is nothing', async () => {
    await post('null', 'application/json');
    expect(received()).toEqual({});
  });

  it('may begin with a byte order mark', async () => {
    await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"name":"A"}')]), 'application/json');
    expect(received()).toEqual({ name: 'A' });
  });

  it('keeps texts as they are, in any script', async () => {
    const name = 'مركز "الطاقة" \\ 🔌 \u0000 e\u0301';
    await post({ name });
    expect(received()).toEqual({ name });
  });

  it('does not override the id in the path', async () => {
    await gateway.ask('PUT', '/api/categories/7', { body: { id: 8, name: 'A' } });
    expect(received()).toEqual({ id: 7, name: 'A' });
  });
});

describe('a form body', () => {
  it('is read, nested keys too', async () => {
    const connectors = 'connectors[0][id]=1&connectors[0][max_power]=22&connectors[1][id]=2';
    await post(`title=A+B&${connectors}&amenities[]=3&amenities[]=4&address[city]=Oran`, FORM);
    expect(received()).toEqual({
      title: 'A B',
      connectors: [{ id: '1', max_power: '22' }, { id: '2' }],
      amenities: ['3', '4'],
      address: { city: 'Oran' },
    });
  });

  it('that is empty is no body', async () => {
    await post('', FORM);
    expect(received()).toEqual({});
  });

  it('cannot reach into prototypes', async () => {
    await post('__proto__[polluted]=1&constructor[prototype][polluted]=1&name=A&a[__proto__][b]=2', FORM);
    expect(received()).toEqual({ name: 'A' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('that is no UTF-8 is refused', async () => {
    expect((await post(Buffer.from([0x61, 0x3d, 0xff]), FORM)).status).toBe(400);
  });

  it('has as many pairs as the largest documented form, and is refused beyond', async () => {
    const pairs = (count: number) => Array.from({ length: count }, (_, i) => `k${i}=1`).join('&');
    await post(pairs(2000), FORM);
    expect(Object.keys(received() as object)).toHaveLength(2000);
    expect((await post(pairs(2001), FORM)).status).toBe(400);
  });
});

describe('a query', () => {
  it('is read, nested keys too', async () => {
    await gateway.ask('GET', '/api/charge-points/datatable?sortBy[0][key]=title&sortBy[0][order]=desc&search=a%20b');
    expect(received()).toEqual({ sortBy: [{ key: 'title', order: 'desc' }], search: 'a b' });
  });

  it('of more pairs than any list has parameters is refused', async () => {
    const { status, body } = await gateway.ask('GET', `/api/charge-points/datatable?${'a=&'.repeat(101)}`);
    expect([status, body]).toMatchObject([400, { success: 0, msg_arabic: expect.any(String) }]);
    expect((await gateway.ask('GET', `/docs?${'a=&'.repeat(101)}`)).status).toBe(400);
  });

  it('counts for DELETE, not for what has a body', async () => {
    await gateway.ask('DELETE', '/api/categories/7?force=1');
    expect(received()).toEqual({ force: '1', id: 7 });
    await gateway.ask('POST', '/api/categories?name=B', { body: { name: 'A' } });
    expect(received()).toEqual({ name: 'A' });
  });
});

describe('a hostile body', () => {
  it.each([
    ['100 000 arrays in each other', '['.repeat(100_000)],
    ['100 000 closed arrays in each other', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects nested 21 deep', `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`],
    ['a number without end', '{"price":1e999}'],
    ['a number without end, deep inside', '{"a":[{"b":[-1E+400]}]}'],
    ['a number of 400 digits', `{"price":${'9'.repeat(400)}}`],
    ['a number of 299 digits and an exponent of two', `{"price":${'9'.repeat(299)}e50}`],
    ['NaN', '{"price":NaN}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
    ['a raw NUL', '{"a":"\u0000"}'],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
  ])('of %s is refused', async (_what, body) => {
    const { status, body: answer } = await post(body, 'application/json');
    expect([status, answer]).toEqual([
      400,
      { success: 0, msg: 'The request could not be understood.', msg_arabic: 'تعذر فهم الطلب.' },
    ]);
    expect(gateway.bus.calls).toEqual([]);
  });

  it('with prototype keys changes nobody', async () => {
    const { status } = await post(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{}},"name":"A"}',
      'application/json',
    );
    expect(status).toBe(200);
    expect(Object.getPrototypeOf(received())).toBe(Object.prototype);
    expect((received() as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('with a key twice means the last one, for everybody after us as well', async () => {
    await post('{"name":"A","name":"B"}', 'application/json');
    expect(received()).toEqual({ name: 'B' });
  });

  it('with brackets in texts is no deep one', async () => {
    const name = '['.repeat(1000) + '\\"{';
    await post({ name });
    expect(received()).toEqual({ name });
  });

  it('with large finite numbers comes through', async () => {
    await post('{"a":1e308,"b":9007199254740993,"c":-0,"d":1e-999}', 'application/json');
    expect(received()).toEqual({ a: 1e308, b: 9007199254740992, c: 0, d: 0 });
  });
});

describe('an id in a path', () => {
  it.each([
    '0x1F',
    '1e3',
    '%201',
    '1%20',
    '-1',
    '+1',
    '0',
    '00',
    '07',
    '1.0',
    '1.',
    '12345678901234567890',
    '2147483648',
  ])('%s leads nowhere', async (id) => {
    const answer = await gateway.ask('GET', `/api/charge-points/${id}`);
    expect([answer.status, answer.body]).toEqual([404, { error: 'Invalid Resource Requested' }]);
    expect(gateway.bus.calls).toEqual([]);
  });

  it.each(['%D9%A1', 'null', 'NaN', '1%2F2', '1;2', "1'", '%00', '1%0A'])('neither does %s', async (id) => {
    expect((await gateway.ask('DELETE', `/api/categories/${id}`)).status).toBe(404);
    expect(gateway.bus.calls).toEqual([]);
  });

  it('is told in the manner of its family', async () => {
    const { status, body } = await gateway.ask('GET', '/api/v3/countries/0x1F');
    expect([status, body]).toEqual([404, { success: 0, message: 'Invalid Resource Requested' }]);
  });

  it('of 32 bits is an id', async () => {
    await gateway.ask('GET', '/api/charge-points/2147483647');
    expect(received()).toEqual({ id: 2147483647 });
  });

  it('is not looked at before who asks is known', async () => {
    expect((await gateway.ask('GET', '/api/charge-points/0x1F', { headers: {} })).status).toBe(401);
  });
});

describe('a category by type or id', () => {
  it('is an id in digits, else a type', async () => {
    await gateway.ask('GET', '/api/categories/58');
    expect(gateway.bus.last).toMatchObject({ subject: 'stations.categories.one', input: { id: 58 } });
    await gateway.ask('GET', '/api/categories/charge-point?search=x');
    expect(gateway.bus.last).toMatchObject({
      subject: 'stations.categories.all',
      input: { type: 'charge-point', search: 'x' },
    });
  });

  it('is not found when the digits are no id', async () => {
    expect((await gateway.ask('GET', '/api/categories/2147483648')).status).toBe(404);
    expect((await gateway.ask('GET', '/api/categories/0')).status).toBe(404);
  });

  it('leads literal parts first', async () => {
    await gateway.ask('GET', '/api/charge-points/datatable');
    expect(gateway.bus.last?.subject).toBe('stations.charge-points.table');
    await gateway.ask('GET', '/api/categories/7/datatable');
    expect(gateway.bus.last).toMatchObject({ subject: 'stations.categories.table', input: { type: '7' } });
  });
});
