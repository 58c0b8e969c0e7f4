import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthConfig } from '../config';
import { SigningKeys } from './signing-keys';

/** Keys from a file need nothing else. */
const startWith = (signingKeysFile: string): Promise<void> => {
  const config = Object.assign(new AuthConfig(), { signingKeysFile });
  return new SigningKeys(config, ...([] as unknown as [never, never, never, never])).onModuleInit();
};

describe('a service without usable signing keys', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('does not start when the file is absent', async () => {
    await expect(startWith(join(folder, 'absent'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['secret, but no JSON', 'SIGNING_KEYS_FILE is not JSON.'],
    ['null', 'SIGNING_KEYS_FILE holds no keys.'],
    ['{ "keys": [] }', 'SIGNING_KEYS_FILE holds no keys.'],
    ['{ "keys": [{ "kty": "EC" }] }', 'The first signing key is missing or has no private part.'],
  ])('does not start with %s, and tells nothing of it', async (text, complaint) => {
    const file = join(folder, 'keys.json');
    await writeFile(file, text);
    const error: Error = await startWith(file).then(
      () => new Error('started'),
      (failed: Error) => failed,
    );
    expect(error.message).toBe(complaint);
  });
});
