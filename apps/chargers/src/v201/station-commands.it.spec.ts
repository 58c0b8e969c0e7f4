import { randomUUID } from 'node:crypto';
import { type ChargerCommand, chargerCommands, chargers, type NewCharger, type SendCommand } from '@open-cpo/contracts';
import { SimulatedStation, until } from '@open-cpo/testing';
import { MessageLog } from '../messages/message-log';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';

const WORKER = '04A2B1C6';
const evse = { evse: { id: 1, connectorId: 1 } };

describe('commands to chargers of OCPP 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let nextChargePoint = 300;

  beforeAll(async () => {
    service = await startChargers('charger_commands201');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    const { url } = service;
    station = await SimulatedStation.connect({
      url,
      identity: charger.identity,
      password: charger.credential.password,
    });
  });
  afterEach(() => station.terminate());

  const send = (input: Omit<SendCommand, 'id'>): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.send, { id: charger.id, ...input }, owner());
  const settled = ({ id }: ChargerCommand, wanted: Partial<ChargerCommand> = {}): Promise<ChargerCommand> =>
    until(
      async () => {
        const input = { id: charger.id, command_id: id };
        const command = await service.bus.call(chargerCommands.one, input, owner());
        const fits = Object.entries(wanted).every(([key, value]) => command[key as keyof ChargerCommand] === value);
        return fits && !['queued', 'sent'].includes(command.state) ? command : undefined;
      },
      `the command to be settled as ${JSON.stringify(wanted)}`,
    );
  const answers = (action: string, payload: Record<string, unknown>) =>
    station.charger.answers.set(action, () => payload);
  const sessions = async () => (await service.published(charger)).filter(({ subject }) => /session/.test(subject));

  it.each<[Omit<SendCommand, 'id'>, string, string]>([
    [{ type: 'unlock', connector: 1 }, 'UnlockConnector', 'Unlocked'],
    [{ type: 'reset', hard: true }, 'Reset', 'Accepted'],
    [{ type: 'availability', available: false }, 'ChangeAvailability', 'Scheduled'],
    [{ type: 'trigger', message: 'StatusNotification', connector: 1 }, 'TriggerMessage', 'Accepted'],
  ])('are sent, and their answer is kept: %j', async (input, action, status) => {
    answers(action, { status });
    expect(await settled(await send(input))).toMatchObject({ state: 'accepted', status, error: null });
    expect(station.charger.calls.map((one) => one.action)).toEqual([action]);
  });

  it('start a session with a tag that is made for it, and stop it by the id of the charger', async () => {
    answers('RequestStartTransaction', { status: 'Accepted' });
    answers('RequestStopTransaction', { status: 'Accepted' });
    const start = await settled(await send({ type: 'start', connector: 1 }));
    expect(start).toMatchObject({ state: 'accepted', effect: 'expected' });
    const { payload } = station.charger.calls[0] ?? {};
    expect(payload).toMatchObject({ evseId: 1, remoteStartId: start.id });
    const { idToken: tag } = payload?.idToken as { idToken: string };
    const transactionId = randomUUID();
    const card = { transactionId, card: tag };
    const accepted = { idTokenInfo: { status: 'Accepted' } };
    const begin = { ...card, type: 'Started', seqNo: 0, wh: 0, more: evse } as const;
    expect(await station.event({ ...begin, triggerReason: 'RemoteStart' })).toEqual(accepted);
    const begun = await settled(start, { effect: 'observed' });
    expect((await sessions())[0]?.payload).toMatchObject({ payment: 'settled', connector_number: 1 });
    expect((await sessions())[0]?.payload).not.toHaveProperty('rfid');
    // Also when the tag is shown again after its time.
    await service.db.query(`update commands set created_at = now() - interval '2 hours'`);
    expect(await station.event({ ...card, type: 'Updated', seqNo: 1 })).toEqual(accepted);

    const stop = await settled(await send({ type: 'stop', transaction_id: Number(begun.transaction_id) }));
    expect(stop).toMatchObject({ state: 'accepted', effect: 'expected' });
    expect(station.charger.calls.at(-1)?.payload).toEqual({ transactionId });
    await station.event({ type: 'Ended', seqNo: 2, transactionId, wh: 100, triggerReason: 'RemoteStop' });
    await settled(stop, { effect: 'observed' });
  });

  it.each(['shows it', 'names the start alone'])('start a session with the card of a worker: it %s', async (how) => {
    answers('RequestStartTransaction', { status: 'Accepted' });
    const start = await settled(await send({ type: 'start', connector: 1, rfid: WORKER }));
    const said = how === 'shows it' ? { card: WORKER } : { info: { remoteStartId: start.id } };
    await station.event({ type: 'Started', seqNo: 0, transactionId: randomUUID(), ...said, more: evse });
    await settled(start, { effect: 'observed' });
    expect((await sessions())[0]?.payload).toMatchObject({ payment: 'cash', rfid: WORKER });
  });

  it('change and read settings', async () => {
    const names = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
    answers('SetVariables', { setVariableResult: [{ ...names, attributeStatus: 'RebootRequired' }] });
    const getVariableResult = [{ ...names, attributeStatus: 'Accepted', attributeValue: '60' }];
    answers('GetVariables', { getVariableResult });
    const key = 'OCPPCommCtrlr.HeartbeatInterval';
    const changed = await settled(await send({ type: 'configure', key, value: '60' }));
    expect(changed).toMatchObject({ state: 'accepted', status: 'RebootRequired' });
    expect(await settled(await send({ type: 'read_configuration', key }))).toMatchObject({ state: 'accepted' });
    const { settings } = await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner());
    expect(settings).toEqual([{ key, value: '60', readonly: false, secret: false, read_at: expect.any(String) }]);
    const wrong = await settled(await send({ type: 'configure', key: 'HeartbeatInterval', value: '60' }));
    expect(wrong).toMatchObject({ state: 'failed', error: expect.stringContaining('Component.Variable') });
  });

  it('read all settings by a report in parts, and forget those that it has not any more', async () => {
    answers('GetBaseReport', { status: 'Accepted' });
    const read = async () =>
      (await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner())).settings;
    const part = (requestId: number, seqNo: number, tbc: boolean, settings: Record<string, string>) =>
      station.call('NotifyReport', {
        ...{ requestId, seqNo, tbc, generatedAt: new Date().toISOString() },
        reportData: Object.entries(settings).map(([key, value]) => {
          const [component, variable] = key.split('.').map((name) => ({ name }));
          return { component, variable, variableAttribute: [{ value, mutability: 'ReadOnly' }] };
        }),
      });
    const first = await settled(await send({ type: 'read_configuration' }));
    expect(station.charger.calls[0]?.payload).toEqual({ requestId: first.id, reportBase: 'ConfigurationInventory' });
    await part(first.id, 0, true, { 'AuthCtrlr.Enabled': 'true' });
    await part(first.id, 1, false, {
      'SecurityCtrlr.BasicAuthPassword': 'hidden',
      'TxCtrlr.TxStartPoint': 'Authorized',
    });
    expect(await read()).toMatchObject([
      { key: 'AuthCtrlr.Enabled', value: 'true', readonly: true },
      { key: 'SecurityCtrlr.BasicAuthPassword', value: null, secret: true },
      { key: 'TxCtrlr.TxStartPoint', value: 'Authorized' },
    ]);
    // What was not asked for changes nothing.
    await part(first.id + 1000, 0, false, { 'AuthCtrlr.Enabled': 'false' });
    const second = await settled(await send({ type: 'read_configuration' }));
    await part(second.id, 0, false, { 'AuthCtrlr.Enabled': 'false' });
    expect((await read()).map(({ key, value }) => [key, value])).toEqual([['AuthCtrlr.Enabled', 'false']]);
  });

  it('change settings with the longest names and values', async () => {
    answers('SetVariables', { setVariableResult: [{ attributeStatus: 'Accepted' }] });
    const key = 'SmartChargingCtrlr.NotifyChargingLimitWithSchedules';
    const changed = await settled(await send({ type: 'configure', key, value: 'x'.repeat(1000) }));
    expect(changed).toMatchObject({ state: 'accepted' });
  });

  it('are not shown with secrets', async () => {
    const secret = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
    const variableAttribute = [{ value: 'hidden-1' }];
    const report = { requestId: 1, generatedAt: new Date().toISOString(), seqNo: 0 };
    await station.call('NotifyReport', { ...report, reportData: [{ ...secret, variableAttribute }] });
    await station.call('DataTransfer', { vendorId: 'x', data: { ...secret, attributeValue: 'hidden-2' } });
    await service.service.app.get(MessageLog).flush();
    const { data } = await service.bus.call(chargers.messages, { id: charger.id }, owner());
    expect(data.map(({ action }) => action)).toContain('NotifyReport');
    expect(JSON.stringify(data)).not.toMatch(/hidden-\d/);
  });
});
