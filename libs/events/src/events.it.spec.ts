import { jetstreamManager } from '@nats-io/jetstream';
import { type DynamicModule, Injectable, Module, type Provider, type Type } from '@nestjs/common';
import { domainEvent, type EventMeta, Int, Refusal, Text } from '@open-cpo/contracts';
import { startTestApp, startTestClient, stopTestApp, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { MemoryParking } from './fixture/memory-parking';
import { Broker } from '@open-cpo/messaging';
import { Consumes, EventPublisher, INBOX, type Inbox, PARKING } from './index';

class Moved {
  @Int({ presence: 'required' }) step: number;
  @Text() to?: string | null;
}
const moved = domainEvent('depot.parcels.moved', Moved);

interface Seen extends Moved {
  readonly meta: EventMeta;
}

@Module({})
class DepotModule {}
const depotOf = (providers: Provider[]): DynamicModule => ({
  module: DepotModule,
  global: true,
  providers,
  exports: providers.flatMap((provider) => ('provide' in provider ? [provider.provide] : [])),
});

/** Remembers in memory what a database would. */
class MemoryInbox implements Inbox {
  readonly seen = new Set<string>();
  async once(consumer: string, eventId: string, work: () => Promise<void>): Promise<void> {
    if (this.seen.has(`${consumer} ${eventId}`)) return;
    await work();
    this.seen.add(`${consumer} ${eventId}`);
  }
}

describe('events', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let publisher: EventPublisher;
  let apps: Awaited<ReturnType<typeof startTestApp>>[] = [];
  let seen: Seen[];
  let consume: (payload: Moved, meta: EventMeta) => Promise<void>;
  let inbox: MemoryInbox;
  let parking: MemoryParking;
  let eventNumber = 0;

  const publish = async (
    payload: unknown,
    aggregateId = '7',
    eventId = `event-${(eventNumber += 1)}`,
  ): Promise<string> => {
    const occurredAt = '2026-01-02T03:04:05.000Z';
    const subject = `${moved.subject}.${aggregateId}`;
    await publisher.publish({ subject, eventId, payload: JSON.stringify(payload), occurredAt });
    return eventId;
  };

  /** A replica whose consumer has a durable name of the test's own. */
  const start = async (as: string) => {
    @Injectable()
    class Consumer {
      @Consumes(moved, { as })
      async onMoved(payload: Moved, meta: EventMeta): Promise<void> {
        await consume(payload, meta);
      }
    }
    const more = [Consumer as Type, { provide: INBOX, useValue: inbox }, { provide: PARKING, useValue: parking }];
    const app = await startTestApp({ broker, module: depotOf(more), serves: [] });
    apps.push(app);
    return app;
  };
  const steps = (): number[] => seen.map(({ step }) => step);
  const dead = async (as: string) => {
    const manager = await jetstreamManager(client.app.get(Broker).connection());
    const message = await manager.streams
      .getMessage('DEAD', { last_by_subj: `dead.${as}.${moved.subject}.7` })
      .catch(() => undefined);
    return message ? { payload: message.json<Moved>(), reason: message.header.get('reason') } : undefined;
  };

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    publisher = client.app.get(EventPublisher);
  });
  beforeEach(async () => {
    seen = [];
    inbox = new MemoryInbox();
    parking = new MemoryParking();
    consume = async (payload, meta) => void seen.push({ ...payload, meta });
    const manager = await jetstreamManager(client.app.get(Broker).connection());
    await manager.streams.purge('FACTS').catch(() => undefined);
  });
  afterEach(async () => {
    await Promise.all(apps.map(stopTestApp));
    apps = [];
  });
  afterAll(async () => {
    await client.stop();
    await broker.stop();
  });

  it('reach a consumer that came later, with what is known about them', async () => {
    const eventId = await publish({ step: 1, to: 'Riyadh', unknown: 'dropped' });
    await start('later');
    await until(() => seen.length === 1);
    const meta = { eventId, aggregateId: '7', occurredAt: '2026-01-02T03:04:05.000Z', storedAt: expect.any(Number) };
    expect(seen).toEqual([{ step: 1, to: 'Riyadh', meta }]);
  });

  it('that are relayed twice are stored once', async () => {
    await publish({ step: 1 }, '7', 'relayed-twice');
    await publish({ step: 1 }, '7', 'relayed-twice');
    await publish({ step: 2 });
    await start('twice');
    await until(() => steps().includes(2));
    expect(steps()).toEqual([1, 2]);
  });

  it('come in order, to one replica at a time', async () => {
    let running = 0;
    let most = 0;
    consume = async (payload, meta) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      seen.push({ ...payload, meta });
      running -= 1;
    };
    await start('order');
    await start('order');
    for (let step = 0; step < 60; step += 1) await publish({ step });
    await until(() => seen.length === 60);
    expect(steps()).toEqual(Array.from({ length: 60 }, (_, step) => step));
    expect(most).toBe(1);
  });

  it('come again after a failure, before any later one', async () => {
    let failures = 2;
    const remember = consume;
    consume = async (payload, meta) => {
      if (payload.step === 1 && failures-- > 0) throw new Error('not yet');
      await remember(payload, meta);
    };
    await publish({ step: 1 });
    await publish({ step: 2 });
    await start('again');
    await until(() => seen.length === 2);
    expect(steps()).toEqual([1, 2]);
  });

  it('that were handled but not acknowledged have no second effect', async () => {
    const first = await start('handled');
    await publish({ step: 1 }, '7', 'handled-once');
    await until(() => seen.length === 1);
    await stopTestApp(first);
    apps = [];
    const manager = await jetstreamManager(client.app.get(Broker).connection());
    await manager.consumers.delete('FACTS', 'handled');
    await start('handled');
    await publish({ step: 2 });
    await until(() => steps().includes(2));
    expect(steps()).toEqual([1, 2]);
  });

  it('are picked up by the next replica where the last one stopped', async () => {
    await stopTestApp(await start('durable'));
    apps = [];
    await publish({ step: 1 });
    await start('durable');
    await until(() => seen.length === 1);
    expect(steps()).toEqual([1]);
  });

  it('go on when the broker was unavailable', async () => {
    const app = await start('healing');
    await publish({ step: 1 });
    await until(() => inbox.seen.size === 1);
    await app.get(Broker).flush();
    await broker.restart();
    await until(() =>
      publish({ step: 2 }, '7', 'after-restart').then(
        () => true,
        () => false,
      ),
    );
    await until(() => steps().includes(2));
    expect(steps()).toEqual([1, 2]);
  });

  it('cannot be published while the broker is unavailable', async () => {
    await broker.kill();
    await until(() => !client.app.get(Broker).connected);
    await expect(publish({ step: 1 })).rejects.toMatchObject({ code: 'service_unavailable' });
    await broker.restart();
    await until(() => client.app.get(Broker).connected);
    await until(() =>
      publish({ step: 2 }, '7', 'told-again').then(
        () => true,
        () => false,
      ),
    );
  });

  it('that are malformed are dead-lettered by each consumer with the reason, and later ones go on', async () => {
    await publish({ step: 'no number' });
    await publish({ step: 2 });
    await Promise.all([start('first'), start('second')]);
    const set = { payload: { step: 'no number' }, reason: 'Refusal: The step field must be an integer.' };
    expect(await until(() => dead('first'))).toEqual(set);
    expect(await until(() => dead('second'))).toEqual(set);
    await until(() => inbox.seen.size === 2);
    expect(steps()).toEqual([2, 2]);
  });

  it('wait while another service is unavailable, which does not count as a try', async () => {
    let trouble = 3;
    let own = 1;
    const remember = consume;
    consume = async (payload, meta) => {
      if (trouble-- > 0) throw new Refusal(trouble > 0 ? 'service_unavailable' : 'deadline_exceeded');
      if (own-- > 0) throw new Error('a fault of its own');
      await remember(payload, meta);
    };
    await publish({ step: 1 });
    await start('trouble');
    await until(() => seen.length === 1);
    expect(await dead('trouble')).toBeUndefined();
  });

  it('need an inbox', async () => {
    @Injectable()
    class Forgetful {
      @Consumes(moved, { as: 'forgetful' })
      async onMoved(): Promise<void> {}
    }
    const module = depotOf([Forgetful]);
    await expect(startTestApp({ broker, module, serves: [] })).rejects.toThrow('import PersistenceModule');
  });
});
