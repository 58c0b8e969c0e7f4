import { NotificationsConfig } from '../config';
import { Secrets } from './secrets';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const secrets = (now: number, before?: number): Secrets =>
  new Secrets(
    Object.assign(new NotificationsConfig(), {
      secretsKey: key(now),
      ...(before === undefined ? {} : { secretsKeyBefore: key(before) }),
    }),
  );

describe('the keys of webhooks at rest', () => {
  it('open with the key that sealed them, for their account alone', () => {
    const sealed = secrets(1).seal(7, 'whsec_1');
    expect(secrets(1).unseal(7, sealed)).toBe('whsec_1');
    expect(() => secrets(1).unseal(8, sealed)).toThrow();
    expect(() => secrets(2).unseal(7, sealed)).toThrow();
  });

  it('stay readable after a change of the key, and are sealed with the new one from then on', () => {
    const changed = secrets(2, 1);
    expect(changed.unseal(7, secrets(1).seal(7, 'whsec_1'))).toBe('whsec_1');
    expect(secrets(2).unseal(7, changed.seal(7, 'whsec_1'))).toBe('whsec_1');
    expect(() => changed.unseal(7, secrets(3).seal(7, 'whsec_1'))).toThrow();
  });
});
