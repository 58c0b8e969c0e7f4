import { link } from '@open-cpo/contracts';
import { startTestClient, testBroker, type TestBroker, until } from '@open-cpo/testing';
import { Broker } from '../broker';
import { Log } from '@open-cpo/platform';
import { Links } from './links';

const places = link<{ n: number }>('depot.places');

describe('links', () => {
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

  const links = (n: number) =>
    new Links(replicas[n]?.app.get(Broker) as Broker, Log.to({ service: 'depot', level: 'silent' }));

  it('reach the holder of the key alone', async () => {
    const received: unknown[] = [];
    const end = links(0).hold(places, 7, (said) => received.push(said));
    await replicas[0]?.app.get(Broker).flush();
    expect(await links(1).reach(places, 7, { n: 1 })).toBe('reached');
    expect(await links(1).reach(places, 8, { n: 2 })).toBe('no_holder');
    await until(async () => received.length > 0, 'the word');
    end();
    await replicas[0]?.app.get(Broker).flush();
    expect(await links(1).reach(places, 7, { n: 3 })).toBe('no_holder');
    expect(received).toEqual([{ n: 1 }]);
  });

  it('reach none where the replica says so, and one that listens to all keys by those that it knows', async () => {
    const received: unknown[] = [];
    const end = links(0).hold(places, 'replica', ({ n }) => n !== 4);
    links(0).holdAll(
      places,
      (key) => key === '11',
      (key, said) => received.push([key, said]),
    );
    await replicas[0]?.app.get(Broker).flush();
    expect(await links(1).reach(places, 'replica', { n: 3 })).toBe('reached');
    expect(await links(1).reach(places, 'replica', { n: 4 })).toBe('no_holder');
    expect(await links(1).reach(places, 11, { n: 5 })).toBe('reached');
    expect(await links(1).reach(places, 12, { n: 6 })).toBe('unknown');
    expect(received).toEqual([['11', { n: 5 }]]);
    end();
  });

  it('go on after a word that cannot be taken', async () => {
    const received: unknown[] = [];
    const end = links(0).hold(places, 9, (said) => {
      if (said.n === 1) throw new Error('broken');
      received.push(said);
    });
    await replicas[0]?.app.get(Broker).flush();
    for (const n of [1, 2]) expect(await links(1).reach(places, 9, { n })).toBe('reached');
    await until(async () => received.length > 0, 'the word');
    expect(received).toEqual([{ n: 2 }]);
    end();
  });
});
