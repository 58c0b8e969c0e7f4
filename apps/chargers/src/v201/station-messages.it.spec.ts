import { chargers, type ChargerMessages, type NewCharger } from '@open-cpo/contracts';
import { asUser, SimulatedStation, until } from '@open-cpo/testing';
import { MessageLog } from '../messages/message-log';
import { type Chargers, owner, startChargers } from '../test/chargers';

const NOW = () => new Date().toISOString();

describe('messages of chargers of OCPP 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;

  beforeAll(async () => {
    service = await startChargers('charger_messages201');
    await service.chargePoint(100);
    charger = await service.make(100);
    const { url } = service;
    station = await SimulatedStation.connect({
      url,
      identity: charger.identity,
      password: charger.credential.password,
    });
  });
  afterAll(async () => {
    station?.terminate();
    await service?.stop();
  });

  const shown = () => service.bus.call(chargers.one, { id: charger.id }, owner());
  const statuses = async () =>
    (await service.published(charger, 'connector.status')).map(({ payload }) => [
      payload.connector_number,
      payload.status,
    ]);

  it('report the states of EVSEs and connectors by the numbers of the power center', async () => {
    await station.status(0, 'Available', 0);
    for (const status of ['Available', 'Occupied', 'Occupied', 'Reserved']) await station.status(1, status);
    await station.status(2, 'Faulted', 2);
    expect(await statuses()).toEqual([
      [1, 'available'],
      [1, 'busy'],
      [1, 'booked'],
      [202, 'unavailable'],
    ]);
  });

  it('report states and faults by NotifyEvent, too', async () => {
    const event = (variable: string, actualValue: string, more = {}) => ({
      ...{ eventId: 1, timestamp: NOW(), trigger: 'Delta', eventNotificationType: 'HardWiredNotification' },
      ...{ component: { name: 'Connector', evse: { id: 1, connectorId: 1 } }, variable: { name: variable } },
      ...{ actualValue, ...more },
    });
    const notify = (...eventData: object[]) => station.call('NotifyEvent', { generatedAt: NOW(), seqNo: 0, eventData });
    const connector = async () => (await shown()).connectors.find(({ number }) => number === 1);
    expect(await notify(event('AvailabilityState', 'Unavailable'), event('Temperature', '40'))).toEqual({});
    expect((await statuses()).at(-1)).toEqual([1, 'unavailable']);
    await notify(event('Problem', 'true', { techCode: 'E42', techInfo: 'Fan' }));
    expect(await connector()).toMatchObject({ error_code: 'OtherError', vendor_error_code: 'E42', info: 'Fan' });
    await notify(event('Problem', 'false'));
    expect(await connector()).toMatchObject({ error_code: 'NoError', vendor_error_code: null, info: null });
    expect(await notify({ component: 'x' }, { variable: { name: 'Problem' } })).toEqual({});
  });

  it('report by NotifyEvent the last state of each connector alone', async () => {
    const before = (await statuses()).length;
    const event = (connector: number, actualValue: string, name = 'AvailabilityState') => ({
      ...{ timestamp: NOW(), component: { name: 'Connector', evse: { id: connector } } },
      ...{ variable: { name }, actualValue },
    });
    const eventData = ['Available', 'Occupied', 'Available', 'Faulted', 'Occupied'].flatMap((status) => [
      event(3, status),
      event(4, status),
    ]);
    await station.call('NotifyEvent', { eventData: [...eventData, event(3, 'true', 'Problem')] });
    expect((await statuses()).slice(before)).toEqual([
      [3, 'busy'],
      [4, 'busy'],
    ]);
    const { connectors } = await shown();
    expect(connectors.find(({ number }) => number === 3)).toMatchObject({ error_code: 'OtherError' });
  });

  it.each([
    ['LogStatusNotification', { status: 'Uploaded', requestId: 1 }, {}],
    ['FirmwareStatusNotification', { status: 'Installed' }, {}],
    ['PublishFirmwareStatusNotification', { status: 'Published' }, {}],
    ['SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp: NOW() }, {}],
    ['NotifyReport', { requestId: 1, generatedAt: NOW(), seqNo: 0 }, {}],
    ['NotifyMonitoringReport', { requestId: 1, generatedAt: NOW(), seqNo: 0 }, {}],
    ['NotifyCustomerInformation', { data: '', seqNo: 0, generatedAt: NOW(), requestId: 1 }, {}],
    ['NotifyDisplayMessages', { requestId: 1 }, {}],
    ['ReportChargingProfiles', {}, {}],
    ['NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } }, {}],
    ['ClearedChargingLimit', { chargingLimitSource: 'EMS' }, {}],
    ['ReservationStatusUpdate', { reservationId: 1, reservationUpdateStatus: 'Expired' }, {}],
    ['DataTransfer', { vendorId: 'x' }, { status: 'UnknownVendorId' }],
    ['Get15118EVCertificate', {}, { status: 'Failed', exiResponse: '' }],
    ['GetCertificateStatus', {}, { status: 'Failed' }],
    ['SignCertificate', { csr: 'x' }, { status: 'Rejected' }],
    ['NotifyEVChargingNeeds', {}, { status: 'Rejected' }],
    ['NotifyEVChargingSchedule', {}, { status: 'Rejected' }],
    ['MeterValues', { evseId: 1, meterValue: [] }, {}],
    ['StatusNotification', {}, {}],
  ])('are answered: %s', async (action, payload, response) => {
    expect(await station.call(action, payload)).toEqual(response);
  });

  it('that are commands get NotSupported, those of 1.6 and unknown ones NotImplemented', async () => {
    await expect(station.call('Reset')).rejects.toThrow('NotSupported');
    for (const action of ['StartTransaction', 'StopTransaction', 'Fly']) {
      await expect(station.call(action)).rejects.toThrow('NotImplemented');
    }
    const answer = () =>
      new Promise((resolve) => station.charger.socket.once('message', (data: Buffer) => resolve(String(data))));
    for (const [text, error] of [
      ['[', '[4,"-1","RpcFrameworkError",'],
      ['[2,"7","Heartbeat",[]]', '[4,"7","FormatViolation",'],
    ] as const) {
      const answered = answer();
      station.charger.send(text);
      expect(String(await answered).startsWith(error)).toBe(true);
    }
  });

  it('with a certificate are answered that none can be judged', async () => {
    const request = { idToken: { idToken: 'DE8ACC12E46L89', type: 'eMAID' }, certificate: 'x' };
    expect(await station.call('Authorize', request)).toEqual({
      ...{ idTokenInfo: { status: 'Unknown' }, certificateStatus: 'NoCertificateAvailable' },
    });
  });

  it('are shown with what was wrong with them, and cards for those who may see workers', async () => {
    await station.call('Authorize', { idToken: { idToken: 'SECRETCARD', type: 'ISO14443' }, vendor: 1 });
    await service.service.app.get(MessageLog).flush();
    const input = { id: charger.id, action: 'Authorize' };
    const list = (caller: ReturnType<typeof owner>): Promise<ChargerMessages> =>
      service.bus.call(chargers.messages, input, caller);
    const found = await until(async () => {
      const { data } = await list(owner());
      return data.find(({ payload }) => JSON.stringify(payload).includes('SECRETCARD'));
    }, 'the message');
    expect(found.problems).toEqual(['/ must NOT have additional properties']);
    const viewer = asUser({ accountId: 1, userId: 12, scope: ['chargers'] });
    expect(JSON.stringify(await list(viewer))).not.toContain('SECRETCARD');
  });
});
