import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysChanged, type PublicKey, sessions } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asStranger, until } from '@open-cpo/testing';
import { AuthUnderTest } from '../fixture/auth-under-test';
import { newKey } from './key-set';
import { SigningKeys } from './signing-keys';

const header = (token: string): { alg: string; kid: string } =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string; kid: string };

function isSignedBy(token: string, keys: readonly PublicKey[]): boolean {
  const [head, body, signature] = token.split('.') as [string, string, string];
  const jwk = keys.find(({ kid }) => kid === header(token).kid);
  if (!jwk) return false;
  const key = createPublicKey({ key: jwk as unknown as JsonWebKey, format: 'jwk' });
  const signed = Buffer.from(`${head}.${body}`);
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}

describe('the keys of tokens', () => {
  let auth: AuthUnderTest;
  const published = () => auth.bus.call(sessions.keys, {}, asStranger());

  describe('of a development system', () => {
    beforeAll(async () => {
      auth = await AuthUnderTest.start();
    });

    afterAll(() => auth.stop());

    it('are made at the first start and are the same for all replicas and after a restart', async () => {
      const keys = await published();
      expect(keys).toEqual([
        { kid: expect.any(String), kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) },
      ]);
      const replica = await auth.replica();
      expect(replica.app.get(SigningKeys, { strict: false }).current.published).toEqual(keys);
      await replica.stop();
    });

    it('sign what is handed out, with ES256', async () => {
      const { user } = await auth.owner();
      expect(header(user.access_token)).toMatchObject({ alg: 'ES256', kid: (await published())[0]?.kid });
      expect(isSignedBy(user.access_token, await published())).toBe(true);
      expect(isSignedBy(`${user.access_token.slice(0, -4)}AAAA`, await published())).toBe(false);
    });

    it('lie sealed in the table', async () => {
      const [row] = await auth.database.query<{ sealed: Buffer }>('select sealed from signing_keys');
      expect(row?.sealed.toString('latin1')).not.toContain('"d"');
    });
  });

  describe('from a file', () => {
    let folder: string;
    let file: string;
    const [one, two] = [newKey(), newKey()];
    const put = (...keys: object[]) => writeFile(file, JSON.stringify({ keys }));
    const reload = () => auth.service.app.get(SigningKeys, { strict: false }).reload();

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keys-'));
      file = join(folder, 'keys.json');
      await put(one);
      auth = await AuthUnderTest.start({ SIGNING_KEYS_FILE: file });
    });

    afterAll(async () => {
      await auth.stop();
      await rm(folder, { recursive: true });
    });

    it('rotate without a restart, and all gateways are told', async () => {
      const heard: string[] = [];
      const nats = auth.service.app.get(Broker, { strict: false }).connection();
      nats.subscribe(keysChanged.filter, { callback: (_error, message) => void heard.push(message.subject) });
      await nats.flush();
      const before = (await auth.owner()).user.access_token;
      await put(two, one);
      await reload();
      await until(() => heard.length > 0);
      const after = (await auth.owner()).user.access_token;
      expect([header(before).kid, header(after).kid]).toEqual([one.kid, two.kid]);
      const keys = await published();
      expect(keys.map(({ kid }) => kid)).toEqual([two.kid, one.kid]);
      expect([before, after].map((token) => isSignedBy(token, keys))).toEqual([true, true]);
      expect(JSON.stringify(keys)).not.toContain(two.d);
    });

    it('stay in force while the file cannot be used', async () => {
      const keys = await published();
      await writeFile(file, '{ "keys": [');
      await reload();
      await rm(file);
      await reload();
      expect(await published()).toEqual(keys);
    });
  });
});
