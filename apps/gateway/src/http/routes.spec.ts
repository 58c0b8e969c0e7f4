import { may, Refusal, ROLES } from '@open-cpo/contracts';
import { reference } from '@open-cpo/testing';
import { API_KEY, bearer, KEY_OF_ANOTHER, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';
import { replyOf } from '../fixture/recording-bus';
import '../index';
import { declaredRoutes, pathOf, type Route } from './route';

/** Files and streams are no JSON in an envelope, and the audit trail and imports are made of several answers: they have specs of their own. */
const isFile = (route: Route): boolean => /^\/api\/(ex|im)ports|\/export$|^\/api\/(events|audit)$/.test(pathOf(route));

const everything = declaredRoutes();
const routes = everything.filter((route) => !isFile(route));
const named = routes.map((route): [string, Route] => [`${route.method} ${pathOf(route)}`, route]);
const closed = everything
  .filter(({ can }) => can !== 'public')
  .map((route): [string, Route] => [`${route.method} ${pathOf(route)}`, route]);
const open = named.filter(([, { can }]) => can === 'public');
const permitted = named.filter(([, { can }]) => can !== 'public' && can !== 'token');

/** What stands for path parameters that are no ids. */
const TEXTS: Record<string, string> = { type: 'charging-site', payoutMethod_name: '7', exportId: '7' };
const concrete = (route: Route): string => pathOf(route).replace(':type', 'charging-site').replace(/:\w+/g, '7');
const isV3 = (route: Route): boolean => pathOf(route).startsWith('/api/v3');
const sendsBody = ({ method }: Route): boolean => !['GET', 'DELETE'].includes(method);
const unauthenticated = (route: Route): object =>
  isV3(route)
    ? { success: 0, message: 'Unauthenticated.' }
    : { success: 0, msg: 'Unauthenticated.', msg_arabic: 'Unauthenticated.' };

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

/** A request with a query and a body, of which a route takes the one that is its method's. */
const ask = (route: Route, headers: Record<string, string> = bearer()) =>
  gateway.ask(route.method, `${concrete(route)}?note=by+query&page=2`, {
    headers,
    ...(sendsBody(route) ? { body: { note: 'by body', items: [{ id: 1 }] } } : {}),
  });

describe.each(closed)('%s, to those who may not', (_name, route) => {
  it('says "Unauthenticated." without a token', async () => {
    const { status, body, headers } = await ask(route, {});
    expect([status, body]).toEqual([401, unauthenticated(route)]);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(headers.get('x-error-code')).toBe('unauthenticated');
    expect(gateway.bus.calls).toEqual([]);
  });

  it('takes no API key in place of a token, unless it says so', async () => {
    if (route.alternativeAuth?.includes('api-key')) return;
    expect((await ask(route, { 'api-key': API_KEY })).body).toEqual(unauthenticated(route));
    expect(gateway.bus.calls).toEqual([]);
  });
});

describe.each(named)('%s, with an API key', (_name, route) => {
  const refused = { success: 0, message: 'The API key is invalid or missing.' };

  it.each(['', '1', 'x|y', '0|a-key-of-the-first-account', '9|an-unknown-key-of-nobody'])(
    'refuses "%s"',
    async (key) => {
      const { status, body } = await ask(route, { ...bearer(), 'api-key': key });
      expect([status, body]).toEqual([401, refused]);
      expect(gateway.bus.calls).toEqual([]);
    },
  );

  it('accepts one of the account, in any case of its name', async () => {
    expect((await ask(route, { ...bearer(), 'API-Key': API_KEY })).status).toBeLessThan(300);
  });

  it('refuses one of another account than the token', async () => {
    const { status, body } = await ask(route, { ...bearer(), 'api-key': KEY_OF_ANOTHER });
    if (route.can === 'public') return expect(status).toBeLessThan(300);
    expect([status, body]).toEqual([401, refused]);
  });
});

describe.each(permitted)('%s, by role', (_name, route) => {
  it.each(ROLES)('lets %s in or not, as the permission says', async (role) => {
    const { status, body } = await ask(route, bearer(role));
    if (may(role, route.can as never)) return expect(status).toBeLessThan(300);
    expect(status).toBe(403);
    expect(body).toEqual({ success: 0, error: "You don't have permissions to access 127.0.0.1 on this server." });
    expect(gateway.bus.calls).toEqual([]);
  });
});

describe.each(open)('%s, open to everybody', (_name, route) => {
  it('ignores a token, valid or not', async () => {
    expect((await ask(route, { authorization: 'Bearer no.such.token' })).status).toBeLessThan(300);
    expect(gateway.bus.last?.caller.identity).toBeUndefined();
  });
});

describe.each(named)('%s, forwarded', (_name, route) => {
  it('calls what it declares with exactly what came, on behalf of who asks', async () => {
    await ask(route, { ...bearer(), 'accept-language': 'ar', 'idempotency-key': 'k-1', 'x-request-id': 'r-1' });
    expect(gateway.bus.calls).toHaveLength(1);
    const { subject, input, caller } = gateway.bus.calls[0] ?? { subject: '', input: {}, caller: undefined };
    expect([route.calls.subject, streamOf(route)]).toContain(subject);
    const ids = Object.fromEntries(
      [...pathOf(route).matchAll(/:(\w+)/g)].map(([, name = '']) => [name, TEXTS[name] ?? 7]),
    );
    const sent = sendsBody(route) ? { note: 'by body', items: [{ id: 1 }] } : { note: 'by query', page: '2' };
    const came = Object.entries(input as object).filter(([name]) => !route.fills?.includes(name));
    expect(Object.fromEntries(came)).toEqual({ ...sent, ...ids });
    expect(caller).toEqual({
      requestId: 'r-1',
      deadline: expect.any(Number),
      language: 'ar',
      ip: '127.0.0.1',
      ...(route.method === 'GET' ? {} : { idempotencyKey: 'k-1', userAgent: 'node' }),
      ...(route.can === 'public' ? {} : { identity: OWNER }),
    });
  });

  it('wraps the answer as the reference shows it', async () => {
    const { status, text, headers } = await ask(route);
    expect(`${status} ${text}`).toBe(expectedAnswer(route));
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('idempotent-replayed')).toBeNull();
  });

  it('passes a refusal on, with its code', async () => {
    gateway.bus.answer = () => Promise.reject(new Refusal('conflict'));
    gateway.bus.rows = async function* () {
      yield await Promise.reject(new Refusal('conflict'));
    };
    const { status, headers, body } = await ask(route);
    expect([status, headers.get('x-error-code')]).toEqual([409, 'conflict']);
    const refused = reference.undocumentedRefusal(concrete(route));
    expect(reference.mismatches(body, refused)).toEqual([]);
  });
});

describe.each(named.filter(([, { calls }]) => calls.kind === 'write'))('%s, repeated', (_name, route) => {
  it('marks the stored answer of an earlier request', async () => {
    gateway.bus.answer = () => replyOf({ id: 1, user: { id: 1 } }, true);
    expect((await ask(route)).headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('all routes', () => {
  it('are there', () => {
    expect(routes.length).toBeGreaterThan(30);
  });

  it('lead to a path and method once', () => {
    const keys = named.map(([name]) => name.replace(/:\w+/g, ':'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('that change something by GET are never stored', async () => {
    for (const [, route] of named.filter(([, { changes }]) => changes)) {
      expect((await ask(route)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

const OWNER = {
  userId: 1,
  ownerId: 1,
  accountId: 1,
  role: 'owner',
  currency: 'DZD',
  timeZone: 'Africa/Algiers',
  sessionId: 'session-owner',
  issuedAt: expect.any(Number) as number,
  expiresAt: expect.any(Number) as number,
};

/** Lists are asked for by their table or, for all rows, by its stream. */
const streamOf = ({ calls }: Route): string => calls.subject.replace(/table$/, 'all');

const letterOf = (route: Route): string => {
  if (route.envelope) return route.envelope.letter;
  if (isV3(route)) return 'V';
  return route.calls.answer.form === 'nothing' ? 'A-bare' : 'A';
};

/** The letters of the reference around what the bus answers. */
function expectedAnswer(route: Route): string {
  const { calls, envelope, rows } = route;
  const list = '[{"id":2},{"id":1}]';
  const page = `{"data":${list},"meta":{"per_page":-1,"total":2}}`;
  const rowsOf: Record<string, string> = { page, features: `{"type":"FeatureCollection","features":${list}}` };
  const payload = calls.kind !== 'stream' ? '{"id":1}' : (rowsOf[rows ?? ''] ?? list);
  const done = `{"success":1,"msg":"Done!","msg_arabic":"${reference.DONE_ARABIC}"`;
  const said = envelope ? 'Please enter the verification code to continue.' : 'Done!';
  const forms: Record<string, string> = {
    Z: '204 ',
    R: `200 ${payload}`,
    G: `200 ${payload}`,
    A: `200 ${done},"results":${payload}}`,
    'A-bare': `200 ${envelope?.open.includes('"done"') ? done.replace('Done!', 'done') : done}}`,
    V: `200 {"data":{"id":1},"success":1,"message":"${said}"}`,
  };
  return forms[letterOf(route)] ?? '';
}
