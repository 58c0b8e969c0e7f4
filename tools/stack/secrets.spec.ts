import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from './secrets';

describe('generated secrets', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    file = join(folder, 'secrets.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are the same at the next start', () => {
    const first = new Secrets(file);
    const password = first.password('database.auth');
    const key = first.key('secrets');
    const second = new Secrets(file);
    expect(second.password('database.auth')).toBe(password);
    expect(second.key('secrets')).toBe(key);
  });

  it('differ from name to name', () => {
    const secrets = new Secrets(file);
    expect(secrets.password('a')).not.toBe(secrets.password('b'));
  });

  it('fit into an address without escaping, and a key has 32 bytes', () => {
    const secrets = new Secrets(file);
    expect(secrets.password('a')).toMatch(/^[0-9a-f]{36}$/);
    expect(Buffer.from(secrets.key('k'), 'base64')).toHaveLength(32);
  });

  it('are readable by their owner alone', () => {
    new Secrets(file).password('a');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
