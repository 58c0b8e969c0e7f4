import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { orders, sessionCompleted, sessionStarted } from '@open-cpo/contracts';
import { reference, until } from '@open-cpo/testing';
import {
  inUsd,
  know,
  knowChargePoints,
  type Orders,
  ordersWhere,
  owner,
  pageOf,
  rival,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { tokenOf } from '../test/charge-point';
import { after, end, endedAt, meter, start, startedAt } from '../test/session';
import { Silence } from './silence';
import { TimeLimits } from './time-limits';

const wrongIn = (number: number, body: unknown): string[] =>
  reference.mismatches(body, reference.answerOf(reference.operationOf(number)).shape);

describe('a charging session', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('sessions', { ORDER_FLAT_FEE_USD: '1.00' });
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());

  const begun = async (more: object = {}) => {
    const id = randomUUID();
    await start(own, id, more);
    const [order] = await ordersWhere(own, `session_id = '${id}'`);
    return { session: id, order: Number(order?.id) };
  };
  const shown = (orderID: number, caller = owner()) => own.bus.call(orders.one, { orderID }, caller);

  it('is an open order from its beginning', async () => {
    const { order } = await begun();
    const one = await shown(order);
    expect(one).toMatchObject({
      charge_point_id: 1,
      charge_point_connector_id: 10,
      connector_number: 1,
      status: 0,
      user_id: 7,
      requested_quantity: '10',
      price: '0.00',
      earning: '0.00',
      app_fees: '0.00',
      delivery_date: null,
      insert_date: '2025-01-08 07:33',
      created_at: '2025-01-08T07:33:27.000000Z',
    });
    expect(wrongIn(29, one)).toEqual([]);
    expect(Object.keys(one.charge_point).slice(0, 5)).toEqual(['id', 'identifier', 'category', 'title', 'description']);
    expect(await publishedEvents(own, 'orders.started')).toContainEqual(
      expect.objectContaining({ order_id: order, charge_point_id: 1, connector_number: 1 }),
    );
  });

  it('shows how far it has come', async () => {
    const { session, order } = await begun();
    await meter(own, session, 12.5, 900);
    await ordersWhere(own, `session_id = '${session}' and charging_session_energy > 0`);
    expect(await shown(order)).toMatchObject({
      status: 0,
      charging_session_time: '12.5000',
      charging_session_energy: '0.9000',
      quantity: '12.0000',
    });
  });

  it('tells once that it has reached what was asked for, and goes on', async () => {
    const { session, order } = await begun();
    await meter(own, session, 9.9, 900);
    await ordersWhere(own, `session_id = '${session}' and charging_session_energy > 0`);
    const reached = async () =>
      (await publishedEvents(own, 'orders.limit-reached')).filter(({ order_id }) => order_id === order);
    expect(await reached()).toEqual([]);
    await meter(own, session, 10, 950);
    await meter(own, session, 20, 1900);
    await ordersWhere(own, `session_id = '${session}' and charging_session_energy = 1.9`);
    expect(await reached()).toEqual([
      expect.objectContaining({ session_id: session, limit: 'requested_quantity', unit: 'minutes', value: '10' }),
    ]);
    expect(await shown(order)).toMatchObject({ status: 0, quantity: '20.0000' });
  });

  it('counts what was asked for in the unit of its beginning, not in that of the price', async () => {
    // More than two minutes ago.
    const { session, order } = await begun({ unit: 'energy', requested_quantity: '2' });
    await own.db.query(`update sessions set heard_at = now() - interval '2 minutes' where session_id = $1`, [session]);
    await own.service.app.get(TimeLimits).run();
    const reached = async () =>
      (await publishedEvents(own, 'orders.limit-reached')).filter(({ order_id }) => order_id === order);
    await meter(own, session, 3, 1999);
    await ordersWhere(own, `session_id = '${session}' and charging_session_energy > 0`);
    expect(await reached()).toEqual([]);
    await meter(own, session, 4, 2000);
    await until(async () => (await reached()).length > 0, 'the event');
    const event = { session_id: session, limit: 'requested_quantity', unit: 'energy', value: '2' };
    expect(await reached()).toEqual([expect.objectContaining(event)]);
    expect(await shown(order)).toMatchObject({ unit: 'minutes' });
  });

  it('tells once that it has come to a limit in minutes, also without a reading', async () => {
    const time = new Date(Date.now() - 10.5 * 60_000).toISOString();
    const [over, under] = [await begun({ time }), await begun({ time, requested_quantity: '11' })];
    const pass = async () => {
      const quiet = `update sessions set heard_at = now() - interval '2 minutes' where session_id = any($1::text[])`;
      await own.db.query(quiet, [[over.session, under.session]]);
      await own.service.app.get(TimeLimits).run();
    };
    const reached = async ({ order }: { order: number }) =>
      (await publishedEvents(own, 'orders.limit-reached')).filter(({ order_id }) => order_id === order);
    await pass();
    const at = new Date(Date.parse(time) + 600_000).toISOString();
    const event = {
      session_id: over.session,
      limit: 'requested_quantity',
      unit: 'minutes',
      value: '10',
      reached_at: at,
    };
    await until(async () => (await reached(over)).length > 0, 'the event');
    await pass();
    await meter(own, over.session, 20, 1900);
    expect([await reached(over), await reached(under)]).toEqual([[expect.objectContaining(event)], []]);
    expect(await shown(over.order)).toMatchObject({ status: 0 });
  });

  it('is priced when it has ended, as in the reference’s one realistic row', async () => {
    const { session, order } = await begun();
    await end(own, session, 51.77, 1560);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    expect(await shown(order, inUsd())).toMatchObject({
      charging_session_time: '51.7700',
      elapsed_time: '51.7700',
      charging_session_energy: '1.5600',
      quantity: '51.0000',
      unit_price: '2.00',
      price: '102.00',
      fees: '1.00',
      earning: '86.70',
      app_fees: '15.30',
      status: 1,
      delivery_date: '2025-01-08 08:25:13',
      prices: [],
    });
    expect(await shown(order)).toMatchObject({ price: '13893.36', unit_price: '272.42', fees: '1.00' });
    const [domainEvent] = (await publishedEvents(own, 'orders.completed')).filter(({ order_id }) => order_id === order);
    expect(domainEvent).toMatchObject({
      revision: 1,
      day: '2025-01-08',
      price_usd: '102.00000000',
      earning_usd: '86.70000000',
    });
  });

  it('keeps the rate of its day when rates move', async () => {
    const { session, order } = await begun();
    await end(own, session, 10);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    await own.db.query(`update orders set rate = 100, price_amount = 2000 where id = $1`, [order]);
    expect(await shown(order)).toMatchObject({ price: '2000.00' });
    expect(await shown(order, inUsd())).toMatchObject({ price: '20.00' });
  });

  it('may be told of backwards and twice', async () => {
    const id = randomUUID();
    await end(own, id, 30, 500);
    await meter(own, id, 10, 200);
    const event = randomUUID();
    await say(own, sessionStarted, startedAt(id), { id: event });
    await ordersWhere(own, `session_id = '${id}' and status = 1 and price_usd = 60`);
    await say(own, sessionCompleted, endedAt(id, 30, 500));
    await start(own, id);
    await meter(own, id, 20, 400);
    await until(
      async () => (await own.db.query('select 1 from session_readings where session_id = $1', [id])).length === 2,
    );
    expect(await ordersWhere(own, `session_id = '${id}'`)).toMatchObject([
      { revision: 1, charging_session_energy: '0.5000' },
    ]);
  });

  it('waits for its power center to be heard of, and holds up nobody', async () => {
    const id = randomUUID();
    await start(own, id, { charge_point_id: null, token: tokenOf(9) });
    await end(own, id, 5);
    const { session } = await begun();
    await end(own, session, 5);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    await ordersWhere(own, `session_id = '${id}'`, 0);
    await know(own, 9, 1);
    await ordersWhere(own, `session_id = '${id}' and status = 1 and charge_point_id = 9`);
  });

  it('with an owner of whom nothing is known waits for auth', async () => {
    const auth = own.nats.subscribe('auth.account-facts.one', {
      callback: (_, message) => {
        message.respond(JSON.stringify({ accountId: 5, countryId: 1, currency: 'JOD', timeZone: 'Asia/Amman' }));
      },
    });
    await know(own, 50, 5);
    const { session } = await begun({ charge_point_id: 50 });
    await end(own, session, 5);
    const [order] = await ordersWhere(own, `session_id = '${session}' and status = 1`);
    expect(order).toMatchObject({ currency: 'JOD', account_id: 5 });
    auth.unsubscribe();
  });

  it('whose end is assumed ends so, until another end comes', async () => {
    const { session, order } = await begun();
    const assumed = (minutes: number, wh: number) =>
      say(own, sessionCompleted, { ...endedAt(session, minutes, wh), assumed: true });
    const became = (revision: number) => ordersWhere(own, `session_id = '${session}' and revision = ${revision}`);
    await meter(own, session, 10, 1000);
    await assumed(20, 3000);
    expect((await became(1)).map(({ closed_by }) => closed_by)).toEqual(['silence']);
    expect(await shown(order)).toMatchObject({ charging_session_energy: '3.0000', charging_session_time: '20.0000' });
    await assumed(30, 4000);
    await became(2);
    expect(await shown(order)).toMatchObject({ charging_session_energy: '4.0000' });
    await end(own, session, 60, 9000);
    const [{ closed_by, flags } = { flags: undefined }] = await became(3);
    expect([closed_by, flags]).toEqual(['event', expect.not.arrayContaining(['end_assumed'])]);
    await assumed(90, 12_000);
    const other = await begun();
    await end(own, other.session, 60, 9000);
    await ordersWhere(own, `session_id = '${other.session}' and revision = 1`);
    expect(await shown(order)).toMatchObject({ charging_session_energy: '9.0000', charging_session_time: '60.0000' });
  });

  it('that falls silent ends with its last reading, and what it tells later corrects the order', async () => {
    const { session, order } = await begun();
    await meter(own, session, 20, 700);
    await ordersWhere(own, `session_id = '${session}' and charging_session_energy > 0`);
    const silence = own.service.app.get(Silence);
    await silence.run();
    expect(await shown(order)).toMatchObject({ status: 0 });
    await own.db.query(`update sessions set heard_at = now() - interval '2 days' where session_id = $1`, [session]);
    await silence.run();
    expect(await shown(order, inUsd())).toMatchObject({ status: 1, price: '40.00', charging_session_energy: '0.7000' });
    await end(own, session, 30, 900);
    await ordersWhere(own, `session_id = '${session}' and revision = 2`);
    expect(await shown(order, inUsd())).toMatchObject({ price: '60.00', charging_session_energy: '0.9000' });
    const domainEvents = (await publishedEvents(own, 'orders.reversed')).filter(({ order_id }) => order_id === order);
    expect(domainEvents).toMatchObject([{ revision: 1, price_usd: '40.00000000' }]);
  });

  it('in another account is nobody’s business', async () => {
    const { session, order } = await begun({ charge_point_id: 3 });
    await end(own, session, 5);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    await expect(shown(order)).rejects.toMatchObject({ code: 'not_found' });
    expect(await shown(order, rival())).toMatchObject({ charge_point_id: 3, price: '7.09' });
    const { data } = await pageOf(own, { itemsPerPage: 1000 });
    expect(data.some(({ id }) => id === order)).toBe(false);
  });

  it('whose message nobody understands is set aside', async () => {
    await say(own, sessionStarted, { ...startedAt('x'), version: 2 });
    await say(own, sessionStarted, { ...startedAt('y'), time: '2025-02-30T10:00:00Z', payment: 'barter' as never });
    const manager = await jetstreamManager(own.nats);
    await until(async () => (await manager.streams.info('DEAD')).state.messages === 2);
    const letter = await manager.streams.getMessage('DEAD', { seq: 2 });
    expect(letter?.header.get('reason')).toBe(
      'Refusal: payment: The selected payment is invalid. ' +
        'The time field must be an ISO 8601 instant with a zone, on a day of the calendar.',
    );
    const { session } = await begun();
    await end(own, session, 1);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
  });

  it('paid in cash credits the worker whose card was shown, asked for once', async () => {
    const asked: unknown[] = [];
    const workforce = own.nats.subscribe('workforce.workers.byCard', {
      callback: (_, message) => {
        asked.push(message.json());
        message.respond(JSON.stringify({ state: 'known', worker: { id: 34, name: 'A B' } }));
      },
    });
    const { session, order } = await begun({ payment: 'cash', rfid: 'abcd1234', driver_id: null });
    await end(own, session, 5);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    expect(asked).toEqual([{ accountId: 1, rfid: 'ABCD1234', day: '2025-01-08' }]);
    const [domainEvent] = (await publishedEvents(own, 'orders.completed')).filter(({ order_id }) => order_id === order);
    expect(domainEvent).toMatchObject({ payment: 'cash', worker_id: 34, cash_amount: '1498.30', cash_currency: 'DZD' });
    expect(await shown(order)).toMatchObject({ user_id: 11, charge_point: { owner_id: 11 } });
    workforce.unsubscribe();
  });

  it('settled elsewhere has figures and no fee, is told as such, and may be of any age', async () => {
    const { session, order } = await begun({ payment: 'settled', time: '1999-03-01T07:00:00Z', rfid: 'ABCD1234' });
    await say(own, sessionCompleted, { ...endedAt(session, 0, 1560), time: '1999-03-01T07:51:00Z' });
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    expect(await shown(order, inUsd())).toMatchObject({
      quantity: '51.0000',
      price: '102.00',
      fees: '0.00',
      earning: '86.70',
      app_fees: '15.30',
      status: 1,
    });
    const [domainEvent] = (await publishedEvents(own, 'orders.completed')).filter(({ order_id }) => order_id === order);
    expect(domainEvent).toMatchObject({
      payment: 'settled',
      worker_id: null,
      cash_amount: null,
      earning_usd: '86.70000000',
    });
  });

  it('paid in cash waits for workforce, and holds up nobody', async () => {
    const { session } = await begun({ payment: 'cash', rfid: 'ABCD1234' });
    await end(own, session, 5);
    const other = await begun();
    await end(own, other.session, 5);
    await ordersWhere(own, `session_id = '${other.session}' and status = 1`);
    await ordersWhere(own, `session_id = '${session}' and status = 0`);
    const workforce = own.nats.subscribe('workforce.workers.byCard', {
      callback: (_, message) =>
        void message.respond(JSON.stringify({ state: 'expired', worker: { id: 34, name: '' } })),
    });
    await ordersWhere(own, `session_id = '${session}' and status = 1 and worker_id is null`);
    workforce.unsubscribe();
  });

  describe('that cannot be priced', () => {
    // Confirmed: a tariff that stations has not confirmed yet is asked for again, and would be mended by that. Under the
    // session's lock: a reconciliation that had read the order before would write what it read.
    const spoil = (session: string) =>
      own.db.query(
        `update orders set tariff = tariff || '{"time_zone": "Mars/Base", "confirmed": true}'
         where session_id in (select session_id from sessions where session_id = $1 for update)`,
        [session],
      );
    const failing = (sweep: string) =>
      own.db.query<{ item: string; reason: string }>(`select item, reason from failed_items where sweep = $1`, [sweep]);
    const mend = async (session: string) => {
      const zone = `jsonb_set(tariff, '{time_zone}', '"UTC"')`;
      await own.db.query(`update orders set tariff = ${zone} where session_id = $1`, [session]);
      await own.db.query(`update failed_items set next_try_at = now() where item = $1`, [session]);
    };
    const reason = expect.stringContaining('Mars/Base') as string;

    it('holds up no other held session, is named, and goes on when it is mended', async () => {
      const cash = { payment: 'cash', rfid: 'ABCD1234' } as const;
      const [bad, good] = [await begun(cash), await begun({ ...cash, charge_point_id: 3 })];
      for (const { session } of [bad, good]) await end(own, session, 5);
      const ended = 'select session_id from sessions where ended_at is not null and session_id = $1';
      await until(async () => (await own.db.query(ended, [bad.session])).length === 1, 'the end');
      await spoil(bad.session);
      const workforce = own.nats.subscribe('workforce.workers.byCard', {
        callback: (_, message) => void message.respond(JSON.stringify({ state: 'expired', worker: null })),
      });
      await ordersWhere(own, `session_id = '${good.session}' and status = 1`);
      await until(async () => (await failing('held-sessions')).length === 1, 'the bad one to be named');
      expect(await failing('held-sessions')).toEqual([{ item: bad.session, reason }]);
      await mend(bad.session);
      await ordersWhere(own, `session_id = '${bad.session}' and status = 1`);
      await until(async () => (await failing('held-sessions')).length === 0, 'the bad one to be settled');
      workforce.unsubscribe();
    });

    it('holds up no other silent session, and is named', async () => {
      const [bad, good] = [await begun(), await begun({ charge_point_id: 3 })];
      for (const { session } of [bad, good]) {
        await meter(own, session, 5, 100);
        await ordersWhere(own, `session_id = '${session}' and charging_session_energy > 0`);
      }
      await spoil(bad.session);
      await own.db.query(`update sessions set heard_at = now() - interval '2 days' where session_id = any($1)`, [
        [bad.session, good.session],
      ]);
      await own.service.app.get(Silence).run();
      await ordersWhere(own, `session_id = '${good.session}' and status = 1`);
      expect(await failing('silent-sessions')).toEqual([{ item: bad.session, reason }]);
      await mend(bad.session);
      await own.service.app.get(Silence).run();
      await ordersWhere(own, `session_id = '${bad.session}' and status = 1`);
    });
  });

  it('begins before what the meter says of another time', async () => {
    const { session, order } = await begun({ meter_wh: 1000 });
    await end(own, session, 1.5, 2500);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    expect(await shown(order)).toMatchObject({ charging_session_energy: '1.5000', quantity: '1.0000' });
    expect(after(1.5)).toContain('07:34:57');
  });
});
