import { connect, headers } from 'nats';
import { setUpBroker } from '../broker-setup/set-up';
import { brokerAccounts } from '../stack/broker/users';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { consumers } from './test/every-request';
import { GuardedBroker } from './test/guarded-broker';
import { uses } from './uses';

const password = (owner: string): string => `${owner}-secret`;

/** Charging back ends of others have clients of their own; many have this line of the NATS client. */
describe('a charging back end with the earlier NATS client', () => {
  let broker: GuardedBroker;

  beforeAll(async () => {
    const accounts = withPasswords(brokerAccounts(uses), password);
    broker = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts }));
    await setUpBroker({ natsUrl: broker.url, user: 'setup', password: password('setup'), consumers });
  });
  afterAll(() => broker?.stop());

  it('publishes events, which are stored once', async () => {
    const who = { user: 'charging', pass: password('charging'), inboxPrefix: '_INBOX_charging' };
    const nats = await connect({ servers: broker.url, ...who });
    const head = headers();
    head.set('Nats-Msg-Id', 'event-1');
    const publish = () => nats.jetstream().publish('charging.session.started', '{}', { headers: head });
    expect(await publish()).toMatchObject({ stream: 'CHARGING', duplicate: false });
    expect(await publish()).toMatchObject({ stream: 'CHARGING', duplicate: true });
    await nats.close();
  });
});
