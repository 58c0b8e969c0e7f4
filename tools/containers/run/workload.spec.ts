import { resolve } from 'node:path';
import { apps } from '../../stack/apps';
import { lockedIn, memoryOf, workloadOf } from './workload';

const checkout = resolve(__dirname, '../../..');

describe('what the manifests say of an app', () => {
  it.each(apps)('is found for $name', ({ name }) => {
    const { env, memory, user } = workloadOf(checkout, name);
    expect(env).toMatchObject({ NODE_ENV: 'production', NATS_USER: name, HEALTH_PORT: '9090' });
    expect(memory).toMatch(/^\d+m$/);
    expect(user).toBe('10001:10001');
  });

  it('becomes arguments of an engine', () => {
    const args = lockedIn({ env: { A: '1' }, memory: '384m', user: '1:1' }, '/made/auth');
    expect(args).toEqual(expect.arrayContaining(['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges']));
    expect(args).toEqual(expect.arrayContaining(['--memory=384m', '--user=1:1', '--volume=/made/auth:/secrets:ro']));
    expect(args).toContain('--env=A=1');
  });

  it('limits memory in units that both know', () => {
    expect([memoryOf('384Mi'), memoryOf('2Gi')]).toEqual(['384m', '2g']);
    expect(() => memoryOf('384M')).toThrow('"384M"');
    expect(() => memoryOf(undefined)).toThrow();
  });

  it('is nothing for what has no manifest', () => {
    expect(() => workloadOf(checkout, 'fleet')).toThrow();
  });
});
