import { request } from 'node:http';
import { until } from '@open-cpo/testing';
import { replyOf } from '../../fixture/recording-bus';
import { type Asked, bearer, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';

const SHARE = 4;

describe('an account that asks for more at once than its share', () => {
  let gateway: RecordingGateway;
  let release = (): void => undefined;
  beforeAll(async () => {
    gateway = await recordingGateway({ REQUESTS_PER_ACCOUNT: String(SHARE) });
  });
  beforeEach(() => {
    gateway.bus.reset();
    const held = new Promise<void>((resolve) => (release = resolve));
    gateway.bus.answer = ({ caller: { identity } }) =>
      identity?.accountId === 1 ? held.then(() => replyOf([])) : replyOf([]);
  });
  afterEach(() => release());
  afterAll(() => gateway.stop());

  const ask = (headers: Record<string, string>): Promise<Asked> =>
    gateway.ask('GET', '/api/user/permissions', { headers });
  const hostile = () => ask(bearer());
  const quiet = () => ask(bearer('owner', 'two'));

  it('is refused what is beyond it, while another one is served', async () => {
    const held = Array.from({ length: SHARE }, hostile);
    await until(() => gateway.bus.calls.length === SHARE);
    for (const { status, headers, body } of await Promise.all(Array.from({ length: 10 }, hostile))) {
      expect([status, headers.get('retry-after'), headers.get('x-error-code')]).toEqual([
        429,
        '1',
        'too_many_requests',
      ]);
      expect(body).toEqual({ success: 0, msg: expect.any(String), msg_arabic: expect.any(String) });
    }
    const others = await Promise.all(Array.from({ length: SHARE }, quiet));
    expect(others.map(({ status }) => status)).toEqual(Array(SHARE).fill(200));
    release();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array(SHARE).fill(200));
    expect((await hostile()).status).toBe(200);
  });

  it('has its places back when its clients hang up', async () => {
    const asked = Array.from({ length: SHARE }, () => {
      const one = request(`${gateway.url}/api/user/permissions`, { headers: bearer() }).on('error', () => undefined);
      one.end();
      return one;
    });
    await until(() => gateway.bus.calls.length === SHARE);
    expect((await hostile()).status).toBe(429);
    asked.forEach((one) => one.destroy());
    release();
    await until(async () => (await hostile()).status === 200);
  });
});
