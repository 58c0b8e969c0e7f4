import { Passwords } from '../../apps/auth/src/passwords/passwords';
import type { Plan } from '../../tools/stack/supervisor/supervised';
import { forWrites } from './adapted';
import { isStandIn, standIn } from './password-stand-in';

const plan = (name: string): Plan => ({
  name,
  program: 'node',
  args: ['main.js'],
  cwd: '.',
  env: { PORT: '1' },
  healthUrl: 'http://127.0.0.1:1',
});

describe('logins without the hash', () => {
  it('let in the right password alone, by what auth does not make again', () => {
    const stored = standIn('secret');
    expect([isStandIn(stored, Buffer.from('secret')), isStandIn(stored, 'Secret')]).toEqual([true, false]);
    expect(new Passwords().isOutdated(stored)).toBe(false);
  });

  it('load the stand-in before auth, and change no other service', () => {
    expect(forWrites(plan('auth')).args).toEqual(['--require', expect.stringMatching(/without-hash\.js$/), 'main.js']);
    expect(forWrites(plan('gateway')).env).toEqual({ PORT: '1', RATE_LIMIT_LOGIN: 'off' });
    expect(forWrites(plan('stations'))).toEqual(plan('stations'));
  });
});
