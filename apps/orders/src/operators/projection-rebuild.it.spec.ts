import { Controller } from '@nestjs/common';
import {
  type ChargePointChanged,
  chargePointRemoved,
  type HandlersOf,
  type NextCards,
  ordersOperators,
  stationsInternal,
} from '@open-cpo/contracts';
import { Handles, internalCaller } from '@open-cpo/messaging';
import { startTestService, type TestService, until } from '@open-cpo/testing';
import { chargePointFact } from '../test/charge-point';
import { type Orders, say, startOrders } from '../test/orders';

/** What stations has. */
const truth = new Map<number, ChargePointChanged>();

@Controller()
class Stations implements HandlersOf<typeof stationsInternal> {
  @Handles(stationsInternal.cards)
  async *cards({ after, most }: NextCards): AsyncGenerator<ChargePointChanged> {
    const ids = [...truth.keys()].filter((id) => id > (after ?? 0)).sort((a, b) => a - b);
    for (const id of ids.slice(0, most)) yield truth.get(id) as ChargePointChanged;
  }
}

class StationsModule {}

const KEPT = `select id, account_id, identifier, token, time_zone, price::text, connectors::text, card::text,
  removed_at is not null as removed from charge_points where id < 10000 order by id`;

describe('power centers as orders knows them', () => {
  let own: Orders;
  let stations: TestService;
  let marks = 10_000;

  beforeAll(async () => {
    own = await startOrders('relearning');
    const module = { module: StationsModule, controllers: [Stations] };
    stations = await startTestService({ broker: own.broker, module, serves: [stationsInternal], name: 'stations' });
  });
  afterAll(async () => {
    await stations?.stop();
    await own?.stop();
  });
  beforeEach(async () => {
    truth.clear();
    await own.db.query('truncate charge_points');
  });

  const change = async (id: number, account: number, card: object = {}, heard = true) => {
    const { domainEvent, payload } = chargePointFact(id, account, card);
    truth.set(id, payload);
    if (heard) await say(own, domainEvent, payload, { aggregate: String(id) });
  };
  const remove = async (id: number, heard = true) => {
    truth.delete(id);
    if (heard) await say(own, chargePointRemoved, { id, account_id: 1 }, { aggregate: String(id) });
  };
  /** A last event, which shows that all before it were received. */
  const heard = async () => {
    marks += 1;
    const { domainEvent, payload } = chargePointFact(marks, 3);
    await say(own, domainEvent, payload, { aggregate: String(marks) });
    await until(async () => (await own.db.query('select 1 from charge_points where id = $1', [marks])).length > 0);
    await own.db.query('delete from charge_points where id = $1', [marks]);
  };
  const kept = () => own.db.query(KEPT);
  const part = (after?: number) =>
    own.bus.call(ordersOperators.relearn, { after, by: 'me' }, internalCaller({}, 60_000));

  const live = async () => {
    for (const id of [1, 2, 3, 4]) await change(id, 1 + (id % 2));
    await change(2, 1, { title: 'A new name', orders_count: 7, total_energy: 12.5 });
    await change(4, 1, { connectors: [], amenities: [{ id: 1, name: 'WiFi', icon: null, description: null }] });
    await change(2, 1, { title: 'Its third name', price_usd: 3 });
    await remove(3);
    await heard();
  };

  it('are, told again, what events had made of them', async () => {
    await live();
    const before = await kept();
    expect(before).toHaveLength(4);
    expect(await part()).toEqual({ rows: 3, corrected: 0, next: null });
    expect(await kept()).toEqual(before);
  });

  it('are learned from nothing', async () => {
    await live();
    const before = await kept();
    await own.db.query('truncate charge_points');
    expect(await part()).toEqual({ rows: 3, corrected: 3, next: null });
    expect(await kept()).toEqual(before.filter(({ removed }) => !removed));
    expect(await part()).toEqual({ rows: 3, corrected: 0, next: null });
    expect(await own.db.query('select after from audit_log')).toEqual([
      { after: { by: 'me', rows: 3, corrected: 3, next: null } },
    ]);
  });

  it('are put right where a word was lost', async () => {
    await live();
    await change(1, 2, { title: 'Nobody told us' }, false);
    await remove(4, false);
    await own.db.query('update charge_points set removed_at = now() where id = 2');
    expect(await part()).toEqual({ rows: 2, corrected: 3, next: null });
    expect(await kept()).toMatchObject([
      { id: 1, card: expect.stringContaining('Nobody told us') as string, removed: false },
      { id: 2, removed: false },
      { id: 3, removed: true },
      { id: 4, removed: true },
    ]);
  });

  it('hear what is said afterwards', async () => {
    await change(1, 1, {}, false);
    expect(await part()).toMatchObject({ corrected: 1 });
    await change(1, 1, { title: 'Later' });
    await heard();
    expect(await kept()).toMatchObject([{ card: expect.stringContaining('Later') as string }]);
  });

  it('are gone through in parts, whichever of the two knows more', async () => {
    for (let id = 1; id <= 450; id += 1) await change(id, 1, {}, false);
    expect(await part()).toEqual({ rows: 200, corrected: 200, next: 200 });
    expect(await part(200)).toEqual({ rows: 200, corrected: 200, next: 400 });
    expect(await part(400)).toEqual({ rows: 50, corrected: 50, next: null });
    for (let id = 1; id <= 450; id += 2) truth.delete(id);
    expect(await part()).toEqual({ rows: 100, corrected: 100, next: 200 });
    expect(await part(200)).toEqual({ rows: 100, corrected: 100, next: 400 });
    expect(await part(400)).toEqual({ rows: 25, corrected: 25, next: null });
    expect(await kept()).toHaveLength(450);
  });

  it('stay as they are while stations is away', async () => {
    await live();
    await stations.stop();
    await expect(part()).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await kept()).toHaveLength(4);
  });
});
