import { Readable } from 'node:stream';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { domainEvent, Int, list, nothing, operations, Text, read, stream, write } from '@open-cpo/contracts';
import { BrokerFiles, Uploads } from '@open-cpo/files';
import { Consumes, EventPublisher, INBOX, type ParkedEvent, PARKING, type Parking } from '@open-cpo/events';
import { Broker, Broadcast, Handles, internalCaller } from '@open-cpo/messaging';
import { Health, ProcessConfig } from '@open-cpo/platform';
import { startTestApp, startTestClient, stopTestApp, testConfig, type TestBroker, until } from '@open-cpo/testing';
import { Controller } from '@nestjs/common';
import { setUpBroker } from '../broker-setup/set-up';
import { permissionsOf, setupPermissions, type Uses } from '../stack/broker/permissions';
import { accountOf, askingApps, type BrokerAccount, exportsTo, PLATFORM } from '../stack/broker/users';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { GuardedBroker } from './test/guarded-broker';

class Row {
  @Int() number?: number;
  @Text({ max: 4000 }) text?: string;
}
class Told {
  @Int({ presence: 'required' }) step: number;
}
const rows = operations('depot.rows', {
  some: read(Row, list(Row)),
  all: stream(Row, Row),
  store: write(Row, nothing, { audit: false, reason: 'A test.' }),
});
const told = domainEvent('depot.rows.told', Told);
const text = 'x'.repeat(1000);
const many = (count = 0): Row[] => Array.from({ length: count }, (_, number) => ({ number, text }));
const heard: number[] = [];

@Controller()
class RowsHandler {
  @Handles(rows.some)
  async some({ number }: Row): Promise<Row[]> {
    return many(number);
  }
  @Handles(rows.all)
  async *all({ number }: Row): AsyncGenerator<Row> {
    yield* many(number);
  }
  @Handles(rows.store)
  async store(): Promise<void> {}
}

@Injectable()
class Hearing {
  @Consumes(told, { as: 'depot-told' })
  async onTold({ step }: Told): Promise<void> {
    if (step < 0) throw new Error('cannot be digested');
    heard.push(step);
  }
}

const inbox = { once: (_consumer: string, _id: string, work: () => Promise<void>): Promise<void> => work() };

const parked: ParkedEvent[] = [];
/** Gives each event its last try. */
const parking: Parking = {
  park: async (_, events) =>
    void parked.push(...events.map((one, id) => ({ ...one, id, attempts: 5, deaths: 0, reason: null }))),
  parkAgain: async () => undefined,
  take: async () => parked.splice(0),
  postpone: async () => undefined,
  remove: async () => undefined,
  any: async () => false,
  holds: async () => false,
};

@Module({})
class DepotModule {
  static forTest(): DynamicModule {
    const providers = [Hearing, { provide: INBOX, useValue: inbox }, { provide: PARKING, useValue: parking }];
    return { module: DepotModule, global: true, controllers: [RowsHandler], providers, exports: [INBOX, PARKING] };
  }
}

const keeps = ['exports', 'UPLOADS'].map((bucket) => ({ bucket, writes: true }));
const reads = keeps.map(({ bucket }) => ({ bucket, writes: false }));
const uses: Record<string, Uses> = {
  depot: { calls: [], watches: [], consumes: [{ as: 'depot-told', stream: 'FACTS', filter: told.filter }], keeps },
  client: {
    calls: Object.values(rows).map(({ subject }) => subject),
    watches: [told.filter],
    consumes: [],
    keeps: reads,
  },
};
const asking = askingApps(Object.keys(uses), uses);
const accounts: BrokerAccount[] = [
  {
    name: PLATFORM,
    jetstream: 'enabled',
    exports: exportsTo(asking),
    users: [
      ...Object.keys(uses).map((name) => ({ user: name, owner: name, ...permissionsOf(name, uses) })),
      { user: 'setup', owner: 'setup', ...setupPermissions(uses) },
    ],
  },
  ...asking.map(accountOf),
];

describe('the messaging library with least permissions', () => {
  let guarded: GuardedBroker;
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let client: Awaited<ReturnType<typeof startTestClient>>;

  beforeAll(async () => {
    const configured = (port: number, storeFolder: string): string =>
      natsConfig({ port, storeFolder, accounts: withPasswords(accounts, () => 'secret') });
    guarded = await GuardedBroker.start(configured);
    // The test kit needs its address only.
    const broker = guarded as unknown as TestBroker;
    const config = testConfig(ProcessConfig, broker, { NATS_USER: 'depot', NATS_PASSWORD: 'secret' });
    const consumers = uses.depot?.consumes ?? [];
    const module = DepotModule.forTest();
    app = await startTestApp({ broker, config, module, serves: [rows], name: 'depot', ready: false });
    const health = app.get(Health, { strict: false });
    await until(() => app.get(Broker, { strict: false }).connected, 'a connection to the broker');
    await until(async () => !(await health.ready()).ok, 'the service to miss its consumer');
    await setUpBroker({ natsUrl: guarded.url, user: 'setup', password: 'secret', consumers });
    await until(async () => (await health.ready()).ok, 'the service to find its consumer');
    await app.get(Broker, { strict: false }).flush();
    client = await startTestClient(broker, { NATS_USER: 'client', NATS_PASSWORD: 'secret' });
  });
  afterAll(async () => {
    await client.stop();
    await stopTestApp(app);
    await guarded.stop();
  });

  it('answers calls, small ones and ones beyond a message', async () => {
    expect(await client.bus.call(rows.some, { number: 3 }, internalCaller())).toHaveLength(3);
    expect(await client.bus.call(rows.some, { number: 3000 }, internalCaller())).toHaveLength(3000);
    await client.bus.call(rows.store, {}, internalCaller());
  });

  it('streams rows with acknowledgements in the other direction', async () => {
    let count = 0;
    for await (const chunk of client.bus.stream(rows.all, { number: 5000 }, internalCaller())) count += chunk.rows;
    expect(count).toBe(5000);
  });

  it('tells facts, which watchers and consumers hear, and sets aside what nobody can digest', async () => {
    const watched: number[] = [];
    client.app.get(Broadcast).subscribe(told, ({ step }) => void watched.push(step));
    await client.app.get(Broker).flush();
    const publish = (step: number): Promise<void> =>
      app.get(EventPublisher, { strict: false }).publish({
        subject: `${told.subject}.7`,
        eventId: `event-${step}`,
        payload: JSON.stringify({ step }),
        occurredAt: '2026-01-02T03:04:05.000Z',
      });
    await publish(1);
    await publish(2);
    await until(() => heard.length === 2 && watched.length === 2, 'both to hear');
    expect([heard, watched]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('keeps files where others read them, and only there where it may put some', async () => {
    const writer = app.get(Broker, { strict: false });
    const reader = client.app.get(Broker);
    await until(() => [writer, reader].every((one) => one.account('streams').connected), 'the account of streams');
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 5; piece += 1) yield Buffer.alloc(100_000, piece);
    }
    await new BrokerFiles(writer).write('a.csv', bytes());
    const file = await new BrokerFiles(reader).open('a.csv');
    let size = 0;
    for await (const piece of file.read()) size += piece.length;
    expect(size).toBe(500_000);
    await expect(new BrokerFiles(reader).write('b.csv', bytes())).rejects.toThrow();
    await new BrokerFiles(writer).remove('a.csv');

    const uploader = { owner: 'owner', idempotencyKey: 'once' };
    const keep = () => new Uploads(writer).keep(Readable.from([Buffer.alloc(300_000, 7)]), uploader);
    const kept = await keep();
    expect(await keep()).toEqual(kept);
    expect(await new Uploads(reader).fetch(kept)).toHaveLength(300_000);
  });
});
