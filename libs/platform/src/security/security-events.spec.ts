import { Log } from '../log/log';
import { Metrics } from '../metrics/metrics';
import { SecurityEvents } from './security-events';

describe('security events', () => {
  it('are one structured line each, and are counted by kind', async () => {
    const lines: string[] = [];
    const metrics = new Metrics();
    const log = Log.to({ service: 'auth', sink: { write: (line) => void lines.push(line) } });
    const events = new SecurityEvents(log, metrics);
    const fields = { userId: 7, accountId: 3, address: '192.0.2.1', device: 'Firefox on Windows', requestId: 'r-1' };
    events.record('login_failed', fields);
    events.record('login_failed', { address: '192.0.2.2' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'Security event',
      security_event: { kind: 'login_failed', ...fields },
    });
    expect(lines).toHaveLength(2);
    expect(await metrics.text()).toContain('open_cpo_security_events_total{kind="login_failed"} 2');
  });

  it('are all counted, and logged as a sample where anonymous clients cause any number of them', async () => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    const lines: string[] = [];
    const metrics = new Metrics();
    const events = new SecurityEvents(
      Log.to({ service: 'gateway', sink: { write: (line) => void lines.push(line) } }),
      metrics,
    );
    for (let n = 0; n < 200; n += 1) events.record('authorization_refused', { detail: 'unauthenticated' });
    events.record('login_failed', { userId: 7 });
    expect(lines).toHaveLength(51);
    jest.setSystemTime(1_700_000_001_000);
    events.record('limit_reached', { detail: 'too_many_requests' });
    jest.useRealTimers();
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      security_event: { kind: 'limit_reached', detail: 'too_many_requests', suppressed: 150 },
    });
    expect(await metrics.text()).toContain('open_cpo_security_events_total{kind="authorization_refused"} 200');
  });
});
