import { Refusal } from '@open-cpo/contracts';
import { bearer, KEY_OF_ANOTHER, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import '../../index';

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => {
  gateway.bus.reset();
  gateway.log.splice(0);
});

const events = (): unknown[] =>
  gateway.log.flatMap((line) => {
    const { security_event } = JSON.parse(line) as { security_event?: unknown };
    return security_event ? [security_event] : [];
  });

describe('a refused request', () => {
  it.each([
    ['without a token', {}, { detail: 'unauthenticated GET /api/members' }],
    ['with a forged one', { authorization: 'Bearer x.y.z' }, { detail: 'unauthenticated GET /api/members' }],
    ['of a role that may not', bearer('viewer'), { detail: 'forbidden GET /api/members', userId: 4, accountId: 1 }],
    ['with a wrong API key', { ...bearer(), 'api-key': 'secret' }, { detail: 'api_key_invalid GET /api/members' }],
    [
      'with the API key of another account',
      { ...bearer(), 'api-key': KEY_OF_ANOTHER },
      { detail: 'api_key_invalid GET /api/members', userId: 1, accountId: 1 },
    ],
  ])('%s is a security event', async (_which, headers: Record<string, string>, fields) => {
    await gateway.ask('GET', '/api/members?q=chosen-by-a-client', { headers });
    const event = { kind: 'authorization_refused', address: '127.0.0.1', requestId: expect.any(String), ...fields };
    expect(events()).toEqual([event]);
    expect(gateway.log.join()).not.toMatch(/chosen-by-a-client|x\.y\.z|secret"/);
  });

  it('beyond a limit of a service is one, too', async () => {
    gateway.bus.answer = () => {
      throw new Refusal('too_many_requests', { retryAfter: 5 });
    };
    await gateway.ask('GET', '/api/user');
    expect(events()).toMatchObject([{ kind: 'limit_reached', detail: 'too_many_requests GET /api/user', userId: 1 }]);
  });

  it('names the pattern of its route, and no path', async () => {
    await gateway.ask('DELETE', '/api/members/31', { headers: bearer('manager') });
    expect(events()).toMatchObject([{ detail: 'forbidden DELETE /api/members/:id' }]);
  });

  it('for another reason is none', async () => {
    await gateway.ask('GET', '/api/nothing-here');
    gateway.bus.answer = () => {
      throw new Refusal('not_found');
    };
    await gateway.ask('GET', '/api/user');
    expect(events()).toEqual([]);
  });
});
