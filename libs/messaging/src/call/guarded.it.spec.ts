import { Refusal } from '@open-cpo/contracts';
import { Metrics } from '@open-cpo/platform';
import { Guards } from '@open-cpo/resilience';
import { asUser, startTestApp, startTestClient, stopTestApp, type TestBroker, testBroker } from '@open-cpo/testing';
import { Broker } from '../broker';
import { Acts, DepotModule, parcels } from '../fixture/depot';
import { Bus } from './bus';

type Started<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;

describe('calls that go through a guard', () => {
  let broker: TestBroker;
  let client: Started<typeof startTestClient>;
  let app: Started<typeof startTestApp>;
  let guards: Guards;
  let metrics: Metrics;
  let bus: Bus;
  const acts = new Acts();

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    app = await startTestApp({ broker, module: DepotModule.doing(acts), serves: [parcels] });
  });
  beforeEach(() => {
    metrics = new Metrics();
    guards = new Guards({ callsAtOnce: 20 }, metrics);
    bus = new Bus(client.app.get(Broker), guards);
    acts.weigh = async () => 1;
  });
  afterAll(async () => {
    await stopTestApp(app);
    await client.stop();
    await broker.stop();
  });

  const weigh = (): Promise<unknown> =>
    bus.call(parcels.weigh, {}, asUser()).catch((error: unknown) => (error as Refusal).code);
  const unavailable = (): Promise<never> => Promise.reject(new Refusal('service_unavailable'));
  const shown = async (name: string): Promise<string[]> =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(`open_cpo_${name}{`));

  it('are bounded: what is too much is refused at once, the rest is done', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    acts.weigh = () => held.then(() => 1);
    const asked = Array.from({ length: 60 }, weigh);
    const refused = await Promise.all(asked.slice(20));
    expect(refused).toEqual(Array.from({ length: 40 }, () => 'service_unavailable'));
    release();
    expect(await Promise.all(asked.slice(0, 20))).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await shown('calls_rejected_total')).toContain(
      'open_cpo_calls_rejected_total{service="depot",reason="full"} 40',
    );
    expect(await shown('calls_in_flight')).toEqual(['open_cpo_calls_in_flight{service="depot"} 0']);
  });

  it('leave a service alone that cannot work, and come back to it', async () => {
    let asked = 0;
    acts.weigh = () => {
      asked += 1;
      return unavailable();
    };
    for (let index = 0; index < 20; index += 1) await weigh();
    expect(guards.of('depot').breaker.state).toBe('open');
    expect(await shown('breaker_state')).toEqual(['open_cpo_breaker_state{service="depot"} 2']);
    const before = asked;
    const refusal = await bus.call(parcels.weigh, {}, asUser()).catch((error: unknown) => error as Refusal);
    expect(refusal).toMatchObject({ code: 'service_unavailable', retryAfter: 1 });
    expect(asked).toBe(before);
    acts.weigh = async () => 'again';
    while ((await weigh()) !== 'again') await new Promise((resolve) => setTimeout(resolve, 50));
    expect(guards.of('depot').breaker.state).toBe('closed');
  });

  it('ask for a read once more when it was not done', async () => {
    let asked = 0;
    acts.weigh = () => ((asked += 1) === 1 ? unavailable() : Promise.resolve(7));
    expect(await weigh()).toBe(7);
    expect(asked).toBe(2);
    expect(await shown('hedged_calls_total')).toEqual(['open_cpo_hedged_calls_total{service="depot"} 1']);
  });

  it('never ask for a write twice', async () => {
    let asked = 0;
    acts.store = () => {
      asked += 1;
      return unavailable();
    };
    const refusal = await bus.call(parcels.store, {}, asUser()).catch((error: unknown) => (error as Refusal).code);
    expect([refusal, asked]).toEqual(['service_unavailable', 1]);
  });

  it('do not count what a client did wrong, nor a service that is away', async () => {
    acts.weigh = () => Promise.reject(new Refusal('not_found'));
    for (let index = 0; index < 30; index += 1) await weigh();
    const nowhere = { ...parcels.store, subject: 'depot.parcels.nowhere' };
    for (let index = 0; index < 30; index += 1) await bus.call(nowhere, {}, asUser()).catch(() => undefined);
    expect(guards.of('depot').breaker.state).toBe('closed');
  });
});
