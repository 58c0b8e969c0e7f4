import { AuthConfig } from '../config';
import { Secrets } from './secrets';

const secrets = (byte: number): Secrets =>
  new Secrets(Object.assign(new AuthConfig(), { secretsKey: Buffer.alloc(32, byte).toString('base64') }));

describe('what is secret at rest', () => {
  it('comes back as it was, in any script', () => {
    const text = 'code 1234 رمز';
    expect(secrets(1).unseal('emails', secrets(1).seal('emails', text))).toBe(text);
  });

  it('looks different each time and shows nothing', () => {
    const [one, two] = [secrets(1).seal('emails', 'code 1234'), secrets(1).seal('emails', 'code 1234')];
    expect(one.equals(two)).toBe(false);
    expect(one.toString('latin1')).not.toContain('1234');
  });

  it('cannot be read with another key, for another purpose, or when it was changed', () => {
    const sealed = secrets(1).seal('emails', 'text');
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => secrets(2).unseal('emails', sealed)).toThrow();
    expect(() => secrets(1).unseal('signing-keys', sealed)).toThrow();
    expect(() => secrets(1).unseal('emails', changed)).toThrow();
  });

  it('can be read with the key before', () => {
    const keys = [2, 1].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    const [secretsKey = '', secretsKeyBefore = ''] = keys;
    const changed = new Secrets(Object.assign(new AuthConfig(), { secretsKey, secretsKeyBefore }));
    expect(changed.unseal('totp', secrets(1).seal('totp', 'text'))).toBe('text');
    expect(secrets(2).unseal('totp', changed.seal('totp', 'text'))).toBe('text');
    expect(() => changed.unseal('totp', secrets(3).seal('totp', 'text'))).toThrow();
  });

  it('has keyed hashes', () => {
    const mac = (byte: number, text: string) => secrets(byte).mac('codes', Buffer.of(1), text).toString('hex');
    expect(mac(1, '1234')).toBe(mac(1, '1234'));
    expect(new Set([mac(1, '1234'), mac(2, '1234'), mac(1, '1235')]).size).toBe(3);
  });
});
