import { allChanges, changesOf, writesOf } from '@open-cpo/contracts';
import { startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { Broadcast, Broker } from '../index';

describe('a broadcast', () => {
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

  it('reaches every subscriber, with its key', async () => {
    const received: unknown[] = [];
    other.app.get(Broadcast).subscribe(allChanges, (_, key) => received.push(key));
    await other.app.get(Broker).flush();
    client.app.get(Broadcast).publish(changesOf('stations'), 7, undefined);
    client.app.get(Broadcast).publish(changesOf('auth'), 8, undefined);
    await until(() => received.length === 2);
    expect(received).toEqual(['stations.7', 'auth.8']);
  });

  it('of one topic reaches its followers alone, who know when they may have missed some', async () => {
    const events: unknown[] = [];
    other.app.get(Broadcast).follow(writesOf('stations'), {
      received: (key) => events.push(key),
      interrupted: () => events.push('interrupted'),
      resumed: () => events.push('resumed'),
    });
    await until(() => events.includes('resumed'));
    client.app.get(Broadcast).publish(writesOf('auth'), 6, undefined);
    client.app.get(Broadcast).publish(writesOf('stations'), 7, undefined);
    await client.app.get(Broadcast).flush();
    await until(() => events.includes('7'));
    await broker.kill();
    await until(() => events.includes('interrupted'));
    await broker.restart();
    await until(() => events.length === 4);
    expect(events).toEqual(['resumed', '7', 'interrupted', 'resumed']);
  });

  it('is lost while the broker is unavailable, which fails nothing', async () => {
    await broker.kill();
    await until(() => !client.app.get(Broker).connected);
    expect(() => client.app.get(Broadcast).publish(changesOf('stations'), 7, undefined)).not.toThrow();
    await broker.restart();
    await until(() => client.app.get(Broker).connected);
  });
});
