import { randomUUID } from 'node:crypto';
import { backEndGranted, type BackEndGranted } from '@open-cpo/contracts';
import { until } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import {
  empty,
  know,
  knowChargePoints,
  type Orders,
  ordersWhere,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { endedAt, meteredAt, startedAt } from '../test/session';

describe('sessions of back ends with credentials of their own', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('back_ends');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(async () => {
    await empty(own);
    await own.db.query('truncate back_end_grants');
  });

  const grant = async (backEnd: string, what: object, granted = true): Promise<void> => {
    const payload = { back_end: backEnd, ...what, granted } as BackEndGranted;
    await say(own, backEndGranted, payload, { aggregate: `${backEnd}-x` });
    const text = 'select 1 from back_end_grants where back_end = $1';
    await until(async () => (await own.db.query(text, [backEnd])).length === (granted ? 1 : 0), 'the grant');
  };
  const tell = async (backEnd: string, event: string, payload: object): Promise<void> => {
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    const subject = `charging.${event}.${backEnd}`;
    await jetstream(own.nats).publish(subject, JSON.stringify(payload), { headers: head });
  };
  const reasons = async (): Promise<string[]> => {
    const { streams } = await jetstreamManager(own.nats);
    const { state } = await streams.info('DEAD');
    const all = Array.from({ length: state.messages }, (_, at) => streams.getMessage('DEAD', { seq: at + 1 }));
    return (await Promise.all(all)).map((letter) => letter?.header.get('reason') ?? '');
  };

  it('count at power centers that they serve, and are dead-lettered at others', async () => {
    await grant('acme', { account_id: 1 });
    await tell('acme', 'session.started', startedAt('foreign', { charge_point_id: 3 }));
    await tell('acme', 'session.started', startedAt('s', { charge_point_id: 2 }));
    await tell('acme', 'session.completed', endedAt('s', 60, 5000));
    await ordersWhere(own, 'status = 1 and charge_point_id = 2');
    await until(async () => (await reasons()).length === 1);
    expect(await reasons()).toEqual(['The back end acme does not serve the power center 3.']);
    expect(await own.db.query('select 1 from orders where charge_point_id = 3')).toEqual([]);
  });

  it('are their own: nobody ends or moves the session of another back end by its id', async () => {
    await grant('acme', { charge_point_id: 1 });
    await grant('volta', { charge_point_id: 3 });
    await tell('acme', 'session.started', startedAt('17'));
    await ordersWhere(own, 'status = 0 and charge_point_id = 1');
    await tell('volta', 'session.completed', endedAt('17', 1, 1));
    await tell('volta', 'session.started', startedAt('17', { charge_point_id: 3 }));
    await ordersWhere(own, 'status = 1 and charge_point_id = 3');
    await tell('acme', 'session.metered', meteredAt('17', 30, 4000));
    await tell('acme', 'session.completed', endedAt('17', 60, 5000));
    const [order] = await ordersWhere(own, 'status = 1 and charge_point_id = 1');
    expect(Number(order?.charging_session_energy)).toBe(5);
  });

  it('are published with their back end: their ids may be those of other sessions', async () => {
    await grant('acme', { charge_point_id: 1 });
    const begun = startedAt('ocpp.1.1', { unit: 'energy', requested_quantity: '0.001' });
    await tell('acme', 'session.started', begun);
    await tell('acme', 'session.metered', meteredAt('ocpp.1.1', 30, 4000));
    await until(async () => (await publishedEvents(own, 'orders.limit-reached')).length === 1);
    const named = expect.objectContaining({ session_id: 'ocpp.1.1', back_end: 'acme' });
    expect([
      ...(await publishedEvents(own, 'orders.started')),
      ...(await publishedEvents(own, 'orders.limit-reached')),
    ]).toEqual([named, named]);
  });

  it('are not ended any more by a back end from which the power center was taken', async () => {
    await grant('acme', { charge_point_id: 1 });
    await tell('acme', 'session.started', startedAt('s'));
    await ordersWhere(own, 'status = 0 and charge_point_id = 1');
    await grant('acme', { charge_point_id: 1 }, false);
    const before = (await reasons()).length;
    await tell('acme', 'session.completed', endedAt('s', 60, 5000));
    await until(async () => (await reasons()).length === before + 1);
    expect((await reasons()).at(-1)).toBe('The back end acme does not serve the power center 1.');
    await ordersWhere(own, 'status = 0');
  });

  it('wait at a power center that nobody knows yet, and on until it is served', async () => {
    await tell('acme', 'session.started', startedAt('s', { charge_point_id: undefined, token: 'EV_LATER' }));
    await until(async () => (await own.db.query('select 1 from sessions where held')).length === 1);
    await know(own, 9, 1, { token: 'EV_LATER' });
    await grant('acme', { charge_point_id: 9 });
    await ordersWhere(own, 'charge_point_id = 9');
  });
});
