import { SimulatedCharger, until } from '@open-cpo/testing';
import { at, place } from '../client';
import type { People } from './person';

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
  await ask('PATCH', one, { body: { policy: 'anybody', assume_ocpp16: true } });
  await ask('GET', '/api/chargers');
  await ask('DELETE', `${one}/credential`);
  await socket.closed;
  await ask('GET', one);
  await ask('DELETE', one);
}
