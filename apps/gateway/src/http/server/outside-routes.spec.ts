import { ServerResponse } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import { recordingGateway, type RecordingGateway, bearer } from '../../fixture/recording-gateway';
import '../../index';

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

const families = [
  ['/api', '/api/categories', '/api/no/such/thing'],
  ['/api/v3', '/api/v3/auth/login', '/api/v3/no/such/thing'],
] as const;

const refused = (family: string, msg: string, msg_arabic: string): object =>
  family === '/api/v3' ? { success: 0, message: msg } : { success: 0, msg, msg_arabic };

describe.each(families)('under %s', (family, existing, unknown) => {
  const post = (body: string | Uint8Array, type = 'application/json') =>
    gateway.ask('POST', existing, { body, headers: { ...bearer(), 'content-type': type } });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('an unknown path is a 404 for %s', async (method) => {
    const { status, body, headers } = await gateway.ask(method, unknown);
    expect(status).toBe(404);
    expect(body).toEqual(refused(family, 'The route could not be found.', 'المسار غير موجود.'));
    expect(headers.get('x-error-code')).toBe('route_not_found');
    expect(headers.get('allow')).toBeNull();
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])(
    'a known path is a 405 for %s, with what it answers to',
    async (method) => {
      const { status, body, headers } = await gateway.ask(method, existing);
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('POST');
      const texts = ['The method is not supported for this route.', 'طريقة الطلب غير مدعومة لهذا المسار.'] as const;
      expect(body).toEqual(refused(family, ...texts));
    },
  );

  it.each(['{', '{"a":}', '[1,2', 'nonsense', '"text"', '7', '[]', '{"a":1}}'])('%s is a 400', async (text) => {
    const { status, body } = await post(text);
    expect([status, body]).toEqual([400, refused(family, 'The request could not be understood.', 'تعذر فهم الطلب.')]);
    expect(gateway.bus.calls).toEqual([]);
  });

  it('a body of more than 1 MiB is a 413', async () => {
    const { status, body } = await post(`{"a":"${'x'.repeat(1024 * 1024)}"}`);
    expect([status, body]).toEqual([413, refused(family, 'The request is too large.', 'حجم الطلب كبير جداً.')]);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense', 'application/jsonp'])(
    'a body of type %s is a 415',
    async (type) => {
      const { status, body } = await post('{"a":1}', type);
      expect([status, body]).toEqual([
        415,
        refused(family, 'The content type is not supported.', 'نوع المحتوى غير مدعوم.'),
      ]);
    },
  );

  it('a service that is away is a 503 that says when to ask again', async () => {
    gateway.bus.answer = () => Promise.reject(new Refusal('service_unavailable'));
    const { status, body, headers } = await post('{}');
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    const texts = ['The service is temporarily unavailable.', 'الخدمة غير متاحة مؤقتاً.'] as const;
    expect(body).toEqual(refused(family, ...texts));
  });

  it('a service that is late is a 504 that says when to ask again', async () => {
    gateway.bus.answer = () => Promise.reject(new Refusal('deadline_exceeded'));
    const { status, body, headers } = await post('{}');
    expect([status, headers.get('retry-after')]).toEqual([504, '2']);
    const texts = ['The service did not answer in time.', 'لم تستجب الخدمة في الوقت المحدد.'] as const;
    expect(body).toEqual(refused(family, ...texts));
  });

  it('too many attempts are a 429 that says when to ask again, in whole seconds', async () => {
    gateway.bus.answer = () => Promise.reject(new Refusal('too_many_requests', { retryAfter: 11.2 }));
    const { status, body, headers } = await post('{}');
    expect([status, headers.get('retry-after')]).toEqual([429, '12']);
    const texts = ['Too many attempts. Please try again later.', 'محاولات كثيرة جداً. يرجى المحاولة لاحقاً.'] as const;
    expect(body).toEqual(refused(family, ...texts));
  });

  it('a fault of ours is a 500 that tells nothing, and the log everything', async () => {
    gateway.bus.answer = () => Promise.reject(new TypeError('cannot read the secret plan'));
    const answer = await gateway.ask('POST', existing, {
      body: {},
      headers: { ...bearer(), 'x-request-id': 'fault-1' },
    });
    expect([answer.status, answer.body]).toEqual([500, refused(family, 'Internal system error.', 'خطأ في النظام')]);
    expect(answer.text).not.toContain('secret');
    const line = gateway.log.find((text) => text.includes('fault-1'));
    expect(line).toContain('cannot read the secret plan');
  });
});

describe('a path that leads somewhere', () => {
  it('names every method it answers to', async () => {
    expect((await gateway.ask('POST', '/api/categories/7')).headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH, PUT');
    expect((await gateway.ask('PUT', '/api/charge-points')).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('may end with a slash', async () => {
    expect((await gateway.ask('GET', '/api/charge-points/7/')).status).toBe(200);
    expect((await gateway.ask('POST', '/api/charge-points/7/')).status).toBe(405);
  });

  it('is not found in another case, or with what is no path', async () => {
    for (const path of ['/API/categories', '/api//categories/7', '/api/categories/7/8/9', '/', '/api', '/api/v3']) {
      expect([path, (await gateway.ask('GET', path)).status]).toEqual([path, 404]);
    }
  });

  it.each(['/api/categories/%', '/api/categories/%ZZ', '/api/categories/%E0%A4%A'])(
    'is refused as not understood when it cannot be decoded: %s',
    async (path) => {
      const { status, body, headers } = await gateway.ask('GET', path);
      expect(status).toBe(400);
      expect(body).toEqual({ success: 0, msg: 'The request could not be understood.', msg_arabic: 'تعذر فهم الطلب.' });
      expect(headers.get('x-request-id')).toBeTruthy();
    },
  );

  it('is not found when a part of it is endless', async () => {
    const { status, body } = await gateway.ask('GET', `/api/categories/${'x'.repeat(5000)}`);
    expect([400, 404]).toContain(status);
    expect(body).toMatchObject({ success: 0, msg: expect.any(String), msg_arabic: expect.any(String) });
  });
});

describe('the OpenAPI document', () => {
  it('is encoded once, not for each request of anybody', async () => {
    const sent = jest.spyOn(ServerResponse.prototype, 'end');
    for (let n = 0; n < 2; n += 1) expect((await gateway.ask('GET', '/openapi.json')).status).toBe(200);
    const bodies = sent.mock.calls.map(([body]) => body as unknown);
    sent.mockRestore();
    expect(bodies.map((body) => Buffer.isBuffer(body))).toEqual([true, true]);
    expect(bodies[1]).toBe(bodies[0]);
  });
});
