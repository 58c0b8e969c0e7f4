import { Broker, findConsumer } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { setUpBroker } from '../broker-setup/set-up';
import type { AllUses } from '../stack/broker/permissions';
import { brokerAccounts } from '../stack/broker/users';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { GuardedBroker } from './test/guarded-broker';
import { uses } from './uses';

const [added, ...others] = uses.auth?.consumes ?? [];
/** What the apps used before a version that added a consumer to auth. */
const before = { ...uses, auth: { ...uses.auth, consumes: others } } as AllUses;
const passwordOf = (owner: string): string => `${owner}-secret`;

describe('an app at a broker that has the permissions of the version before', () => {
  let server: GuardedBroker;
  let broker: Broker;
  const health = new Health();
  beforeAll(async () => {
    const accounts = withPasswords(brokerAccounts(before), passwordOf);
    server = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts }));
    const consumers = Object.values(before).flatMap(({ consumes }) => consumes);
    await setUpBroker({ natsUrl: server.url, user: 'setup', password: passwordOf('setup'), consumers });
    const options = { service: 'auth', url: server.url, user: 'auth', password: passwordOf('auth') };
    broker = new Broker(options, Log.to({ service: 'auth', level: 'silent' }), health);
    // Its account for streams connects when it is first asked for.
    await until(async () => broker.connected && broker.account('streams').connected);
  });
  afterAll(async () => {
    await broker?.onApplicationShutdown();
    await server?.stop();
  });

  it('is ready with the consumers that it knew', async () => {
    const [known] = others;
    if (!known) throw new Error('auth has one consumer alone');
    await findConsumer(broker, known);
    expect(await health.ready()).toMatchObject({ ok: true });
  });

  it('is not ready with one that is new, and says which subject it may not use', async () => {
    if (!added) throw new Error('auth has no consumer');
    await expect(findConsumer(broker, added)).rejects.toThrow(
      `The broker does not permit $JS.API.CONSUMER.INFO.${added.stream}.${added.as} to auth`,
    );
    expect(await health.ready()).toMatchObject({ ok: false });
  });
});
