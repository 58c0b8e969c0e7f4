import { allChanges, changesOf, domainEvent, Int, writesOf } from '@open-cpo/contracts';
import { headers } from '@nats-io/transport-node';
import { startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { Broadcast, Broker } from '../index';

class Moved {
  @Int({ presence: 'required' }) step: number;
}
const moved = domainEvent('depot.parcels.moved', Moved);

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

  it('of an event reaches every process that subscribes, and a subscriber that fails harms nobody', async () => {
    const processes = [client, other];
    const received: string[] = [];
    const ends = processes.map(({ app }, index) =>
      app.get(Broadcast).subscribe(moved, ({ step }, aggregateId) => {
        if (step === 1) throw new Error('clumsy');
        received.push(`${index} ${step} ${aggregateId}`);
      }),
    );
    await Promise.all(processes.map(({ app }) => app.get(Broker).flush()));
    const head = headers();
    head.set('Nats-Msg-Id', 'x');
    const nats = client.app.get(Broker).connection();
    for (const payload of ['{"step":1}', '{"step":"wrong"}']) {
      nats.publish(`${moved.subject}.7`, payload, { headers: head });
    }
    nats.publish(`${moved.subject}.7`, '{"step":3}');
    nats.publish(`${moved.subject}.8`, '{"step":2}', { headers: head });
    await until(() => received.length === 2);
    expect(received.sort()).toEqual(['0 2 8', '1 2 8']);
    expect(processes.every(({ app }) => app.get(Broker).connected)).toBe(true);
    ends.forEach((end) => end());
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
