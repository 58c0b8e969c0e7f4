import { startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { Broker, Changes } from './index';

describe('changes', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let other: Awaited<ReturnType<typeof startTestClient>>;

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    other = await startTestClient(broker);
  });

  afterAll(async () => {
    await Promise.all([client?.stop(), other?.stop()]);
    await broker?.stop();
  });

  it('reach everybody who listens, with the service and whose they are', async () => {
    const heard: unknown[] = [];
    other.app.get(Changes).listen((service, accountId) => heard.push([service, accountId]));
    await other.app.get(Broker).flush();
    client.app.get(Changes).tell('stations', 7);
    client.app.get(Changes).tell('auth', 8);
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      ['stations', 7],
      ['auth', 8],
    ]);
  });

  it('of a service reach its own processes alone, which know when they may have missed some', async () => {
    const events: unknown[] = [];
    other.app.get(Changes).follow('stations', {
      written: (accountId) => events.push(accountId),
      interrupted: () => events.push('interrupted'),
      resumed: () => events.push('resumed'),
    });
    await until(() => events.includes('resumed'));
    client.app.get(Changes).written('auth', 6);
    client.app.get(Changes).written('stations', 7);
    await client.app.get(Changes).flush();
    await until(() => events.includes(7));
    await broker.kill();
    await until(() => events.includes('interrupted'));
    await broker.restart();
    await until(() => events.length === 4);
    expect(events).toEqual(['resumed', 7, 'interrupted', 'resumed']);
  });

  it('are told to nobody while the broker is away, which fails nothing', async () => {
    await broker.kill();
    await until(() => !client.app.get(Broker).connected);
    expect(() => client.app.get(Changes).tell('stations', 7)).not.toThrow();
    await broker.restart();
    await until(() => client.app.get(Broker).connected);
  });
});
