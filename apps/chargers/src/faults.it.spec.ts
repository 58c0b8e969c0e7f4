import type { NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger } from '@open-cpo/testing';
import { Faults } from './faults/faults';
import { type Chargers, startChargers } from './test/chargers';

describe('faults of chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 500;

  beforeAll(async () => {
    service = await startChargers('charger_faults');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const report = (connectorId: number, status: string, errorCode: string, more: object = {}) =>
    socket.call('StatusNotification', { connectorId, status, errorCode, ...more });
  const published = async () => {
    await service.service.app.get(Faults).run();
    const rows = await service.db.query<{ name: string; payload: Record<string, unknown> }>(
      `select name, payload::jsonb as payload from outbox where aggregate = $1 order by id`,
      [`faults ${charger.id}`],
    );
    return rows.map(({ name, payload }) => [name.split('.')[3], payload.connector_number, payload.error_code]);
  };
  const later = () => service.db.query(`update connectors set fault_told_at = now() - interval '2 minutes'`);

  it('are published when they begin and when they are over, once', async () => {
    await report(1, 'Available', 'NoError');
    expect(await published()).toEqual([]);
    await report(1, 'Faulted', 'GroundFailure', { vendorErrorCode: 'E42', info: 'RCD' });
    await report(1, 'Faulted', 'GroundFailure');
    await report(0, 'Faulted', 'NoError');
    const begun = [
      ['reported', 1, 'GroundFailure'],
      ['reported', 0, 'OtherError'],
    ];
    expect((await published()).sort()).toEqual([...begun].sort());
    expect(await published()).toHaveLength(2);
    await later();
    await report(1, 'Available', 'NoError');
    await report(0, 'Available', 'NoError');
    const all = [...begun, ['over', 1, 'GroundFailure'], ['over', 0, 'OtherError']];
    expect((await published()).sort()).toEqual([...all].sort());
  });

  it('that come and go are published once a minute at most, with how they are in the end', async () => {
    for (let n = 0; n < 10; n += 1) {
      await report(1, 'Faulted', 'OverVoltage');
      await published();
      await report(1, 'Available', 'NoError');
      await published();
    }
    expect(await published()).toEqual([['reported', 1, 'OverVoltage']]);
    await later();
    expect(await published()).toEqual([
      ['reported', 1, 'OverVoltage'],
      ['over', 1, 'OverVoltage'],
    ]);
  });

  it('that become others are over', async () => {
    await report(1, 'Faulted', 'OverVoltage');
    await published();
    await later();
    await report(1, 'Available', 'WeakSignal');
    expect(await published()).toEqual([
      ['reported', 1, 'OverVoltage'],
      ['over', 1, 'OverVoltage'],
      ['reported', 1, 'WeakSignal'],
    ]);
  });
});
