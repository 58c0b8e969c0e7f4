import { Controller } from '@nestjs/common';
import { type FieldErrors, Refusal } from '@open-cpo/contracts';
import { Health, Log, type LogFields } from '@open-cpo/platform';
import {
  asUser,
  startTestApp,
  startTestClient,
  stopTestApp,
  type TestBroker,
  testBroker,
  until,
} from '@open-cpo/testing';
import { connect } from '@nats-io/transport-node';
import { Acts, type Ask, DepotModule, parcels, ParcelsHandler } from '../fixture/depot';
import { type Bus, ERROR_TRANSLATOR, Handles, WRITE_SCOPE, type WriteRequest, type WriteScope } from '../index';
import { CallKeys } from '../proof/call-keys';
import { requestHeaders } from '../wire';

@Controller()
class SecondHandler {
  @Handles(parcels.weigh)
  async weighAgain(): Promise<string> {
    return 'again';
  }
}

describe('a service on the bus', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let bus: Bus;
  let app: Awaited<ReturnType<typeof startTestApp>> | undefined;
  let acts: Acts;
  let lines: LogFields[];

  const start = async (
    more: Parameters<typeof DepotModule.doing>[1] = [],
    serves: object[] = [parcels],
    controllers = [ParcelsHandler],
  ) => {
    const sink = { write: (line: string) => void lines.push(JSON.parse(line) as LogFields) };
    const log = Log.to({ service: 'depot', sink });
    return (app = await startTestApp({ broker, module: DepotModule.doing(acts, more, controllers), serves, log }));
  };

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    ({ bus } = client);
  });
  beforeEach(() => {
    acts = new Acts();
    lines = [];
  });
  afterEach(async () => {
    if (app) await stopTestApp(app);
    app = undefined;
  });
  afterAll(async () => {
    await client.stop();
    await broker.stop();
  });

  it('refuses to start with an operation that nobody handles, and says what to write', async () => {
    const missing = { weighTwice: { ...parcels.weigh, subject: 'depot.parcels.weighTwice' } };
    await expect(start([], [parcels, missing])).rejects.toThrow(
      /No handler for depot\.parcels\.weighTwice.*\n.*@Handles\(parcels\.weighTwice\)\n.*async weighTwice\(input, caller\)/,
    );
  });

  it('refuses to start with two handlers for one operation', async () => {
    const two = [ParcelsHandler, SecondHandler] as unknown as (typeof ParcelsHandler)[];
    await expect(start([], [parcels], two)).rejects.toThrow('Two handlers for depot.parcels.weigh: keep one');
  });

  it('refuses to start with a handler of somebody else’s operation', async () => {
    const { weigh: _weigh, ...others } = parcels;
    await expect(start([], [others])).rejects.toThrow('depot.parcels.weigh has a handler, but test does not list it');
  });

  it('drops a request whose time is over, and says so', async () => {
    let done = 0;
    acts.drop = async () => void (done += 1);
    await start();
    const nats = await connect({ servers: broker.url });
    const call = { operation: parcels.drop, caller: asUser(), deadline: Date.now() - 1, body: Buffer.alloc(0) };
    const head = requestHeaders({ keys: CallKeys.read(), from: 'client', ...call });
    nats.publish('depot.parcels.drop', '', { headers: head, reply: '_INBOX_client.depot.nobody' });
    await until(() => lines.some(({ msg }) => msg === 'Expired request dropped'));
    await nats.close();
    expect(done).toBe(0);
  });

  it('logs a fault with the id of the request, and its cause', async () => {
    acts.weigh = () => Promise.reject(new Error('relation does not exist'));
    await start();
    const caller = asUser();
    await expect(bus.call(parcels.weigh, {}, caller)).rejects.toMatchObject({ code: 'internal' });
    const entry = lines.find(({ msg }) => msg === 'Operation failed');
    expect(entry).toMatchObject({ requestId: caller.requestId, operation: 'depot.parcels.weigh', refusal: 'internal' });
    expect(entry?.error).toMatchObject({ message: 'relation does not exist' });
  });

  it('says in its own words what the library for databases translates', async () => {
    const translate = (error: unknown) => (error === 'twice' ? new Refusal('conflict') : undefined);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries throw such things
    acts.weigh = () => Promise.reject('twice');
    await start([{ provide: ERROR_TRANSLATOR, useValue: translate }]);
    await expect(bus.call(parcels.weigh, {}, asUser())).rejects.toMatchObject({ code: 'conflict' });
  });

  it('lets a handler finish the validation, with all problems in one answer in the order of declaration', async () => {
    acts.merge = async (input: Ask, errors: FieldErrors) => {
      expect(input).toEqual({ text: 'there' });
      errors.add('text', 'The text has already been taken.').throwIfAny();
    };
    await start();
    const refusal = bus.call(parcels.merge, { text: 'there', number: -5 }, asUser());
    await expect(refusal).rejects.toMatchObject({
      message: 'The text has already been taken.',
      fields: { text: ['The text has already been taken.'], number: ['The number field must be at least 0.'] },
    });
  });

  it('answers although its refusal does not fit a message', async () => {
    acts.weigh = () => Promise.reject(new Refusal('conflict', { data: 'x'.repeat(3_000_000) }));
    await start();
    await expect(bus.call(parcels.weigh, {}, asUser())).rejects.toMatchObject({ code: 'internal' });
  });

  it('runs writes, and only writes, in the scope for them, and tells a replayed answer', async () => {
    const requests: WriteRequest[] = [];
    const scope: WriteScope = {
      run: async (request, work) => {
        requests.push(request);
        return { body: await work(), replayed: requests.length > 1 };
      },
      within: (_caller, work) => work(),
      exemptFromRls: (_caller, work) => work(),
    };
    await start([{ provide: WRITE_SCOPE, useValue: scope }]);
    const caller = asUser({ idempotencyKey: 'once' });
    await bus.call(parcels.weigh, {}, caller);
    expect(await bus.bytes(parcels.store, { number: 5 }, caller)).toMatchObject({ replayed: false });
    const { bytes, replayed } = await bus.bytes(parcels.store, { number: 5 }, caller);
    expect([Buffer.from(bytes).toString(), replayed]).toEqual(['{"id":5}', true]);
    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({
      operation: { subject: 'depot.parcels.store' },
      caller: { idempotencyKey: 'once' },
    });
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toBe('{"number":5}');
  });

  it('leaves its queue groups while it cannot work, and joins them again', async () => {
    let able = true;
    const health = (await start()).get(Health);
    health.add('database', () => able);
    const weigh = () => bus.call(parcels.weigh, { text: 'weighed' }, asUser());
    able = false;
    await health.ready();
    await until(() =>
      weigh().then(
        () => false,
        (error: Refusal) => error.code === 'service_unavailable',
      ),
    );
    able = true;
    await health.ready();
    expect(await until(() => weigh().catch(() => undefined))).toBe('weighed');
  });

  it('finishes what it has taken before it closes', async () => {
    let finish = (): void => undefined;
    let taken = false;
    acts.weigh = async () => {
      taken = true;
      await new Promise<void>((resolve) => (finish = resolve));
      return 'finished';
    };
    const running = await start();
    const asked = bus.call(parcels.weigh, {}, asUser());
    await until(() => taken);
    const stopped = stopTestApp(running);
    app = undefined;
    const refusal = await until(() =>
      bus.call(parcels.store, {}, asUser()).then(
        () => false,
        (e: Refusal) => e,
      ),
    );
    expect(refusal).toMatchObject({ code: 'service_unavailable' });
    finish();
    expect(await asked).toBe('finished');
    await stopped;
  });
});
