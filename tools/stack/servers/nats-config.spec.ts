import { natsConfig, type NatsUser, oneAccount } from './nats-config';

const auth: NatsUser = { name: 'auth', password: 'a"b', publish: ['auth.>', '_INBOX.>'], subscribe: ['auth.>'] };

describe('the configuration of the broker', () => {
  const text = natsConfig({ port: 4333, storeFolder: '/data/jet stream', accounts: oneAccount([auth]) });

  it('listens on this machine alone', () => {
    expect(text).toMatch(/^host: 127\.0\.0\.1$/m);
    expect(text).toMatch(/^port: 4333$/m);
  });

  it('notices a frozen client within about ten seconds', () => {
    expect(text).toMatch(/^ping_interval: "5s"$/m);
    expect(text).toMatch(/^ping_max: 2$/m);
  });

  it('keeps streams in its folder', () => {
    expect(text).toContain('jetstream { store_dir: "/data/jet stream" }');
  });

  it('gives each user what it may do, quoted', () => {
    expect(text).toContain('user: "auth", password: "a\\"b"');
    expect(text).toContain('{ publish: ["auth.>","_INBOX.>"], subscribe: ["auth.>"] }');
  });

  it('lets nobody in without a credential, except in tests', () => {
    expect(text).not.toContain('no_auth_user');
    const accounts = oneAccount([{ ...auth, name: 'test' }]);
    const open = natsConfig({ port: 1, storeFolder: '/x', accounts, anonymous: 'test' });
    expect(open).toMatch(/^no_auth_user: "test"$/m);
  });
});
