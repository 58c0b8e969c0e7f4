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
