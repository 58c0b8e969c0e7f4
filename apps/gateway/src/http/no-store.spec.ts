import 'reflect-metadata';
import type { Dto } from '@open-cpo/contracts';
import { replyOf } from '../fixture/recording-bus';
import { bearer, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';
import '../index';
import { declaredRoutes, pathOf, type Route } from './route';

/** Names under which an answer hands out a secret (the `token` of a power center is printed on it), or says where money goes. */
const SECRET = /_token$|secret|password|^key$|^ticket$|recovery|otp|^link$/i;
const BANK = /^(account_?number|iban|payout_id|payout_method_id)$/i;

interface Described {
  readonly type?: unknown;
}

/** Names of all fields of an answer, those of what it holds included. */
function fieldsOf(dto: Dto<unknown> | undefined, seen = new Set<unknown>()): string[] {
  if (!dto || seen.has(dto)) return [];
  seen.add(dto);
  const target = dto.prototype as object;
  const names = (Reflect.getMetadata('swagger/apiModelPropertiesArray', target) ?? []) as string[];
  return names.flatMap((colon) => {
    const name = colon.slice(1);
    const { type } = (Reflect.getMetadata('swagger/apiModelProperties', target, name) ?? {}) as Described;
    const held = Array.isArray(type) ? (type[0] as unknown) : type;
    const isDto =
      typeof held === 'function' && Reflect.hasMetadata('swagger/apiModelPropertiesArray', held.prototype as object);
    return [name, ...(isDto ? fieldsOf(held as Dto<unknown>, seen) : [])];
  });
}

const answersOf = ({ shows, also, calls, forIntegrations }: Route): string[] =>
  [shows ?? calls.answer.of, also?.of, forIntegrations].flatMap((dto) => fieldsOf(dto));
/** Its entries have the values of all kinds of changes. */
const AUDIT = 'api/audit';
const isConfidential = (route: Route): boolean =>
  pathOf(route).endsWith(AUDIT) || answersOf(route).some((field) => SECRET.test(field) || BANK.test(field));
const nameOf = (route: Route): string => `${route.method} ${pathOf(route)}`;

const routes = declaredRoutes();
const declared = routes.filter(({ noStore }) => noStore);

describe('answers that hand out secrets or bank details', () => {
  it('are known by the fields of the answers', () => {
    expect(routes.filter(isConfidential).map(nameOf)).toEqual(
      expect.arrayContaining([
        'POST /api/v3/auth/login',
        'POST /api/v3/auth/refresh',
        'POST /api/api-keys',
        'POST /api/webhooks/:id/secret',
        'POST /api/events/tickets',
        'GET /api/payout-methods',
      ]),
    );
  });

  it('are declared `noStore`, and no others', () => {
    expect(declared.map(nameOf).sort()).toEqual(routes.filter(isConfidential).map(nameOf).sort());
  });

  it('are not kept by the gateway either', () => {
    expect(declared.filter(({ cached }) => cached).map(nameOf)).toEqual([]);
  });
});

describe('the header Cache-Control', () => {
  let gateway: RecordingGateway;
  beforeAll(async () => (gateway = await recordingGateway()));
  afterAll(() => gateway?.stop());

  const asked = routes.filter((route) => !/^\/api\/(exports|imports|events$|audit)|\/export$/.test(pathOf(route)));
  it.each(asked.map((route): [string, Route] => [nameOf(route), route]))('of %s', async (_name, route) => {
    gateway.bus.reset();
    if (route.calls.answer.form === 'one') gateway.bus.answer = () => replyOf({ id: 1, user: { id: 1 } });
    const path = pathOf(route).replace(':type', 'charging-site').replace(/:\w+/g, '7');
    const body = ['GET', 'DELETE'].includes(route.method) ? {} : { body: {} };
    const { status, headers } = await gateway.ask(route.method, path, { headers: bearer(), ...body });
    expect(status).toBeLessThan(300);
    const unstorable = route.noStore === true || route.changes === true;
    expect(headers.get('cache-control')).toBe(unstorable ? 'no-store' : 'no-cache, private');
  });
});
