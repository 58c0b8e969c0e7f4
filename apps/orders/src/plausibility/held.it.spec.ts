import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { orders, ordersOperators, sessionCompleted, sessionStarted } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { tokenOf } from '../test/charge-point';
import {
  knowChargePoints,
  know,
  type Orders,
  ordersWhere,
  owner,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { after, end, endedAt, meter, start, startedAt } from '../test/session';

describe('an implausible session', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('held', { ORDER_FLAT_FEE_USD: '1' });
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());

  const shown = (orderID: number) => own.bus.call(orders.one, { orderID }, owner());
  const ask = (orderId: number) => ({ orderId, reason: 'looked into', by: 'me' });
  const heldOrder = async (session: string) => {
    const [row] = await ordersWhere(own, `session_id = '${session}' and held and charging_session_time > 0`);
    return Number(row?.id);
  };
  const tooLong = async () => {
    const session = randomUUID();
    await start(own, session);
    await end(own, session, 200 * 60, 1000);
    return heldOrder(session);
  };
  const dead = async (reason: RegExp) => {
    const { streams } = await jetstreamManager(own.nats);
    await until(
      async () => {
        const info = await streams.info('DEAD').catch(() => undefined);
        for (let seq = info?.state.first_seq ?? 1; seq <= (info?.state.last_seq ?? 0); seq += 1) {
          const found = await streams.getMessage('DEAD', { seq }).catch(() => undefined);
          if (reason.test(found?.header.get('reason') ?? '')) return true;
        }
        return false;
      },
      `a dead letter with ${String(reason)}`,
    );
  };

  it('is an open order that is no money, until an operator releases it', async () => {
    const id = await tooLong();
    expect(await shown(id)).toMatchObject({ status: 0, price: '0.00', earning: '0.00', quantity: '12000.0000' });
    const domainEvents = (await publishedEvents(own, 'orders.held')).filter(({ order_id }) => order_id === id);
    expect(domainEvents).toMatchObject([{ reasons: ['session_too_long'], ended_at: after(200 * 60) }]);
    expect(await publishedEvents(own, 'orders.completed')).toEqual([]);
    const { orders: listed } = await own.bus.call(ordersOperators.held, { by: 'me' }, internalCaller());
    expect(listed).toMatchObject([{ id, flags: ['session_too_long'], energy: '1.0000' }]);
    const state = await own.bus.call(ordersOperators.release, ask(id), internalCaller());
    expect(state).toMatchObject({ status: 1, price_usd: '24000.00000000' });
    expect(await publishedEvents(own, 'orders.completed')).toMatchObject([{ order_id: id }]);
    expect(await own.bus.call(ordersOperators.release, ask(id), internalCaller())).toEqual(state);
  });

  it('can be corrected, or end for nothing', async () => {
    const corrected = await tooLong();
    const how = { ...ask(corrected), ended_at: after(10), energy_wh: 500 };
    expect(await own.bus.call(ordersOperators.correct, how, internalCaller())).toMatchObject({
      status: 1,
      revision: 1,
      price_usd: '20.00000000',
      earning_usd: '17.00000000',
    });
    const clockless = randomUUID();
    await start(own, clockless, { time: '1970-01-01T00:00:12Z' });
    await end(own, clockless, 20, 1000);
    const began = { ...ask(await heldOrder(clockless)), started_at: after(0), ended_at: after(20) };
    expect(await own.bus.call(ordersOperators.correct, began, internalCaller())).toMatchObject({
      price_usd: '40.00000000',
    });
    const voided = await tooLong();
    expect(await own.bus.call(ordersOperators.void, ask(voided), internalCaller())).toMatchObject({ status: 2 });
    expect((await publishedEvents(own, 'orders.completed')).some(({ order_id }) => order_id === voided)).toBe(false);
    await expect(own.bus.call(ordersOperators.release, ask(voided), internalCaller())).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('may be on a connector with another one, or on one that is unknown: an operator can find them', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    for (const session of [first, second]) {
      await start(own, session, { charge_point_id: 3 });
      await end(own, session, 10, 1000);
      await ordersWhere(own, `session_id = '${session}' and status = 1`);
    }
    const [row] = await ordersWhere(own, `'connector_overlap' = any(flags) and charge_point_id = 3`);
    expect(row).toMatchObject({ session_id: second, price_usd: '20.00000000' });
    const other = randomUUID();
    await start(own, other, { charge_point_id: 3, connector_number: 7 });
    const [unknown] = await ordersWhere(own, `session_id = '${other}'`);
    const input = { flag: 'connector_unknown', by: 'me' };
    const { orders: listed } = await own.bus.call(ordersOperators.held, input, internalCaller());
    expect(listed).toMatchObject([{ id: unknown?.id, session_id: other }]);
  });

  it('that was told otherwise before is dead-lettered, and changes nothing', async () => {
    const session = randomUUID();
    await start(own, session);
    await end(own, session, 10, 1000);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    await say(own, sessionStarted, startedAt(session, { charge_point_id: 2, time: after(30) }));
    await dead(/told otherwise before: time: it began at .* charge_point_id: it is 1/);
    await say(own, sessionCompleted, endedAt(session, 40, 6000));
    await dead(/told otherwise before: time: it ended at .* meter_wh: it ended at 1000/);
    expect(await ordersWhere(own, `session_id = '${session}' and revision = 1 and charge_point_id = 1`)).toHaveLength(
      1,
    );
  });

  it('whose token and id are of two power centers is dead-lettered', async () => {
    await start(own, 'two-owners', { charge_point_id: 1, token: tokenOf(3) });
    await dead(/not that of the power center 1/);
    await ordersWhere(own, `session_id = 'two-owners'`, 0);
  });

  it('at an id that nobody has is not that of the next power center', async () => {
    const session = randomUUID();
    await start(own, session, { charge_point_id: 77 });
    await until(
      async () => (await own.db.query('select 1 from sessions where session_id = $1', [session])).length === 1,
    );
    await own.db.query(`update sessions set first_heard_at = now() - interval '1 minute' where session_id = $1`, [
      session,
    ]);
    await know(own, 77, 2);
    const later = randomUUID();
    await start(own, later);
    await ordersWhere(own, `session_id = '${later}'`);
    await ordersWhere(own, `session_id = '${session}'`, 0);
  });

  it('gets the flag of a reading that comes after its end, though no figure changes', async () => {
    const session = randomUUID();
    await start(own, session, { meter_wh: 1000 });
    await meter(own, session, 5, 1500);
    await end(own, session, 10, 2000);
    await ordersWhere(own, `session_id = '${session}' and status = 1 and 'reading_rejected' <> all(flags)`);
    await meter(own, session, 7, 7);
    await ordersWhere(own, `session_id = '${session}' and 'reading_rejected' = any(flags) and revision = 1`);
  });

  it('may begin after its power center was removed', async () => {
    const session = randomUUID();
    const removed = (at: string | null) => own.db.query('update charge_points set removed_at = $1 where id = 3', [at]);
    await removed(after(-11));
    await start(own, session, { charge_point_id: 3, connector_number: undefined });
    await ordersWhere(own, `session_id = '${session}' and held and flags = '{start_after_removal}'`);
    await removed(null);
  });

  it('that costs more than anybody would pay is held, whatever the price of its owner', async () => {
    const session = randomUUID();
    await start(own, session);
    await ordersWhere(own, `session_id = '${session}'`);
    const price = `tariff::jsonb || '{"base_usd": "90000", "ranges": [], "confirmed": true}'`;
    await own.db.query(`update orders set tariff = ${price} where session_id = $1`, [session]);
    await end(own, session, 10, 1000);
    const id = await heldOrder(session);
    expect(await ordersWhere(own, `id = ${id} and 'amount_too_high' = any(flags) and price_usd = 0`)).toHaveLength(1);
    expect(await own.bus.call(ordersOperators.release, ask(id), internalCaller())).toMatchObject({ status: 1 });
    await ordersWhere(own, `id = ${id} and 'amount_too_high' = any(flags) and price_usd > 100000`);
  });

  it('is not released while it is in the future, and not corrected to end there', async () => {
    const session = randomUUID();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await start(own, session);
    await say(own, sessionCompleted, { ...endedAt(session, 10, 1000), time: later });
    const id = await heldOrder(session);
    const operators = internalCaller();
    await expect(own.bus.call(ordersOperators.release, ask(id), operators)).rejects.toMatchObject({ code: 'conflict' });
    const wrong = own.bus.call(ordersOperators.correct, { ...ask(id), ended_at: later }, operators);
    await expect(wrong).rejects.toMatchObject({ code: 'validation_failed' });
    const right = await own.bus.call(ordersOperators.correct, { ...ask(id), ended_at: after(10) }, operators);
    expect(right).toMatchObject({ status: 1 });
  });

  it('is not made of a completed order by what comes later', async () => {
    const session = randomUUID();
    await start(own, session);
    await meter(own, session, 5, 500);
    await end(own, session, 10, 1000);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    await own.db.query(`update orders set completed_at = now() - interval '30 days' where session_id = $1`, [session]);
    await own.db.query('delete from session_readings where session_id = $1', [session]);
    await say(own, sessionCompleted, endedAt(session, 10, 1000));
    await start(own, session);
    await ordersWhere(own, `session_id = '${session}' and status = 1 and revision = 1 and charging_session_energy = 1`);
  });
});
