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

  it('reach who holds the key, and nobody else', async () => {
    const heard: unknown[] = [];
    const end = links(0).hold(places, 7, (said) => heard.push(said));
    await replicas[0]?.app.get(Broker).flush();
    expect(await links(1).reach(places, 7, { n: 1 })).toBe('reached');
    expect(await links(1).reach(places, 8, { n: 2 })).toBe('nobody');
    await until(async () => heard.length > 0, 'the word');
    end();
    await replicas[0]?.app.get(Broker).flush();
    expect(await links(1).reach(places, 7, { n: 3 })).toBe('nobody');
    expect(heard).toEqual([{ n: 1 }]);
  });

  it('go on after a word that cannot be taken', async () => {
    const heard: unknown[] = [];
    const end = links(0).hold(places, 9, (said) => {
      if (said.n === 1) throw new Error('broken');
      heard.push(said);
    });
    await replicas[0]?.app.get(Broker).flush();
    for (const n of [1, 2]) expect(await links(1).reach(places, 9, { n })).toBe('reached');
    await until(async () => heard.length > 0, 'the word');
    expect(heard).toEqual([{ n: 2 }]);
    end();
  });
});
