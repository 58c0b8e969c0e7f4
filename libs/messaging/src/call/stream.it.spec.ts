import { Refusal } from '@open-cpo/contracts';
import {
  asUser,
  startTestClient,
  startTestService,
  type TestBroker,
  testBroker,
  type TestService,
  until,
} from '@open-cpo/testing';
import { Acts, DepotModule, parcels } from '../fixture/depot';
import { allRows, Broker, type Bus, type Chunk } from '../index';

const KILOBYTE = 'x'.repeat(1000);

describe('a stream', () => {
  let broker: TestBroker;
  let service: TestService;
  let bus: Bus;
  const acts = new Acts();
  const idle = new Acts();
  let produced = 0;
  let ended = false;

  /** Rows of a kilobyte, counted; `fail`: the row before which it fails. */
  const rows = (count: number, fail = Infinity) =>
    async function* () {
      try {
        for (produced = 0; produced < count; produced += 1) {
          if (produced === fail) throw new Refusal('conflict', { message: 'The table moved.' });
          yield { id: produced, text: KILOBYTE };
        }
      } finally {
        ended = true;
      }
    };
  const open = (number?: number): AsyncGenerator<Chunk> => bus.stream(parcels.all, { number }, asUser());
  const read = async (stream: AsyncIterable<Chunk>): Promise<{ rows: number; ids: number[] }> => {
    let counted = 0;
    const chunks = async function* (): AsyncGenerator<Chunk> {
      for await (const chunk of stream) {
        counted += chunk.rows;
        yield chunk;
      }
    };
    const whole = await allRows<{ id: number }>(chunks());
    return { rows: counted, ids: whole.map(({ id }) => id) };
  };

  beforeAll(async () => {
    broker = await testBroker();
    service = await startTestService({ broker, module: DepotModule.doing(acts), serves: [parcels] });
    ({ bus } = service);
  });
  beforeEach(() => {
    Object.assign(acts, idle);
    ended = false;
  });
  afterAll(async () => {
    await service.stop();
    await broker.stop();
  });

  it.each([0, 1, 5000])('of %i rows arrives whole and in order', async (count) => {
    expect(await read(open(count))).toEqual({ rows: count, ids: Array.from({ length: count }, (_, id) => id) });
  });

  it('of 30 MB arrives whole', async () => {
    acts.all = rows(30_000);
    const { rows: counted, ids } = await read(open());
    expect(counted).toBe(30_000);
    expect(ids.at(-1)).toBe(29_999);
  });

  it('brings a row that is larger than a message', async () => {
    const text = 'é'.repeat(2_000_000);
    acts.all = async function* () {
      yield { id: 1, text: 'small' };
      yield { id: 2, text };
      yield { id: 3 };
    };
    expect(await read(open())).toEqual({ rows: 3, ids: [1, 2, 3] });
  });

  it('lets first rows go while later ones are awaited', async () => {
    let more = (): void => undefined;
    const later = new Promise<void>((resolve) => (more = resolve));
    acts.all = async function* () {
      yield { id: 1 };
      await new Promise((resolve) => setTimeout(resolve, 1100));
      yield { id: 2 };
      await later;
      yield { id: 3 };
    };
    const stream = open();
    expect((await stream.next()).value).toMatchObject({ rows: 2 });
    more();
    expect(await read(stream)).toEqual({ rows: 1, ids: [3] });
  });

  it('waits for a slow consumer instead of filling memory', async () => {
    acts.all = rows(50_000);
    const stream = open();
    await stream.next();
    await settled(() => produced);
    const atFirst = produced;
    expect(atFirst).toBeLessThan(5000);
    for (let chunk = 0; chunk < 4; chunk += 1) await stream.next();
    await settled(() => produced);
    expect(produced).toBeGreaterThan(atFirst);
    expect(produced).toBeLessThan(10_000);
    await stream.return(undefined);
  });

  it('ends the cursor when the consumer stops early', async () => {
    acts.all = rows(1_000_000);
    for await (const chunk of open()) {
      expect(chunk.rows).toBeGreaterThan(0);
      break;
    }
    await until(() => ended);
    expect(produced).toBeLessThan(10_000);
  });

  it('ends the cursor when the consumer dies', async () => {
    acts.all = rows(1_000_000);
    const client = await startTestClient(broker);
    const stream = client.bus.stream(parcels.all, {}, asUser());
    await stream.next();
    await client.stop();
    await until(() => ended);
    await expect(read(stream)).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('that fails midway is a refusal, never a complete answer', async () => {
    acts.all = rows(10_000, 5000);
    let counted = 0;
    const reading = (async () => {
      for await (const { rows: inChunk } of open()) counted += inChunk;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'conflict', message: 'The table moved.' });
    expect(counted).toBeLessThanOrEqual(5000);
    expect(ended).toBe(true);
  });

  it('that fails before its first row is a plain refusal', async () => {
    acts.all = rows(10, 0);
    await expect(open().next()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of a wrong input is refused with its fields', async () => {
    await expect(open(-1).next()).rejects.toMatchObject({
      fields: { number: ['The number field must be at least 0.'] },
    });
  });

  it('is told at once when nobody listens', async () => {
    const nowhere = { ...parcels.all, subject: 'depot.parcels.nowhere' };
    await expect(bus.stream(nowhere, {}, asUser()).next()).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('breaks when the broker does, at both ends', async () => {
    acts.all = rows(1_000_000);
    const stream = open();
    await stream.next();
    await broker.restart();
    await expect(read(stream)).rejects.toMatchObject({ code: 'service_unavailable' });
    await until(() => ended);
    await until(() => service.app.get(Broker).connected);
  });
});

/** Waits until a value stays what it is. */
async function settled(value: () => number): Promise<void> {
  for (let before = -1; before !== value();) {
    before = value();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
