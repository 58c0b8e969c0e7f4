import { randomUUID } from 'node:crypto';
import { charging, domainEvent, Int, Refusal } from '@open-cpo/contracts';
import { startTestClient, testBroker, type TestBroker, until } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { Log } from '@open-cpo/platform';
import { applyStream, Broker } from '@open-cpo/messaging';
import { MemoryParking } from './fixture/memory-parking';
import type { BatchEvent, BatchHandler, RejectedEvent } from './batch';
import { EventConsumer } from './consumer';
import { applyConsumer } from './apply';
import { streams } from './declared';

class Count {
  @Int({ presence: 'required' }) n: number;
}
const counted = charging('test.counted', Count);
const published = domainEvent('test.counts.told', Count);

describe('events in batches', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let nats: NatsConnection;
  let consumers: EventConsumer[];
  let parking: MemoryParking;

  beforeEach(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    nats = client.app.get(Broker).connection();
    parking = new MemoryParking();
    consumers = [];
  });
  afterEach(async () => {
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await client.stop();
    await broker.stop();
  });

  const COUNTS = { as: 'test-counts', domainEvents: [counted], filter: 'charging.test.>' };
  const start = (consumption: typeof COUNTS, handle: BatchHandler) => {
    const log = Log.to({ service: 'test', level: 'silent' });
    const parts = { broker: client.app.get(Broker), log, parking, handle, translate: () => undefined };
    const consumer = new EventConsumer({ ...parts, consumption: { ...consumption, batch: true } });
    consumers.push(consumer);
    consumer.start();
    return consumer;
  };
  const consume = async (handle: BatchHandler) => {
    const consumer = start(COUNTS, handle);
    const manager = await jetstreamManager(nats);
    await until(() => manager.consumers.info('CHARGING', 'test-counts').then(Boolean, () => false));
    return consumer;
  };
  const publish = (payload: unknown, subject = counted.subject) => {
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    return jetstream(nats).publish(subject, JSON.stringify(payload), { headers: head });
  };
  const numbers = (events: readonly BatchEvent[]) => events.map(({ payload }) => (payload as Count).n);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  const dead = async () => (await (await jetstreamManager(nats)).streams.info('DEAD')).state.messages;
  const settled = async () => {
    if (parking.rows.length > 0) return false;
    const info = await (await jetstreamManager(nats)).consumers.info('CHARGING', 'test-counts');
    return info.num_pending + info.num_ack_pending === 0;
  };
  const none: readonly RejectedEvent[] = [];

  it('are handled together, each once', async () => {
    const seen: number[][] = [];
    await consume(async (events) => {
      seen.push(numbers(events));
      return none;
    });
    await Promise.all(upTo(1200).map((n) => publish({ n })));
    await until(settled);
    expect(seen.flat().sort((a, b) => a - b)).toEqual(upTo(1200));
    expect(seen.length).toBeLessThan(600);
    expect(Math.max(...seen.map(({ length }) => length))).toBeLessThanOrEqual(500);
  });

  it('that are malformed, or that are rejected, are dead-lettered; unknown subjects are ignored', async () => {
    await consume(async (events) =>
      events
        .filter(({ payload }) => (payload as Count).n === 3)
        .map(({ meta }) => ({ eventId: meta.eventId, reason: 'three' })),
    );
    await Promise.all([publish({ n: 'x' }), publish({ n: 3 }), publish({ n: 4 }), publish({}, 'charging.test.other')]);
    await until(settled);
    expect(await dead()).toBe(2);
    const manager = await jetstreamManager(nats);
    const reasons = await Promise.all([1, 2].map((seq) => manager.streams.getMessage('DEAD', { seq })));
    expect(reasons.map((letter) => letter?.header.get('reason')).sort()).toEqual([
      expect.stringContaining('The n field must be an integer.'),
      'three',
    ]);
  });

  it('name the back end that published them, by the subject that the broker gave them', async () => {
    const names: (string | undefined)[] = [];
    await consume(async (events) => {
      names.push(...events.map(({ meta }) => meta.backEnd));
      return none;
    });
    await publish({ n: 1 });
    await publish({ n: 2 }, `${counted.subject}.acme`);
    await until(settled);
    expect(names).toEqual([undefined, 'acme']);
  });

  it('of ours that no service published, because they have no id, are dead-lettered with that reason', async () => {
    const seen: number[] = [];
    const handle = async (events: readonly BatchEvent[]) => {
      seen.push(...numbers(events));
      return none;
    };
    start({ as: 'test-facts', domainEvents: [published], filter: published.filter }, handle);
    const manager = await jetstreamManager(nats);
    await until(() => manager.consumers.info('FACTS', 'test-facts').then(Boolean, () => false));
    await jetstream(nats).publish('facts.test.counts.told.1', '{"n":1}');
    await publish({ n: 2 }, 'facts.test.counts.told.1');
    await until(async () => seen.length === 1 && (await dead()) === 1);
    const letter = await manager.streams.getMessage('DEAD', { seq: 1 });
    expect([letter?.subject, letter?.header.get('reason')]).toEqual([
      'dead.test-facts.facts.test.counts.told.1',
      'It has no id (Nats-Msg-Id): no service published it.',
    ]);
    expect(seen).toEqual([2]);
  });

  it('are narrowed down to the one at fault, which is dead-lettered while the others have their effect', async () => {
    const done = new Set<number>();
    await consume(async (events) => {
      if (numbers(events).includes(13)) throw new Error('unlucky');
      numbers(events).forEach((n) => done.add(n));
      return none;
    });
    await Promise.all(upTo(100).map((n) => publish({ n })));
    await until(async () => (await settled()) && (await dead()) === 1, 'one dead');
    expect([...done].sort((a, b) => a - b)).toEqual(upTo(100).filter((n) => n !== 13));
  });

  it('that fail hold up no other: a good one does not wait for the next tries of 300 bad ones', async () => {
    let triesUntilGood: number | undefined;
    await consume(async (events) => {
      if (numbers(events).some((n) => n < 300)) throw new Error('bad');
      triesUntilGood ??= Math.max(0, ...parking.rows.map(({ attempts }) => attempts));
      return none;
    });
    await Promise.all(upTo(300).map((n) => publish({ n })));
    await until(() => parking.rows.length > 0);
    await publish({ n: 300 });
    await until(() => triesUntilGood !== undefined, 'the good one');
    expect(await dead()).toBe(0);
    expect(triesUntilGood).toBeLessThan(5);
    await until(async () => (await settled()) && (await dead()) === 300, 'the bad ones');
  });

  it('that were in hand when a process ended go through the retry lane, and have their effect there', async () => {
    const manager = await jetstreamManager(nats);
    const seen: number[] = [];
    const parked = jest.spyOn(parking, 'park');
    for (const stream of streams) await applyStream(manager, stream);
    await applyConsumer(manager, { as: 'test-counts', stream: 'CHARGING', filter: 'charging.test.>', batch: true });
    await publish({ n: 1 });
    const consumer = await jetstream(nats).consumers.get('CHARGING', 'test-counts');
    // Taken and given back by somebody else, which looks the same as silence.
    (await consumer.next())?.nak();
    await consume(async (events) => {
      seen.push(...numbers(events));
      return none;
    });
    await until(async () => (await settled()) && seen.length > 0);
    expect(seen).toEqual([1]);
    expect(parked.mock.calls.map(([, events]) => events.map(({ attempts }) => attempts))).toEqual([[0]]);
    expect((await manager.consumers.info('CHARGING', 'test-counts')).num_ack_pending).toBe(0);
  });

  it('wait as long as trouble lasts that is not theirs', async () => {
    let tries = 0;
    await consume(async () => {
      tries += 1;
      if (tries <= 2) throw new Refusal('service_unavailable');
      return none;
    });
    await Promise.all(upTo(10).map((n) => publish({ n })));
    await until(settled);
    expect(tries).toBeGreaterThan(2);
    expect(await dead()).toBe(0);
  });

  it('that were on their way when a replica ended are given back at once', async () => {
    let taken = 0;
    const first = await consume(async (events) => {
      taken += events.length;
      return none;
    });
    await Promise.all(upTo(300).map((n) => publish({ n })));
    await first.close();
    const before = taken;
    const handle = async (events: readonly BatchEvent[]) => {
      taken += events.length;
      return none;
    };
    start(COUNTS, handle);
    await until(settled);
    expect(taken).toBe(300);
    expect(before).toBeLessThanOrEqual(300);
  });
});
