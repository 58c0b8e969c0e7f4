import { CATALOGUE, Refusal } from '@open-cpo/contracts';
import {
  asUser,
  startTestApp,
  startTestClient,
  stopTestApp,
  type TestBroker,
  testBroker,
  until,
} from '@open-cpo/testing';
import { Acts, DepotModule, parcels } from '../fixture/depot';
import { Broker, type Bus } from '../index';

type Started<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;

describe('a call', () => {
  let broker: TestBroker;
  let client: Started<typeof startTestClient>;
  let app: Started<typeof startTestApp>;
  let bus: Bus;
  const acts = new Acts();
  const idle = new Acts();

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    app = await startTestApp({ broker, module: DepotModule.doing(acts), serves: [parcels] });
    ({ bus } = client);
  });
  beforeEach(() => void Object.assign(acts, idle));
  afterAll(async () => {
    await stopTestApp(app);
    await client.stop();
    await broker.stop();
  });

  const refused = (work: Promise<unknown>): Promise<Refusal> =>
    work.then(
      () => Promise.reject(new Error('was not refused')),
      (error: unknown) => error as Refusal,
    );

  it.each(['weighed', null, 0])('brings %j back as it was', async (answer) => {
    acts.weigh = async () => answer;
    expect(await bus.call(parcels.weigh, {}, asUser())).toBe(answer);
  });

  it('brings nothing back as nothing', async () => {
    expect(await bus.call(parcels.drop, {}, asUser())).toBeUndefined();
    expect((await bus.bytes(parcels.drop, {}, asUser())).bytes).toHaveLength(0);
  });

  it('tells the handler who asks, whole', async () => {
    const caller = asUser({ accountId: 7, role: 'viewer', currency: 'SAR', language: 'ar', idempotencyKey: 'clé-١' });
    let seen: unknown;
    acts.weigh = async (_input, asking) => {
      seen = asking;
      return 1;
    };
    await bus.call(parcels.weigh, {}, caller);
    expect(seen).toEqual({ ...JSON.parse(JSON.stringify(caller)), deadline: expect.any(Number) });
  });

  it('brings a refusal back whole', async () => {
    const details = { message: 'Two left', fields: { code: ['Wrong.'] }, data: { left: 2, none: null }, retryAfter: 7 };
    acts.weigh = () => Promise.reject(new Refusal('conflict', details));
    expect(await refused(bus.call(parcels.weigh, {}, asUser()))).toMatchObject({
      ...details,
      kind: 'conflict',
      code: 'conflict',
    });
  });

  it.each([
    ['an error', () => Promise.reject(new Error('password of the database: hunter2'))],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries throw such things
    ['something thrown that is no error', () => Promise.reject('hunter2')],
    ['an answer that cannot be written down', () => Promise.resolve(1n as unknown as number)],
  ])('tells of %s no more than that it is a fault of ours', async (_what, weigh) => {
    acts.weigh = weigh;
    const refusal = await refused(bus.call(parcels.weigh, {}, asUser()));
    expect(refusal).toMatchObject({ code: 'internal', message: CATALOGUE.internal.text });
    expect(JSON.stringify(refusal.toWire())).not.toContain('hunter2');
  });

  it('refuses a wrong input in the service, with every field', async () => {
    const wrong = { number: -1, text: 5 } as unknown as { number: number };
    const refusal = await refused(bus.call(parcels.weigh, wrong, asUser()));
    expect(refusal).toMatchObject({ code: 'validation_failed', message: 'The text field must be a string.' });
    expect(Object.keys(refusal.fields ?? {})).toEqual(['text', 'number']);
  });

  it('is told at once when nobody listens, with a time to come back', async () => {
    const nowhere = { ...parcels.weigh, subject: 'depot.parcels.nowhere' };
    const refusal = await refused(bus.call(nowhere, {}, asUser()));
    expect(refusal).toMatchObject({
      code: 'service_unavailable',
      retryAfter: CATALOGUE.service_unavailable.retryAfter,
    });
  });

  it('is told when the time of the operation is over', async () => {
    acts.weigh = () => new Promise((resolve) => setTimeout(resolve, 500, 'late'));
    expect(await refused(bus.call(parcels.hurry, {}, asUser()))).toMatchObject({ code: 'deadline_exceeded' });
  });

  it('does not even leave when the request has no time left', async () => {
    let asked = false;
    acts.weigh = async () => {
      asked = true;
      return 1;
    };
    const refusal = await refused(bus.call(parcels.weigh, {}, asUser({ deadline: Date.now() - 1 })));
    expect(refusal).toMatchObject({ code: 'deadline_exceeded' });
    expect(asked).toBe(false);
  });

  it('carries its deadline, the earlier of the request’s and the operation’s', async () => {
    const deadlines: number[] = [];
    acts.weigh = async (_input, { deadline }) => deadlines.push(deadline);
    const caller = asUser({ deadline: Date.now() + 2000 });
    await bus.call(parcels.weigh, {}, caller);
    await bus.call(parcels.hurry, {}, caller);
    expect(deadlines[0]).toBe(caller.deadline);
    expect(deadlines[1]).toBeLessThan(caller.deadline);
  });

  it('brings answers larger than a message, to the byte', async () => {
    const text = 'é'.repeat(3_000_000);
    acts.weigh = async () => text;
    expect(await bus.call(parcels.weigh, {}, asUser())).toBe(text);
  });

  it('refuses a request larger than a message', async () => {
    const refusal = await refused(bus.call(parcels.weigh, { text: 'x'.repeat(2_000_000) }, asUser()));
    expect(refusal).toMatchObject({ code: 'payload_too_large' });
  });

  it('shares the load among replicas', async () => {
    const second = new Acts();
    const counts = [0, 0];
    acts.weigh = async () => (counts[0] = (counts[0] ?? 0) + 1);
    second.weigh = async () => (counts[1] = (counts[1] ?? 0) + 1);
    const replica = await startTestApp({ broker, module: DepotModule.doing(second), serves: [parcels] });
    await Promise.all(Array.from({ length: 100 }, () => bus.call(parcels.weigh, {}, asUser())));
    await stopTestApp(replica);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBeGreaterThan(0);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(100);
  });

  describe('while the broker goes away', () => {
    it('tells a read as undone and a write as unknown, refuses new calls at once, and heals by itself', async () => {
      let entered = 0;
      let end = (): void => undefined;
      const ending = new Promise<void>((resolve) => (end = resolve));
      const hang = async (): Promise<{ id: number }> => {
        entered += 1;
        await ending;
        return { id: 1 };
      };
      Object.assign(acts, { weigh: hang, store: hang });
      const read = refused(bus.call(parcels.weigh, {}, asUser()));
      const write = refused(bus.call(parcels.store, {}, asUser()));
      await until(() => entered === 2);
      await broker.kill();
      expect(await read).toMatchObject({ code: 'service_unavailable' });
      expect(await write).toMatchObject({ code: 'deadline_exceeded' });
      end();
      const refusal = await refused(bus.call(parcels.weigh, {}, asUser()));
      expect(refusal).toMatchObject({ code: 'service_unavailable', retryAfter: expect.any(Number) });

      let back = 0;
      client.app.get(Broker).whenBack(() => (back += 1));
      await broker.restart();
      acts.weigh = async () => 'healed';
      const healed = () => bus.call(parcels.weigh, {}, asUser()).catch(() => undefined);
      expect(await until(healed)).toBe('healed');
      expect(back).toBe(1);
    });
  });
});
