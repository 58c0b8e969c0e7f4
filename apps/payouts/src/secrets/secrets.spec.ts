import { PayoutsConfig } from '../config';
import { Secrets } from './secrets';

const secrets = (byte: number): Secrets =>
  new Secrets(Object.assign(new PayoutsConfig(), { secretsKey: Buffer.alloc(32, byte).toString('base64') }));

describe('what is secret at rest', () => {
  it('comes back as it was, in any script, and as bytes', () => {
    expect(
      secrets(1)
        .unseal('details', 1, secrets(1).seal('details', 1, 'TIN 1234 رقم'))
        .toString(),
    ).toBe('TIN 1234 رقم');
    const bytes = Buffer.from([0, 255, 10]);
    expect(secrets(1).unseal('documents', 1, secrets(1).seal('documents', 1, bytes))).toEqual(bytes);
  });

  it('looks different each time and shows nothing', () => {
    const [one, two] = [secrets(1).seal('details', 1, 'TIN 1234'), secrets(1).seal('details', 1, 'TIN 1234')];
    expect(one.equals(two)).toBe(false);
    expect(one.toString('latin1')).not.toContain('1234');
  });

  it('cannot be read with another key, for another purpose or account, or when it was changed', () => {
    const sealed = secrets(1).seal('details', 1, 'text');
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => secrets(2).unseal('details', 1, sealed)).toThrow();
    expect(() => secrets(1).unseal('recipients', 1, sealed)).toThrow();
    expect(() => secrets(1).unseal('details', 2, sealed)).toThrow();
    expect(() => secrets(1).unseal('details', 1, changed)).toThrow();
  });

  it('stays readable after a change of the key, and is sealed with the new one from then on', () => {
    const [before, now] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    const changed = new Secrets(Object.assign(new PayoutsConfig(), { secretsKey: now, secretsKeyBefore: before }));
    expect(changed.unseal('details', 1, secrets(1).seal('details', 1, 'TIN 1234')).toString()).toBe('TIN 1234');
    expect(
      secrets(2)
        .unseal('details', 1, changed.seal('details', 1, 'TIN 1234'))
        .toString(),
    ).toBe('TIN 1234');
    expect(() => changed.unseal('details', 1, secrets(3).seal('details', 1, 'TIN 1234'))).toThrow();
  });

  it('has a name for its installation that tells nothing of the key', () => {
    expect(secrets(1).installation).toMatch(/^[0-9a-f]{16}$/);
    expect(secrets(1).installation).not.toBe(secrets(2).installation);
  });
});
