import { randomUUID } from 'node:crypto';
import { unwrap } from '@open-cpo/client';
import { until } from '@open-cpo/testing';
import { CARD, ownerWithCharger } from './owner-with-charger';

const HALF_AN_HOUR_MS = 30 * 60_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

describe('a charger of OCPP 1.6', () => {
  let owner: Awaited<ReturnType<typeof ownerWithCharger>>;
  beforeAll(async () => (owner = await ownerWithCharger()));

  it('makes a priced order of a session, once, over repetitions and a lost connection', async () => {
    const first = await owner.connect();
    expect(await first.boot()).toMatchObject({ status: 'Accepted' });
    await first.status(1, 'Available');
    expect(await first.call('Authorize', { idTag: CARD })).toEqual({ idTagInfo: { status: 'Accepted' } });
    const begin = { idTag: CARD, meterStart: 1000, timestamp: ago(HALF_AN_HOUR_MS) };
    const { id, status } = await first.start(begin);
    expect([status, await first.start(begin)]).toEqual(['Accepted', { id, status }]);
    const open = await until(async () => (await owner.orders())[0], 'the order');
    expect(open).toMatchObject({ status: 0 });
    first.terminate();

    const second = await owner.connect();
    await second.meter(id, 2500, ago(HALF_AN_HOUR_MS / 2));
    const end = { timestamp: ago(0) };
    await second.stop(id, 4000, end);
    await second.stop(id, 4000, end);
    const complete = await until(async () => {
      const [order, ...others] = await owner.orders();
      expect(others).toEqual([]);
      return order?.status === 1 ? order : undefined;
    }, 'the order to be complete');
    expect(complete).toMatchObject({ id: open.id, charging_session_energy: '3.0000' });
    expect(Number(complete.price)).toBe(360);
    second.terminate();
  });

  it('keeps the times of a session that it had while it was offline', async () => {
    const socket = await owner.connect();
    const { id } = await socket.start({ idTag: CARD, meterStart: 4000, timestamp: ago(3 * HALF_AN_HOUR_MS) });
    await socket.stop(id, 6000, { timestamp: ago(2 * HALF_AN_HOUR_MS), reason: 'PowerLoss' });
    await until(async () => (await owner.orders()).filter(({ status }) => status === 1).length === 2, 'two orders');
    const prices = (await owner.orders()).map(({ price }) => Number(price));
    expect(prices).toEqual([360, 360]);
    socket.terminate();
  });

  it('is not let in with a wrong password, nor a session with an unknown card', async () => {
    await expect(owner.connect('f'.repeat(40))).rejects.toMatchObject({ status: 401 });
    const socket = await owner.connect();
    expect(await socket.call('Authorize', { idTag: 'FFFF' })).toEqual({ idTagInfo: { status: 'Invalid' } });
    const { id, status } = await socket.start({ idTag: 'FFFF', meterStart: 6000 });
    expect(status).toBe('Invalid');
    await socket.stop(id, 6000, { reason: 'DeAuthorized' });
    expect(await owner.orders()).toHaveLength(2);
    socket.terminate();
  });

  it('begins a session on a command of its owner, who ends it by its order', async () => {
    const socket = await owner.connect();
    for (const action of ['RemoteStartTransaction', 'RemoteStopTransaction']) {
      socket.answers.set(action, () => ({ status: 'Accepted' }));
    }
    const called = (name: string) => until(async () => socket.calls.find(({ action }) => action === name), name);
    const params = { path: { id: owner.id } };
    const body = { type: 'start', connector: 1 } as const;
    const { results: command } = await unwrap(owner.client.POST('/api/chargers/{id}/commands', { params, body }));
    expect(command).toMatchObject({ type: 'start', state: 'queued' });
    const { payload } = await called('RemoteStartTransaction');
    const { id } = await socket.start({ idTag: payload.idTag, meterStart: 7000 });
    const open = await until(async () => (await owner.orders()).find(({ status }) => status === 0), 'the order');
    const stop = () => owner.client.POST('/api/orders/{id}/stop', { params: { path: { id: Number(open.id) } } });
    // The order is known to the charger's service by its event.
    const stopped = await until(async () => (await stop()).data?.results, 'the session to be stopped');
    expect((await called('RemoteStopTransaction')).payload).toEqual({ transactionId: id });
    await socket.stop(id, 7100, { reason: 'Remote' });
    expect(stopped).toMatchObject({ type: 'stop', reason: 'order', transaction_id: id, order_id: open.id });
    const path = { id: owner.id, command_id: stopped.id };
    const seen = await unwrap(owner.client.GET('/api/chargers/{id}/commands/{command_id}', { params: { path } }));
    expect(seen.results).toMatchObject({ state: 'accepted', effect: 'observed' });
    await until(async () => (await owner.orders()).every(({ status }) => status === 1), 'the order to be complete');
    socket.terminate();
  });

  it('begins a session for a payment app, once, and ends it at the requested quantity', async () => {
    const socket = await owner.connect();
    for (const action of ['RemoteStartTransaction', 'RemoteStopTransaction']) {
      socket.answers.set(action, () => ({ status: 'Accepted' }));
    }
    const called = (name: string) => until(async () => socket.calls.find(({ action }) => action === name), name);
    const body = { connector: 1, payment: 'electronic', unit: 'minutes', requested_quantity: '1' } as const;
    const params = { path: { id: owner.id }, header: { 'Idempotency-Key': randomUUID() } };
    const ask = () => owner.client.POST('/api/chargers/{id}/sessions', { params, body });
    const first = ask();
    const { payload } = await called('RemoteStartTransaction');
    const { id } = await socket.start({ idTag: payload.idTag, meterStart: 7200, timestamp: ago(90_000) });
    const { results: asked } = await unwrap(first);
    const one = { params: { path: { id: owner.id, request_id: asked.id } } };
    const session = await until(async () => {
      const { results } = await unwrap(owner.client.GET('/api/chargers/{id}/sessions/{request_id}', one));
      return results.order_id === null ? undefined : results;
    }, 'the order');
    expect(session).toMatchObject({ ...body, state: 'started', session_id: `ocpp.${owner.id}.${id}` });
    // Asked again, it is the same one.
    const { results: again } = await unwrap(ask());
    expect([again.id, again.order_id]).toEqual([asked.id, session.order_id]);
    await socket.meter(id, 8000, ago(0));
    expect((await called('RemoteStopTransaction')).payload).toEqual({ transactionId: id });
    await socket.stop(id, 8000, { reason: 'Remote' });
    const order = await until(async () => {
      const found = (await owner.orders()).find((row) => row.id === session.order_id);
      return found?.status === 1 ? found : undefined;
    }, 'the order to be complete');
    expect(order).toMatchObject({ unit: 'minutes', requested_quantity: '1' });
    expect(socket.calls.filter(({ action }) => action === 'RemoteStartTransaction')).toHaveLength(1);
    const ended = await unwrap(owner.client.GET('/api/chargers/{id}/sessions/{request_id}', one));
    expect(ended.results.state).toBe('ended');
    socket.terminate();
  });

  it('is told to end a session that has reached the limit of its power center', async () => {
    const params = { path: { id: owner.chargePointId } };
    const body = { session_limit_type: 'energy', session_limit_value: 1 } as never;
    await unwrap(owner.client.PATCH('/api/charge-points/{id}', { params, body }));
    const socket = await owner.connect();
    socket.answers.set('RemoteStopTransaction', () => ({ status: 'Accepted' }));
    const { id } = await socket.start({ idTag: CARD, meterStart: 8000, timestamp: ago(HALF_AN_HOUR_MS) });
    await socket.meter(id, 8600, ago(HALF_AN_HOUR_MS / 2));
    await socket.meter(id, 9100, ago(0));
    const { payload } = await until(async () => socket.calls[0], 'the call');
    expect(payload).toEqual({ transactionId: id });
    await socket.stop(id, 9150, { reason: 'Remote' });
    const commands = await unwrap(
      owner.client.GET('/api/chargers/{id}/commands', { params: { path: { id: owner.id } } }),
    );
    expect(commands.results.data[0]).toMatchObject({ type: 'stop', reason: 'session_limit', user_id: null });
    socket.terminate();
  });

  it('is one connection: the newest takes over, and its owner sees it', async () => {
    const [first, second] = [await owner.connect(), await owner.connect()];
    expect(await first.closed).toMatchObject({ code: 1008 });
    await second.status(1, 'Faulted');
    expect(await owner.charger()).toMatchObject({ state: 'connected', connectors: [{ number: 1, status: 'Faulted' }] });
    const params = { path: { id: owner.id } };
    // The log is written a moment after the answer.
    await until(async () => {
      const { results } = await unwrap(owner.client.GET('/api/chargers/{id}/messages', { params }));
      return results.data.some(({ action }) => action === 'StatusNotification');
    }, 'the message');
    await unwrap(owner.client.DELETE('/api/chargers/{id}/credential', { params }));
    expect(await second.closed).toMatchObject({ code: 1008 });
    await unwrap(owner.client.DELETE('/api/chargers/{id}', { params }));
  });
});
