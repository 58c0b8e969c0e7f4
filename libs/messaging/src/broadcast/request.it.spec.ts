import { link } from '@open-cpo/contracts';
import { startTestClient, testBroker, type TestBroker, until } from '@open-cpo/testing';
import { Broker } from '../broker';
import { Log } from '@open-cpo/platform';
import { Broadcast } from './broadcast';

const places = link<{ n: number }>('depot.places');

describe('a request to the replica that holds a key', () => {
  let broker: TestBroker;
  let replicas: Awaited<ReturnType<typeof startTestClient>>[];
  beforeAll(async () => {
    broker = await testBroker();
    replicas = await Promise.all([startTestClient(broker), startTestClient(broker)]);
  });
  afterAll(async () => {
    for (const replica of replicas ?? []) await replica.stop();
    await broker?.stop();
  });

  const replica = (n: number) =>
    new Broadcast(replicas[n]?.app.get(Broker) as Broker, Log.to({ service: 'depot', level: 'silent' }));

  it('reaches the holder of the key alone', async () => {
    const received: unknown[] = [];
    const end = replica(0).respond(places, 7, (message) => received.push(message) > 0);
    await replicas[0]?.app.get(Broker).flush();
    expect(await replica(1).request(places, 7, { n: 1 })).toBe('reached');
    expect(await replica(1).request(places, 8, { n: 2 })).toBe('no_holder');
    await until(async () => received.length > 0, 'the message');
    end();
    await replicas[0]?.app.get(Broker).flush();
    expect(await replica(1).request(places, 7, { n: 3 })).toBe('no_holder');
    expect(received).toEqual([{ n: 1 }]);
  });

  it('reaches none where the replica says so, and one that responds for all keys by those that it knows', async () => {
    const received: unknown[] = [];
    const end = replica(0).respond(places, 'replica', ({ n }) => n !== 4);
    replica(0).respond(places, '*', (message, key) => (key === '11' ? received.push([key, message]) > 0 : undefined));
    await replicas[0]?.app.get(Broker).flush();
    expect(await replica(1).request(places, 'replica', { n: 3 })).toBe('reached');
    expect(await replica(1).request(places, 'replica', { n: 4 })).toBe('no_holder');
    expect(await replica(1).request(places, 11, { n: 5 })).toBe('reached');
    expect(await replica(1).request(places, 12, { n: 6 })).toBe('unknown');
    expect(received).toEqual([['11', { n: 5 }]]);
    end();
  });

  it('is received also where handling it fails', async () => {
    const received: unknown[] = [];
    const end = replica(0).respond(places, 9, (message) => {
      if (message.n === 1) throw new Error('broken');
      return received.push(message) > 0;
    });
    await replicas[0]?.app.get(Broker).flush();
    for (const n of [1, 2]) expect(await replica(1).request(places, 9, { n })).toBe('reached');
    await until(async () => received.length > 0, 'the message');
    expect(received).toEqual([{ n: 2 }]);
    end();
  });
});
