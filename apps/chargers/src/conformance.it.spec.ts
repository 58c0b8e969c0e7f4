import { once } from 'node:events';
import { connect } from 'node:net';
import {
  type ChargerCommand,
  chargerCommands,
  chargerReservations,
  type NewCharger,
  type SendCommand,
} from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { WebSocket } from 'ws';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
const OTHER = '04FFEE01';
const ACCEPTED = () => ({ status: 'Accepted' });
const iso = (ms = Date.now()): string => new Date(ms).toISOString();

/** What tools that test central systems try, as a charger of OCPP 1.6. */
describe('a conformance tool', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let chargePointId = 1200;

  beforeAll(async () => {
    service = await startChargers('charger_conformance');
    CARDS.set(WORKER, 'known').set(OTHER, 'known').set('EXPIRED', 'expired').set('BLOCKED', 'removed');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const raw = async (text: string | Buffer, options: { binary?: boolean } = {}): Promise<unknown[]> => {
    const answer = once(socket.socket, 'message');
    socket.socket.send(text, options);
    return JSON.parse(String((await answer)[0])) as unknown[];
  };
  const send = (input: Omit<SendCommand, 'id'>): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.send, { id: charger.id, ...input }, owner());
  const settled = ({ id: command_id }: ChargerCommand): Promise<ChargerCommand> =>
    until(async () => {
      const one = await service.bus.call(chargerCommands.one, { id: charger.id, command_id }, owner());
      return ['queued', 'sent'].includes(one.state) ? undefined : one;
    }, 'the command to be settled');
  const names = async () =>
    (await service.published(charger)).map(({ subject }) => subject.split('.').slice(1, 3).join('.'));
  const ends = async () => (await service.published(charger, 'session.completed')).map(({ payload }) => payload);

  describe('over the connection', () => {
    it.each([
      ['a byte order mark', '\ufeff[2,"1","Heartbeat",{}]'],
      ['zeros at the end', '[2,"1","Heartbeat",{}]\u0000\u0000'],
      ['line breaks', ' \r\n[2,\t"1",\n"Heartbeat",{}]\r\n'],
      ['no payload', '[2,"1","Heartbeat"]'],
      ['null as payload', '[2,"1","Heartbeat",null]'],
      ['a part too much', '[2,"1","Heartbeat",{},{}]'],
      ['a type as text', '["2","1","Heartbeat",{}]'],
      ['unknown fields', '[2,"1","Heartbeat",{"customData":{"vendorId":"x"}}]'],
    ])('answers a message with %s', async (_, text) => {
      expect(await raw(text)).toEqual([3, '1', { currentTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/) }]);
    });

    it('takes text in binary frames, in fragments, and of 200 KiB', async () => {
      expect((await raw(Buffer.from('[2,"1","Heartbeat",{}]'), { binary: true }))[0]).toBe(3);
      const answer = once(socket.socket, 'message');
      socket.socket.send('[2,"2","Heart', { fin: false });
      socket.socket.send('beat"', { fin: false });
      socket.socket.send(',{}]', { fin: true });
      expect(JSON.parse(String((await answer)[0]))).toMatchObject([3, '2', {}]);
      const data = 'x'.repeat(200 * 1024);
      expect(await raw(JSON.stringify([2, '3', 'DataTransfer', { vendorId: 'x', data }]))).toEqual([
        ...[3, '3'],
        { status: 'UnknownVendorId' },
      ]);
    });

    it('answers pings with their payload, and closes as it is closed', async () => {
      const pong = once(socket.socket, 'pong');
      socket.socket.ping('are you there');
      expect(String((await pong)[0])).toBe('are you there');
      socket.socket.close(4000, 'done');
      expect(await socket.closed).toMatchObject({ code: 4000 });
    });

    it('ends a message that is too large with 1009, and one that is no text with 1007', async () => {
      socket.send('x'.repeat(256 * 1024 + 1));
      expect(await socket.closed).toMatchObject({ code: 1009 });
      socket = await service.connect(charger);
      socket.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      expect(await socket.closed).toMatchObject({ code: 1007 });
    });

    it('completes the handshake without a subprotocol where it speaks none of those offered, and closes', async () => {
      const { port } = new URL(service.url.replace('ws', 'http'));
      const { identity, password } = charger.credential;
      const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
      const answered = await new Promise<string>((resolve) => {
        const asked = connect(Number(port), '127.0.0.1');
        const lines = [`GET /ocpp/${identity} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
        lines.push('Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==');
        lines.push('Sec-WebSocket-Protocol: ocpp1.5, ocpp2.1', `Authorization: ${authorization}`, '', '');
        asked.write(lines.join('\r\n'));
        let bytes = '';
        asked.setEncoding('latin1').on('data', (data: string) => {
          bytes += data;
          const frame = bytes.indexOf('\r\n\r\n') + 4;
          if (frame <= 3 || bytes.length < frame + 4) return;
          asked.destroy();
          resolve(bytes);
        });
      });
      expect(answered).toMatch(/^HTTP\/1.1 101 /);
      expect(answered).not.toMatch(/sec-websocket-protocol/i);
      // A close frame with the code 1002.
      const frame = answered.slice(answered.indexOf('\r\n\r\n') + 4);
      expect([0, 2, 3].map((n) => frame.charCodeAt(n))).toEqual([0x88, 1002 >> 8, 1002 & 255]);
      // The connection of the charger goes on.
      expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
    });

    it.each(['ocpp1.6, ocpp1.5', 'OCPP1.6', 'ocpp1.5,ocpp1.6', 'soap, ocpp1.6'])(
      'speaks 1.6 with %s',
      async (offered) => {
        const other = await service.connect(charger, { protocols: offered.split(/, ?/) });
        expect(other.socket.protocol.toLowerCase()).toBe('ocpp1.6');
        other.terminate();
      },
    );

    it.each(['?token=1', '/', '?'])('is found by its address with %s behind it', async (tail) => {
      const { identity, password } = charger.credential;
      const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
      const other = new WebSocket(`${service.url}/${identity}${tail}`, ['ocpp1.6'], { headers: { authorization } });
      await once(other, 'open');
      other.terminate();
    });
  });

  describe('with messages that are not as they should be', () => {
    it.each([
      ['an unknown action', '[2,"1","Fly",{}]', [4, '1', 'NotImplemented']],
      ['an action in other letters', '[2,"1","bootnotification",{}]', [4, '1', 'NotImplemented']],
      ['a command of the central system', '[2,"1","RemoteStartTransaction",{"idTag":"x"}]', [4, '1', 'NotSupported']],
      ['no array', '{"action":"Heartbeat"}', [4, '-1', 'FormationViolation']],
      ['an unknown type', '[5,"1","Heartbeat",{}]', [4, '1', 'FormationViolation']],
      ['a list as payload', '[2,"1","BootNotification",[]]', [4, '1', 'FormationViolation']],
      ['no JSON', '[2,"1","Heartbeat",{', [4, '-1', 'FormationViolation']],
    ])('answers %s by a CALLERROR, and goes on', async (_, text, start) => {
      const answered = await raw(text);
      expect(answered.slice(0, 3)).toEqual(start);
      expect(answered).toHaveLength(5);
      expect(answered[4]).toEqual({});
      expect(await socket.call('Heartbeat')).toHaveProperty('currentTime');
    });

    it('passes over answers to calls that it never made', async () => {
      socket.send('[3,"nothing",{"status":"Accepted"}]');
      socket.send('[4,"nothing","GenericError","",{}]');
      socket.send('[3,"nothing",null]');
      expect(await socket.call('Heartbeat')).toHaveProperty('currentTime');
    });

    it('answers each of two calls with one id, and ids of 36 characters and numbers', async () => {
      for (const id of ['1', '1', 'x'.repeat(36), '{']) {
        expect((await raw(JSON.stringify([2, id, 'Heartbeat', {}])))[1]).toBe(id);
      }
      expect((await raw('[2,17,"Heartbeat",{}]'))[1]).toBe('17');
    });

    it('answers a queue that is sent without waiting, in its order', async () => {
      const ids: string[] = [];
      socket.socket.on('message', (data: Buffer) => ids.push((JSON.parse(String(data)) as string[])[1] ?? ''));
      for (let n = 0; n < 40; n += 1) socket.send(JSON.stringify([2, `n${n}`, 'Heartbeat', {}]));
      await until(async () => ids.length === 40, 'the answers');
      expect(ids).toEqual(Array.from({ length: 40 }, (_, n) => `n${n}`));
    });
  });

  describe('with the messages of a charger', () => {
    it('boots as often as it likes, also in a session, which goes on', async () => {
      expect(await socket.boot()).toEqual({ status: 'Accepted', currentTime: expect.any(String), interval: 300 });
      const { id } = await socket.start({ idTag: WORKER, meterStart: 100 });
      expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
      await socket.status(1, 'Available');
      await socket.meter(id, 500);
      await socket.stop(id, 700, { reason: 'PowerLoss' });
      expect(await ends()).toMatchObject([{ meter_wh: 700 }]);
    });

    it('is served before it has booted', async () => {
      expect(await socket.call('Authorize', { idTag: WORKER })).toEqual({ idTagInfo: { status: 'Accepted' } });
      expect(await socket.status(1, 'Available')).toEqual({});
      expect((await socket.start({ idTag: WORKER })).status).toBe('Accepted');
    });

    it.each([
      ['EXPIRED', 'Expired'],
      ['BLOCKED', 'Blocked'],
      ['STRANGER', 'Invalid'],
    ])('shows the card %s, which is %s, also at the begin', async (idTag, status) => {
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status } });
      const begun = await socket.start({ idTag });
      expect(begun).toEqual({ id: expect.any(Number), status });
      expect(await socket.stop(begun.id, 0, { reason: 'DeAuthorized' })).toEqual({});
      expect(await names()).not.toContain('session.started');
    });

    it('stops with another card, or by itself', async () => {
      for (const more of [{ idTag: OTHER }, { idTag: 'STRANGER', reason: 'Other' }, { reason: 'EVDisconnected' }]) {
        const { id } = await socket.start({ idTag: WORKER, meterStart: 10 });
        const answer = await socket.stop(id, 20, more);
        expect(Object.keys(answer).filter((key) => key !== 'idTagInfo')).toEqual([]);
      }
      expect(await ends()).toHaveLength(3);
    });

    it('ends what has not begun, and names transactions that there are not', async () => {
      for (const transactionId of [0, -1, 2_147_483_647, 999_999_999, '77', null]) {
        const end = { transactionId, meterStop: 10, timestamp: iso(), reason: 'Local' };
        expect(await socket.call('StopTransaction', end)).toEqual({});
        const meterValue = [{ timestamp: iso(), sampledValue: [{ value: '1' }] }];
        expect(await socket.call('MeterValues', { connectorId: 1, transactionId, meterValue })).toEqual({});
      }
      expect(await ends()).toEqual([]);
    });

    it('reports all measurands, of which the energy counts', async () => {
      const { id } = await socket.start({ idTag: WORKER, meterStart: 1000 });
      const sample = (measurand: string, value: string, more = {}) => ({ measurand, value, ...more });
      const sampledValue = [
        sample('Current.Import', '16.1', { unit: 'A', phase: 'L1' }),
        sample('Voltage', '231', { unit: 'V', phase: 'L1-N' }),
        sample('Power.Active.Import', '7.2', { unit: 'kW' }),
        sample('Energy.Active.Import.Register', '1.5', { unit: 'kWh', context: 'Sample.Clock', location: 'Outlet' }),
        sample('Energy.Active.Export.Register', '9', { unit: 'kWh' }),
        sample('Temperature', '31', { unit: 'Celcius' }),
        sample('SoC', '64', { unit: 'Percent' }),
      ];
      const meterValue = [{ timestamp: iso(), sampledValue }];
      expect(await socket.call('MeterValues', { connectorId: 1, transactionId: id, meterValue })).toEqual({});
      const metered = (await service.published(charger, 'session.metered')).map(({ payload }) => payload);
      expect(metered.map(({ meter_wh }) => meter_wh)).toEqual([1500]);
    });

    it('was offline, and sends its queue in any order', async () => {
      const began = Date.now() - 3 * 3_600_000;
      await socket.status(1, 'Available');
      const { id } = await socket.start({ idTag: WORKER, meterStart: 100, timestamp: iso(began) });
      await socket.stop(id, 5100, { timestamp: iso(began + 3_600_000) });
      await socket.meter(id, 2000, iso(began + 600_000));
      await socket.meter(id, 4000, iso(began + 1_200_000));
      expect(await ends()).toMatchObject([{ meter_wh: 5100 }]);
      const times = (await service.published(charger, 'session.started')).map(({ payload }) => payload.time);
      expect(times.map((time) => Math.abs(Date.parse(String(time)) - began) < 1000)).toEqual([true]);
    });

    it('has a clock that jumps: heartbeats say the time, and sessions keep their length', async () => {
      const { currentTime } = (await socket.call('Heartbeat')) as { currentTime: string };
      expect(Math.abs(Date.parse(currentTime) - Date.now())).toBeLessThan(60_000);
      const { id } = await socket.start({ idTag: WORKER, meterStart: 0, timestamp: '2099-01-01T00:00:00Z' });
      await socket.stop(id, 10, { timestamp: '1970-01-01T00:00:01Z' });
      const [begin] = await service.published(charger, 'session.started');
      const [end] = await ends();
      expect(Date.parse(String(end?.time))).toBeGreaterThanOrEqual(Date.parse(String(begin?.payload.time)));
      expect(Date.parse(String(end?.time))).toBeLessThan(Date.now() + 60_000);
    });

    it.each([
      ['SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp: '2026-03-01T10:00:00Z' }, {}],
      ['LogStatusNotification', { status: 'Idle', requestId: 1 }, {}],
      ['SignedFirmwareStatusNotification', { status: 'Idle' }, {}],
      ['SignCertificate', { csr: 'x' }, { status: 'Rejected' }],
      ['DiagnosticsStatusNotification', { status: 'Idle' }, {}],
      ['FirmwareStatusNotification', { status: 'Idle' }, {}],
      ['DataTransfer', { vendorId: 'com.example', messageId: 'x', data: '{}' }, { status: 'UnknownVendorId' }],
    ])('sends %s', async (action, payload, response) => {
      expect(await socket.call(action, payload)).toEqual(response);
    });

    it.each([
      'Available',
      'Preparing',
      'Charging',
      'SuspendedEVSE',
      'SuspendedEV',
      'Finishing',
      'Reserved',
      'Unavailable',
      'Faulted',
    ])('is %s at a connector, and itself', async (status) => {
      expect(await socket.status(1, status)).toEqual({});
      expect(await socket.status(0, status)).toEqual({});
    });
  });

  describe('with commands to it', () => {
    it.each<[Omit<SendCommand, 'id'>, string, string, string]>([
      [{ type: 'availability', connector: 1, available: false }, 'ChangeAvailability', 'Scheduled', 'accepted'],
      [{ type: 'availability', available: true }, 'ChangeAvailability', 'Rejected', 'rejected'],
      [
        { type: 'configure', key: 'MeterValueSampleInterval', value: '30' },
        'ChangeConfiguration',
        'RebootRequired',
        'accepted',
      ],
      [{ type: 'configure', key: 'Unknown', value: '30' }, 'ChangeConfiguration', 'NotSupported', 'rejected'],
      [{ type: 'unlock', connector: 1 }, 'UnlockConnector', 'NotSupported', 'rejected'],
      [{ type: 'clear_cache' }, 'ClearCache', 'Accepted', 'accepted'],
      [{ type: 'clear_cache' }, 'ClearCache', 'Rejected', 'rejected'],
      [{ type: 'reset', hard: true }, 'Reset', 'Rejected', 'rejected'],
    ])('answers %j, which is %s, by %s: it is %s', async (input, action, status, state) => {
      socket.answers.set(action, () => ({ status }));
      expect(await settled(await send(input))).toMatchObject({ state, status });
    });

    it.each([
      'BootNotification',
      'DiagnosticsStatusNotification',
      'FirmwareStatusNotification',
      'Heartbeat',
      'MeterValues',
      'StatusNotification',
    ] as const)('is asked for %s, and sends it after its answer', async (message) => {
      socket.answers.set('TriggerMessage', ACCEPTED);
      expect(await settled(await send({ type: 'trigger', message, connector: 1 }))).toMatchObject({
        state: 'accepted',
      });
      expect(socket.calls.at(-1)?.payload).toEqual({ requestedMessage: message, connectorId: 1 });
    });

    it.each(['NotImplemented', 'GenericError', 'InternalError', 'Anything'])(
      'answers by the error %s',
      async (code) => {
        socket.answers.set('Reset', () => undefined);
        const command = await send({ type: 'reset' });
        const { id } = await until(async () => socket.calls[0], 'the call');
        socket.send(JSON.stringify([4, id, code, 'because', {}]));
        expect(await settled(command)).toMatchObject({ state: 'failed', error: `${code}: because` });
      },
    );

    it('is started at no connector 0, and not with a card of 21 characters', async () => {
      await expect(send({ type: 'start', connector: 0 })).rejects.toMatchObject({ code: 'validation_failed' });
      const rfid = 'A'.repeat(21);
      await expect(send({ type: 'start', connector: 1, rfid })).rejects.toMatchObject({ code: 'validation_failed' });
    });

    it('is reserved for a card: another one is refused there, and may start elsewhere', async () => {
      socket.answers.set('ReserveNow', ACCEPTED);
      const reserve = { id: charger.id, connector: 1, rfid: WORKER };
      const { id } = await service.bus.call(chargerReservations.reserve, reserve, owner());
      const state = async () =>
        (await service.bus.call(chargerReservations.one, { id: charger.id, reservation_id: id }, owner())).state;
      await until(async () => (await state()) === 'active', 'the reservation');
      await socket.status(1, 'Reserved');
      expect((await socket.start({ idTag: OTHER, connectorId: 1 })).status).toBe('Invalid');
      expect((await socket.start({ idTag: OTHER, connectorId: 2 })).status).toBe('Accepted');
      expect((await socket.start({ idTag: WORKER, connectorId: 1, reservationId: id })).status).toBe('Accepted');
      expect(await state()).toBe('used');
    });

    it('is restarted in a session, which it ends before it boots', async () => {
      socket.answers.set('Reset', ACCEPTED);
      const { id } = await socket.start({ idTag: WORKER, meterStart: 0 });
      const command = await settled(await send({ type: 'reset' }));
      await socket.stop(id, 20, { reason: 'SoftReset' });
      socket.terminate();
      socket = await service.connect(charger);
      await socket.boot();
      await until(async () => {
        const one = { id: charger.id, command_id: command.id };
        return (await service.bus.call(chargerCommands.one, one, owner())).effect === 'observed';
      }, 'the restart');
      expect(await ends()).toMatchObject([{ meter_wh: 20 }]);
    });
  });
});
