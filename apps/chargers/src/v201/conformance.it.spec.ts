import { once } from 'node:events';
import { type ChargerCommand, chargerCommands, chargers, type NewCharger, type SendCommand } from '@open-cpo/contracts';
import { SimulatedStation, until } from '@open-cpo/testing';
import { WebSocket } from 'ws';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';

const WORKER = '04A2B1C6';
const EVSE = { evse: { id: 1, connectorId: 1 } };

/** What tools that test central systems try, as a charger of OCPP 2.0.1. */
describe('a conformance tool of 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let chargePointId = 1300;

  beforeAll(async () => {
    service = await startChargers('station_conformance');
    CARDS.set(WORKER, 'known').set('EXPIRED', 'expired').set('BLOCKED', 'removed');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
    const { identity, credential } = charger;
    station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
  });
  afterEach(() => station.terminate());

  const raw = async (text: string): Promise<unknown[]> => {
    const answer = once(station.charger.socket, 'message');
    station.charger.send(text);
    return JSON.parse(String((await answer)[0])) as unknown[];
  };
  const settled = async (input: Omit<SendCommand, 'id'>): Promise<ChargerCommand> => {
    const { id: command_id } = await service.bus.call(chargerCommands.send, { id: charger.id, ...input }, owner());
    return until(async () => {
      const one = await service.bus.call(chargerCommands.one, { id: charger.id, command_id }, owner());
      return ['queued', 'sent'].includes(one.state) ? undefined : one;
    }, 'the command to be settled');
  };
  const published = async (name: string) =>
    (await service.published(charger, `session.${name}`)).map(({ payload }) => payload);

  it.each([
    ['an unknown action', '[2,"1","Fly",{}]', [4, '1', 'NotImplemented']],
    ['a command of the CSMS', '[2,"1","GetVariables",{}]', [4, '1', 'NotSupported']],
    ['an unknown type of message', '[9,"1","Heartbeat",{}]', [4, '1', 'MessageTypeNotSupported']],
    ['a payload that is no object', '[2,"1","Heartbeat",7]', [4, '1', 'FormatViolation']],
    ['no action', '[2,"1"]', [4, '1', 'FormatViolation']],
    ['no id that can be read', '[2,{},"Heartbeat",{}]', [4, '-1', 'RpcFrameworkError']],
  ])('sends %s and gets a CALLERROR', async (_, text, start) => {
    const answered = await raw(text);
    expect(answered.slice(0, 3)).toEqual(start);
    expect(answered).toHaveLength(5);
    expect(await station.call('Heartbeat')).toHaveProperty('currentTime');
  });

  it('compresses where the charger offers that, unless its owner says that it must not', async () => {
    const { identity, credential } = charger;
    const authorization = `Basic ${Buffer.from(`${identity}:${credential.password}`).toString('base64')}`;
    const connect = async (protocol: string): Promise<WebSocket> => {
      const socket = new WebSocket(`${service.url}/${identity}`, [protocol], {
        headers: { authorization },
        perMessageDeflate: { threshold: 0 },
      });
      await once(socket, 'open');
      return socket;
    };
    const compressing = await connect('ocpp2.0.1');
    expect(compressing.extensions).toBe('permessage-deflate');
    const answer = once(compressing, 'message');
    compressing.send(JSON.stringify([2, '1', 'Heartbeat', { customData: { vendorId: 'x'.repeat(5000) } }]));
    expect(JSON.parse(String((await answer)[0]))).toMatchObject([3, '1', {}]);
    // The limit is that of what comes out of it.
    const closed = once(compressing, 'close');
    compressing.send('x'.repeat(257 * 1024));
    expect((await closed)[0]).toBe(1009);
    expect((await connect('ocpp1.6')).extensions).toBe('');
    await service.bus.call(chargers.change, { id: charger.id, compression: false }, owner());
    const plain = await connect('ocpp2.0.1');
    expect(plain.extensions).toBe('');
    plain.terminate();
  });

  it.each(['PowerUp', 'Watchdog', 'RemoteReset', 'FirmwareUpdate', 'Triggered', 'Unknown', 'nonsense'])(
    'boots for the reason %s',
    async (reason) => {
      const chargingStation = { vendorName: 'x', model: 'y' };
      expect(await station.call('BootNotification', { reason, chargingStation })).toEqual({
        ...{ status: 'Accepted', currentTime: expect.any(String), interval: 300 },
      });
    },
  );

  it.each([
    [WORKER, 'ISO14443', 'Accepted'],
    [WORKER.toLowerCase(), 'ISO15693', 'Accepted'],
    ['EXPIRED', 'KeyCode', 'Expired'],
    ['BLOCKED', 'Local', 'Blocked'],
    ['STRANGER', 'MacAddress', 'Unknown'],
    ['', 'NoAuthorization', 'Unknown'],
  ])('shows the token %s of type %s: %s', async (card, type, status) => {
    expect(await station.authorize(card, type)).toBe(status);
  });

  it('gets idTokenInfo for events with a token alone', async () => {
    const transactionId = 'a1';
    expect(await station.event({ type: 'Started', seqNo: 0, transactionId, wh: 5, more: EVSE })).toEqual({});
    const shown = { type: 'Updated', seqNo: 1, transactionId, card: WORKER, triggerReason: 'Authorized' } as const;
    expect(await station.event(shown)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    const info = { stoppedReason: 'Local' };
    expect(await station.event({ type: 'Ended', seqNo: 2, transactionId, wh: 905, info })).toEqual({});
    expect(await published('completed')).toMatchObject([{ meter_wh: 905 }]);
  });

  it('sends the events of an offline time in any order, twice, with a gap that comes later', async () => {
    const transactionId = 'a2';
    const at = (minute: number): string => new Date(Date.now() - (120 - minute) * 60_000).toISOString();
    const offline = { offline: true, ...EVSE };
    const event = (type: 'Started' | 'Updated' | 'Ended', seqNo: number, wh: number, more = {}) =>
      station.event({ ...{ type, seqNo, transactionId, wh, timestamp: at(seqNo * 10), more: offline }, ...more });
    await event('Ended', 4, 4000, { info: { stoppedReason: 'EVDisconnected' } });
    await event('Updated', 3, 3000);
    await event('Started', 0, 0, { card: WORKER });
    await event('Started', 0, 0, { card: WORKER });
    await event('Updated', 2, 2000);
    await event('Updated', 1, 1000);
    await event('Ended', 4, 4000, { info: { stoppedReason: 'EVDisconnected' } });
    expect(await published('started')).toHaveLength(1);
    expect(await published('completed')).toMatchObject([{ meter_wh: 4000 }]);
    const metered = (await published('metered')).map(({ meter_wh }) => Number(meter_wh));
    expect([...new Set(metered)].sort((a, b) => a - b)).toEqual(expect.arrayContaining([1000, 2000, 3000]));
  });

  it.each(['Started', 'Updated', 'Ended'] as const)('is answered to an event %s of nothing known', async (type) => {
    expect(await station.event({ type, seqNo: 7, transactionId: 'unknown' })).toEqual({});
    expect(await station.call('TransactionEvent', {})).toEqual({});
  });

  it.each([
    ['Accepted', 'accepted'],
    ['RebootRequired', 'accepted'],
    ['Rejected', 'rejected'],
    ['UnknownComponent', 'rejected'],
    ['UnknownVariable', 'rejected'],
    ['NotSupportedAttributeType', 'rejected'],
  ])('answers SetVariables with %s: it is %s', async (attributeStatus, state) => {
    station.charger.answers.set('SetVariables', ({ setVariableData }) => {
      const [asked] = setVariableData as { component: object; variable: object }[];
      return { setVariableResult: [{ attributeStatus, component: asked?.component, variable: asked?.variable }] };
    });
    const command = await settled({ type: 'configure', key: 'OCPPCommCtrlr.HeartbeatInterval', value: '30' });
    expect(command).toMatchObject({ state, status: attributeStatus });
  });

  it.each(['UnknownComponent', 'UnknownVariable', 'Rejected'])(
    'answers GetVariables with %s',
    async (attributeStatus) => {
      station.charger.answers.set('GetVariables', ({ getVariableData }) => {
        const [asked] = getVariableData as { component: object; variable: object }[];
        return { getVariableResult: [{ attributeStatus, component: asked?.component, variable: asked?.variable }] };
      });
      const command = await settled({ type: 'read_configuration', key: 'NoSuchCtrlr.Nothing' });
      expect(['accepted', 'rejected']).toContain(command.state);
      const { settings } = await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner());
      expect(settings.filter(({ value }) => value !== null)).toEqual([]);
    },
  );

  it('reports in parts that come in another order', async () => {
    station.charger.answers.set('GetBaseReport', () => ({ status: 'Accepted' }));
    const { id: requestId } = await settled({ type: 'read_configuration' });
    const part = (seqNo: number, name: string, tbc: boolean) =>
      station.call('NotifyReport', {
        ...{ requestId, generatedAt: new Date().toISOString(), seqNo, tbc },
        reportData: [
          {
            ...{ component: { name: 'OCPPCommCtrlr' }, variable: { name } },
            variableAttribute: [{ type: 'Actual', value: String(seqNo), mutability: 'ReadOnly' }],
          },
        ],
      });
    expect(await part(1, 'HeartbeatInterval', true)).toEqual({});
    expect(await part(0, 'RetryBackOffRandomRange', true)).toEqual({});
    expect(await part(2, 'OfflineThreshold', false)).toEqual({});
    const { settings } = await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner());
    expect(settings.map(({ key, value, readonly }) => [key, value, readonly])).toEqual([
      ['OCPPCommCtrlr.HeartbeatInterval', '1', true],
      ['OCPPCommCtrlr.OfflineThreshold', '2', true],
      ['OCPPCommCtrlr.RetryBackOffRandomRange', '0', true],
    ]);
  });

  it.each<[Omit<SendCommand, 'id'>, string, string, string]>([
    [{ type: 'availability', connector: 1, available: false }, 'ChangeAvailability', 'Scheduled', 'accepted'],
    [{ type: 'clear_cache' }, 'ClearCache', 'Accepted', 'accepted'],
    [{ type: 'reset' }, 'Reset', 'Scheduled', 'accepted'],
    [{ type: 'unlock', connector: 1 }, 'UnlockConnector', 'OngoingAuthorizedTransaction', 'rejected'],
    [{ type: 'unlock', connector: 9 }, 'UnlockConnector', 'UnknownConnector', 'rejected'],
    [{ type: 'trigger', message: 'Heartbeat' }, 'TriggerMessage', 'NotImplemented', 'rejected'],
    [{ type: 'start', connector: 1 }, 'RequestStartTransaction', 'Rejected', 'rejected'],
  ])('answers %j, which is %s, by %s: it is %s', async (input, action, status, state) => {
    station.charger.answers.set(action, () => ({ status }));
    expect(await settled(input)).toMatchObject({ state, status });
  });
});
