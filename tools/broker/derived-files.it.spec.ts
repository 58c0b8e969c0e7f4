import { parse } from 'yaml';
import { credentials } from '../stack/apps';
import { brokerAccounts, brokerUsers } from '../stack/broker/users';
import { natsConfig } from '../stack/servers/nats-config';
import { derivedFiles, type DerivedFile } from './derived-files';
import { GuardedBroker } from './test/guarded-broker';
import { operatorSubjects, uses } from './uses';

describe('what the broker is told of the apps', () => {
  let files: DerivedFile[];
  beforeAll(() => {
    files = derivedFiles();
  });

  it('leaves what only operators may ask to operators', () => {
    const theirs = operatorSubjects();
    expect(theirs.length).toBeGreaterThan(0);
    for (const [name, { calls }] of Object.entries(uses)) {
      expect(calls.filter((subject) => theirs.includes(subject) !== (name === 'operator'))).toEqual([]);
    }
  });

  it('lets the gateway read no e-mail', () => {
    expect(uses.gateway?.calls.filter((subject) => subject.startsWith('auth.emails.'))).toEqual([]);
    expect(uses.worker?.calls).toContain('auth.emails.content');
  });

  it('holds no password', () => {
    const text = files.flatMap((file) => (file.path.includes('nats') ? file.text : [])).join();
    const passwords = [...text.matchAll(/password"?: (.*)/g)].map(([, value]) => value);
    expect(passwords).toHaveLength(2 * brokerUsers(uses).length);
    expect(passwords.filter((value) => !/^("?<< )?\$[A-Z]+_NATS_PASSWORD( >>"?)?$/.test(value ?? ''))).toEqual([]);
  });

  it('is the same for the chart and for the file', () => {
    type Chart = { config: { merge: { accounts: Record<string, { users: unknown[] }> } } };
    const { accounts } = (parse(files[1]?.text ?? '') as Chart).config.merge;
    const expected = brokerAccounts(uses).map(({ name, users, ...settings }) => {
      const entries = users.map(({ user, publish, subscribe }) => ({ user, permissions: { publish, subscribe } }));
      return [name, { ...settings, users: entries.map((one) => expect.objectContaining(one) as unknown) }];
    });
    expect(accounts).toEqual(Object.fromEntries(expected));
  });

  it('is understood by the broker, with passwords from the file that includes it', async () => {
    const passwords = credentials().map(({ name }) => `${name.toUpperCase()}_NATS_PASSWORD: "${name}-secret"\n`);
    const basis = (port: number, storeFolder: string): string =>
      natsConfig({ port, storeFolder, accounts: [] }).replace(/accounts \{[^]*$/, '');
    const broker = await GuardedBroker.start(
      (port, store) => passwords.join('') + basis(port, store) + (files[0]?.text ?? ''),
    );
    await expect(broker.as('auth', 'auth-secret')).resolves.toBeDefined();
    await expect(broker.as('auth', 'gateway-secret')).rejects.toThrow();
    await broker.stop();
  });
});
