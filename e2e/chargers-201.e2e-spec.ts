import { randomUUID } from 'node:crypto';
import { unwrap } from '@open-cpo/client';
import { until } from '@open-cpo/testing';
import { CARD, ownerWithCharger } from './owner-with-charger';

const HALF_AN_HOUR_MS = 30 * 60_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const evse = { evse: { id: 1, connectorId: 1 } };

describe('a charger of OCPP 2.0.1', () => {
  let owner: Awaited<ReturnType<typeof ownerWithCharger>>;
  beforeAll(async () => (owner = await ownerWithCharger()));

  it('makes a priced order of a session, once, over repetitions and a lost connection', async () => {
    const transactionId = randomUUID();
    const first = await owner.station();
    expect(await first.boot()).toMatchObject({ status: 'Accepted' });
    await first.status(1, 'Available');
    expect(await first.authorize(CARD)).toBe('Accepted');
    const begin = { type: 'Started', seqNo: 0, transactionId, wh: 1000, card: CARD, more: evse } as const;
    const timestamp = ago(HALF_AN_HOUR_MS);
    const accepted = { idTokenInfo: { status: 'Accepted' } };
    expect(await first.event({ ...begin, timestamp, triggerReason: 'Authorized' })).toEqual(accepted);
    expect(await first.event({ ...begin, timestamp, triggerReason: 'Authorized' })).toEqual(accepted);
    const open = await until(async () => (await owner.orders())[0], 'the order');
    expect(open).toMatchObject({ status: 0 });
    first.terminate();

    const second = await owner.station();
    await second.event({ type: 'Updated', seqNo: 1, transactionId, wh: 2500, timestamp: ago(HALF_AN_HOUR_MS / 2) });
    const end = { type: 'Ended', seqNo: 2, transactionId, wh: 4000, timestamp: ago(0) } as const;
    await second.event(end);
    await second.event({ ...end, more: { offline: true } });
    const complete = await until(async () => {
      const [order, ...others] = await owner.orders();
      expect(others).toEqual([]);
      return order?.status === 1 ? order : undefined;
    }, 'the order to be complete');
    expect(complete).toMatchObject({ id: open.id, charging_session_energy: '3.0000' });
    expect(Number(complete.price)).toBe(360);
    expect(await owner.charger()).toMatchObject({ state: 'connected', protocol: 'ocpp2.0.1' });
    second.terminate();
  });

  it('makes the same order when it was offline, the vehicle was plugged in first, and the end comes first', async () => {
    const transactionId = randomUUID();
    const station = await owner.station();
    const offline = { more: { ...evse, offline: true }, transactionId };
    const [begin, card, end] = [3, 2.9, 2].map((part) => ago(part * HALF_AN_HOUR_MS)) as [string, string, string];
    await station.event({ ...offline, type: 'Ended', seqNo: 2, wh: 6000, timestamp: end });
    await station.event({
      ...offline,
      type: 'Updated',
      seqNo: 1,
      card: CARD,
      timestamp: card,
      triggerReason: 'Authorized',
    });
    await station.event({ ...offline, type: 'Started', seqNo: 0, wh: 4000, timestamp: begin });
    await until(async () => (await owner.orders()).filter(({ status }) => status === 1).length === 2, 'two orders');
    const orders = await owner.orders();
    expect(orders.map(({ price }) => Number(price))).toEqual([360, 360]);
    expect(orders.map(({ charging_session_energy }) => charging_session_energy).sort()).toEqual(['2.0000', '3.0000']);
    station.terminate();
  });

  it('begins a session for a payment app, and ends it at the requested quantity', async () => {
    const transactionId = randomUUID();
    const station = await owner.station();
    for (const action of ['RequestStartTransaction', 'RequestStopTransaction']) {
      station.charger.answers.set(action, () => ({ status: 'Accepted' }));
    }
    const called = (name: string) =>
      until(async () => station.charger.calls.find(({ action }) => action === name), name);
    const body = { connector: 1, payment: 'settled', unit: 'minutes', requested_quantity: '1' } as const;
    const path = { id: owner.id };
    const headers = { prefer: 'respond-async' };
    const { results: asked } = await unwrap(
      owner.client.POST('/api/chargers/{id}/sessions', { params: { path }, body, headers }),
    );
    const { payload } = await called('RequestStartTransaction');
    const card = (payload.idToken as { idToken: string }).idToken;
    const begin = { type: 'Started', seqNo: 0, transactionId, wh: 6000, card, more: evse } as const;
    await station.event({ ...begin, timestamp: ago(90_000), triggerReason: 'RemoteStart' });
    const session = await until(async () => {
      const params = { path: { ...path, request_id: asked.id } };
      const { results } = await unwrap(owner.client.GET('/api/chargers/{id}/sessions/{request_id}', { params }));
      return results.order_id === null ? undefined : results;
    }, 'the order');
    expect(session).toMatchObject({ ...body, state: 'started' });
    await station.event({ type: 'Updated', seqNo: 1, transactionId, wh: 6500 });
    expect((await called('RequestStopTransaction')).payload).toEqual({ transactionId });
    await station.event({ type: 'Ended', seqNo: 2, transactionId, wh: 6500, triggerReason: 'RemoteStop' });
    const order = await until(async () => {
      const found = (await owner.orders()).find((row) => row.id === session.order_id);
      return found?.status === 1 ? found : undefined;
    }, 'the order to be complete');
    expect(order).toMatchObject({ unit: 'minutes', requested_quantity: '1' });
    station.terminate();
  });

  it('makes no order with an unknown card', async () => {
    const transactionId = randomUUID();
    const station = await owner.station();
    expect(await station.authorize('FFFF')).toBe('Unknown');
    const refused = { type: 'Started', seqNo: 0, transactionId, wh: 6000, card: 'FFFF', more: evse } as const;
    expect(await station.event(refused)).toEqual({ idTokenInfo: { status: 'Unknown' } });
    await station.event({ type: 'Ended', seqNo: 1, transactionId, wh: 6000, triggerReason: 'Deauthorized' });
    expect(await owner.orders()).toHaveLength(3);
    station.terminate();
  });
});
