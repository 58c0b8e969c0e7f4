import { Health } from './health';
import { Metrics } from '../metrics/metrics';
import { HealthServer } from './health-server';

describe('the health server', () => {
  let health: Health;
  let server: HealthServer;
  let base: string;
  beforeEach(async () => {
    health = new Health();
    server = new HealthServer(health, new Metrics());
    base = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  });
  afterEach(() => server.close());

  const ask = async (path: string): Promise<[number, unknown]> => {
    const response = await fetch(base + path);
    return [response.status, await response.json()];
  };

  it('answers live as long as it answers at all', async () => {
    health.add('database', () => false);
    expect(await ask('/health/live')).toEqual([200, { ok: true }]);
    health.end();
    expect(await ask('/health/live')).toEqual([200, { ok: true }]);
  });

  it('answers ready with every check', async () => {
    health.add('database', () => true);
    expect(await ask('/health/ready?verbose')).toEqual([200, { ok: true, checks: { database: 'up' } }]);
  });

  it('answers 503 when it is not ready, and at once when the process ends', async () => {
    let up = false;
    health.add('database', () => up);
    expect(await ask('/health/ready')).toEqual([503, { ok: false, checks: { database: 'down' } }]);
    up = true;
    expect((await ask('/health/ready'))[0]).toBe(200);
    health.end();
    expect((await ask('/health/ready'))[0]).toBe(503);
  });

  it('knows nothing else', async () => {
    expect((await ask('/'))[0]).toBe(404);
  });

  it('says when its port is taken', async () => {
    const other = new HealthServer(health, new Metrics());
    await expect(other.listen(Number(new URL(base).port), '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  });

  it('closes although a prober keeps its connection', async () => {
    await fetch(`${base}/health/live`, { keepalive: true });
    await server.close();
    await expect(fetch(`${base}/health/live`)).rejects.toThrow();
    server = new HealthServer(health, new Metrics());
    await server.listen(0, '127.0.0.1');
  });
});
