import { randomUUID } from 'node:crypto';
import { SimulatedCharger, until } from '@open-cpo/testing';
import { at, place } from '../client';
import type { Ask, People } from './person';

/** A charger of an owner: made, connected, changed, and removed. */
export async function chargers(people: People): Promise<void> {
  const { ask } = await people.owner();
  const site = { title: 'Harbour', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 };
  const charge_point_id = at<number>(await ask('POST', '/api/charge-points', { body: site }), 'id');
  // The charger's service learns of the power center by its event.
  const create = () => ask('POST', '/api/chargers', { body: { charge_point_id } });
  const made = await until(() => create().catch(() => undefined), 'the charger to be created');
  const one = `/api/chargers/${at<number>(made, 'results', 'id')}`;
  await ask('GET', one);
  const identity = at<string>(made, 'results', 'identity');
  const password = at<string>(await ask('POST', `${one}/credential`), 'results', 'password');
  const socket = await SimulatedCharger.connect({ url: place('TEST_CHARGERS_URL'), identity, password });
  await socket.boot({ firmwareVersion: '1.4.2', chargePointSerialNumber: 'SN-1042' });
  await socket.call('StatusNotification', {
    ...{ connectorId: 1, status: 'Faulted', errorCode: 'OtherError', info: 'Fan', vendorErrorCode: 'E42' },
    timestamp: '2026-03-01T10:00:00',
  });
  socket.send('{}');
  await until(
    async () => at<object[]>(await ask('GET', `${one}/messages`), 'results', 'data').length > 5,
    'the messages to be written',
  );
  await commanded(one, socket, ask);
  await ask('PATCH', one, { body: { policy: 'anybody', assume_ocpp16: true } });
  await ask('GET', '/api/chargers');
  await ask('DELETE', `${one}/credential`);
  await socket.closed;
  await ask('GET', one);
  await ask('DELETE', one);
  await enrolled(ask);
}

/** What its owner tells it, and what became of it. */
async function commanded(one: string, socket: SimulatedCharger, ask: Ask): Promise<void> {
  const accepted = () => ({ status: 'Accepted' });
  const settings = [{ key: 'HeartbeatInterval', readonly: false, value: '300' }];
  socket.answers
    .set('GetConfiguration', () => ({ configurationKey: settings }))
    .set('UnlockConnector', () => ({ status: 'Unlocked' }))
    .set('RemoteStartTransaction', accepted)
    .set('RemoteStopTransaction', accepted);
  const start = { type: 'start', connector: 1 };
  for (const body of [{ type: 'unlock', connector: 1 }, { type: 'read_configuration' }, { type: 'reset' }, start]) {
    const id = at<number>(await ask('POST', `${one}/commands`, { body }), 'results', 'id');
    const state = async () => at<string>(await ask('GET', `${one}/commands/${id}`), 'results', 'state');
    await until(async () => !['queued', 'sent'].includes(await state()), 'the command to be answered');
  }
  await ask('GET', `${one}/configuration`);
  const { idTag } = socket.calls.find(({ action }) => action === 'RemoteStartTransaction')?.payload ?? {};
  const { id: transaction } = await socket.start({ idTag, meterStart: 0 });
  const order = await until(
    async () => at<{ id: number }[]>(await ask('GET', '/api/orders'), 'results', 'data')[0],
    'the order of the session',
  );
  // The order is known to the charger's service by its event.
  await until(() => ask('POST', `/api/orders/${order.id}/stop`).catch(() => undefined), 'the session to be stopped');
  await until(async () => socket.calls.at(-1)?.action === 'RemoteStopTransaction', 'the call');
  await socket.stop(transaction, 10, { reason: 'Remote' });
  await ask('GET', `${one}/commands`);
  await requested(one, socket, ask);
  await reserved(one, socket, ask);
  await ask('GET', `${one}/local-list`);
  await ask('POST', `${one}/local-list`);
  await limited(one, socket, ask);
}

/** A session that a payment app asks for. */
async function requested(one: string, socket: SimulatedCharger, ask: Ask): Promise<void> {
  // It was faulted, which no session begins at; and it is to be seen by drivers.
  await socket.status(1, 'Available');
  const { charge_point_id } = at<{ charge_point_id: number }>(await ask('GET', one), 'results');
  await ask('PATCH', `/api/charge-points/${charge_point_id}`, { body: { listed: true } });
  const body = { connector: 1, payment: 'settled', unit: 'minutes', requested_quantity: '30' };
  const key = { 'idempotency-key': randomUUID() };
  const start = (prefer: Record<string, string>) =>
    ask('POST', `${one}/sessions`, { body, headers: { ...key, ...prefer } });
  // The charger's service learns of the change by its event.
  const later = () => start({ prefer: 'respond-async' }).catch(() => undefined);
  const asked = await until(later, 'the session to be asked for');
  const starts = () => socket.calls.filter(({ action }) => action === 'RemoteStartTransaction');
  const { payload } = await until(async () => starts()[1], 'the call');
  const { id } = await socket.start({ idTag: payload.idTag, meterStart: 10 });
  const state = `${one}/sessions/${at<number>(asked, 'results', 'id')}`;
  await until(async () => at<number | null>(await ask('GET', state), 'results', 'order_id') !== null, 'its order');
  // Asked again, it is the same one, with its order.
  await start({});
  await socket.stop(id, 20);
  // One that is cancelled while its vehicle is not there.
  await socket.status(1, 'Available');
  const again = { body, headers: { prefer: 'respond-async' } };
  const other = await until(() => ask('POST', `${one}/sessions`, again).catch(() => undefined), 'another one');
  await ask('DELETE', `${one}/sessions/${at<number>(other, 'results', 'id')}`);
  const sent = await ask('POST', `${one}/commands`, { body: { type: 'start', connector: 1 } });
  await ask('DELETE', `${one}/commands/${at<number>(sent, 'results', 'id')}`);
}

/** The current of a connector and of a site. */
async function limited(one: string, socket: SimulatedCharger, ask: Ask): Promise<void> {
  socket.answers.set('SetChargingProfile', () => ({ status: 'Accepted' }));
  await ask('PUT', `${one}/limits`, { body: { connector: 1, amperes: 16 } });
  const state = async () => at<string>(await ask('GET', `${one}/limits`), 'results', 'limits', 0, 'state');
  await until(async () => (await state()) === 'applied', 'the limit to be applied');
  const chargePoint = at<number>(await ask('GET', one), 'results', 'charge_point_id');
  const made = await ask('POST', '/api/charging-sites', { body: { name: 'Harbour', chargePoints: [chargePoint] } });
  const site = `/api/charging-sites/${at<number>(made, 'results', 'id')}`;
  await ask('PUT', `${site}/limit`, { body: { amperes: 96 } });
  await ask('GET', `${site}/limit`);
  await ask('DELETE', site);
}

/** A connector that is kept free for a card. */
async function reserved(one: string, socket: SimulatedCharger, ask: Ask): Promise<void> {
  const accepted = () => ({ status: 'Accepted' });
  socket.answers.set('ReserveNow', accepted).set('CancelReservation', accepted);
  const made = await ask('POST', `${one}/reservations`, { body: { connector: 1, rfid: '04A2B1C6' } });
  const reservation = `${one}/reservations/${at<number>(made, 'results', 'id')}`;
  const state = async () => at<string>(await ask('GET', reservation), 'results', 'state');
  await until(async () => (await state()) === 'active', 'the connector to be reserved');
  await ask('DELETE', reservation);
  await until(async () => (await state()) === 'cancelled', 'the reservation to be cancelled');
  await ask('GET', `${one}/reservations`);
}

/** A charger that connected before it was made, and is made of that. */
async function enrolled(ask: Ask): Promise<void> {
  const site = { title: 'Pier', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 };
  const id = at<number>(await ask('POST', '/api/charge-points', { body: site }), 'id');
  const create = () => ask('POST', '/api/chargers', { body: { charge_point_id: id } });
  const before = await until(() => create().catch(() => undefined), 'the charger to be created');
  const identity = at<string>(before, 'results', 'identity');
  await ask('DELETE', `/api/chargers/${at<number>(before, 'results', 'id')}`);
  const url = place('TEST_CHARGERS_URL');
  const refused = await until(async () => {
    await SimulatedCharger.connect({ url, identity, password: 'none' }).catch(() => undefined);
    return at<{ id: number }[]>(await ask('GET', '/api/chargers/refused'), 'results', 'data')[0];
  }, 'the connection to be refused');
  const made = await ask('POST', `/api/chargers/refused/${refused.id}/enrol`);
  await ask('DELETE', `/api/chargers/${at<number>(made, 'results', 'id')}`);
}
