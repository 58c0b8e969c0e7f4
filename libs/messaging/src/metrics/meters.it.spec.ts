import { Controller, Module } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Caller, type HandlersOf, Int, operations, read, Refusal } from '@open-cpo/contracts';
import { Metrics } from '@open-cpo/platform';
import { asUser, startTestService, type TestBroker, testBroker, type TestService, until } from '@open-cpo/testing';
import { Broker } from '../broker';
import { requestHeaders, encode } from '../wire';
import { Handles } from '../serve/handles';

class Ask {
  @Int({ presence: 'required' }) id: number;
}
class Thing {
  @ApiProperty() id: number;
}
const things = operations('kit.things', { show: read(Ask, Thing) });

let hold: Promise<void> | undefined;

@Controller()
class ThingsHandler implements HandlersOf<typeof things> {
  @Handles(things.show)
  async show({ id }: Ask, _caller: Caller): Promise<Thing> {
    await hold;
    if (id === 404) throw new Refusal('not_found');
    if (id === 500) throw new Error('a defect');
    return { id };
  }
}

@Module({ controllers: [ThingsHandler] })
class ThingsModule {}

describe('a service that was called', () => {
  let broker: TestBroker;
  let service: TestService;
  beforeAll(async () => {
    broker = await testBroker();
    service = await startTestService({ broker, module: ThingsModule, serves: [things] });
  });
  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });

  const show = (id: unknown): Promise<unknown> =>
    service.bus.call(things.show, { id } as Ask, asUser()).catch((error: unknown) => error);
  const shown = async (start: string): Promise<string[]> =>
    (await service.app.get(Metrics).text()).split('\n').filter((line) => line.startsWith(`open_cpo_${start}`));

  it('shows each operation: how often, how long, and how it was refused', async () => {
    for (const id of [1, 2, 404, 500, 'x']) await show(id);
    const labels = 'operation="kit.things.show",kind="read"';
    expect(await shown('operation_duration_seconds_count')).toEqual([
      `open_cpo_operation_duration_seconds_count{${labels}} 5`,
    ]);
    expect((await shown('operation_duration_seconds_bucket')).at(-1)).toBe(
      `open_cpo_operation_duration_seconds_bucket{le="+Inf",${labels}} 5`,
    );
    // Those that alerts look at are there from the start.
    const counts = { deadline: 0, internal: 1, invalid: 1, 'not-found': 1, unavailable: 0 };
    expect((await shown('operation_refusals_total')).sort()).toEqual(
      Object.entries(counts).map(
        ([kind, count]) => `open_cpo_operation_refusals_total{operation="kit.things.show",refusal="${kind}"} ${count}`,
      ),
    );
  });

  it('shows what it is at', async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const asked = [show(1), show(2)];
    await until(async () => (await shown('operations_in_flight'))[0] === 'open_cpo_operations_in_flight 2');
    hold = undefined;
    release();
    await Promise.all(asked);
    await until(async () => (await shown('operations_in_flight'))[0] === 'open_cpo_operations_in_flight 0');
  });

  it('shows what it dropped, because nobody waited any more', async () => {
    const nats = service.app.get(Broker).connection();
    const { keys } = service.app.get(Broker);
    const call = { caller: asUser(), deadline: Date.now() - 1000, body: encode({ id: 1 }) };
    const headers = requestHeaders({ keys, from: 'client', operation: things.show, ...call });
    nats.publish('kit.things.show', call.body, { headers, reply: '_INBOX_client.kit.nobody' });
    const dropped = 'open_cpo_operation_expired_total{operation="kit.things.show"} 1';
    await until(async () => (await shown('operation_expired_total'))[0] === dropped);
  });

  it('shows that its broker is gone, and how often it was', async () => {
    expect(await shown('broker_connected')).toEqual(['open_cpo_broker_connected 1']);
    await broker.kill();
    await until(async () => (await shown('broker_connected'))[0] === 'open_cpo_broker_connected 0');
    await broker.restart();
    await until(async () => (await shown('broker_connected'))[0] === 'open_cpo_broker_connected 1');
    expect(await shown('broker_disconnects_total')).toEqual(['open_cpo_broker_disconnects_total 1']);
  });
});
