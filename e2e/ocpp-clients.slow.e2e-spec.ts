import { resolve } from 'node:path';
import { unwrap } from '@open-cpo/client';
import { until } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the benchmark installs them, too
import { installOcppClients, requireFrom } from '../tools/ocpp-clients/install';
import { CARD, ownerWithCharger } from './owner-with-charger';

type Json = Record<string, unknown>;
type Answers = Readonly<Record<string, () => Json>>;

interface Access {
  readonly url: string;
  readonly identity: string;
  readonly password: string;
}

/** A connection that a library has made. */
interface Connected {
  call(action: string, payload: Json): Promise<Json>;
  close(): unknown;
}

/** How a charger is made of a library: `answers` to the calls of the server. */
type Library = (home: string, access: Access, answers: Answers) => Promise<Connected>;

interface RpcClient extends Connected {
  connect(): Promise<unknown>;
  handle(action: string, handler: () => Json): void;
  on(event: string, listener: (problem: unknown) => void): void;
}
interface TsClient {
  connect(url: string, headers: Json): void;
  on(event: string, listener: (request: unknown, answer: (response: Json) => void) => void): void;
  callRequest(action: string, payload: Json): Promise<Json>;
}
interface TsChargePoint {
  connect(): Promise<unknown>;
  sendRequest(sent: Json): { run(): Promise<{ unsafeCoerce(): Json }> };
  close(): void;
}

/** In its strict mode, which refuses responses and calls that its own schemas do not allow. */
const ocppRpc =
  (protocol: string): Library =>
  async (home, { url, identity, password }, answers) => {
    const { RPCClient } = requireFrom(home, 'ocpp-rpc') as { RPCClient: new (options: Json) => RpcClient };
    const options = { endpoint: url, identity, password, protocols: [protocol], strictMode: true, reconnect: false };
    const client = new RPCClient(options);
    for (const [action, answer] of Object.entries(answers)) client.handle(action, answer);
    await client.connect();
    return client;
  };

const ocppTs: Library = async (home, { url, identity, password }, answers) => {
  const { OcppClient } = requireFrom(home, 'ocpp-ts') as { OcppClient: new (identity: string) => TsClient };
  const client = new OcppClient(identity);
  for (const [action, answer] of Object.entries(answers)) client.on(action, (_, done) => done(answer()));
  const connected = new Promise<unknown>((done, failed) => {
    client.on('connect', () => done(undefined));
    client.on('error', failed);
  });
  const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
  client.connect(`${url}/`, { Authorization: authorization });
  await connected;
  return {
    call: (action, payload) => client.callRequest(action, payload),
    close: () => (client as unknown as { connection: { socket: { close(): void } } }).connection.socket.close(),
  };
};

const tsOcpp: Library = async (home, { url, identity, password }, answers) => {
  const { ChargePoint } = requireFrom(home, '@voltbras/ts-ocpp') as {
    ChargePoint: new (id: string, handler: (request: Json) => Json, url: string) => TsChargePoint;
  };
  const handle = ({ action, ocppVersion }: Json): Json => ({ action, ocppVersion, ...answers[String(action)]?.() });
  // It has no option for credentials: they are in the URL.
  const point = new ChargePoint(identity, handle, url.replace('://', `://${identity}:${password}@`));
  await point.connect();
  return {
    call: async (action, payload) =>
      (await point.sendRequest({ action, ocppVersion: 'v1.6-json', payload }).run()).unsafeCoerce(),
    close: () => point.close(),
  };
};

const LIBRARIES: Readonly<Record<string, Library>> = {
  'ocpp-rpc': ocppRpc('ocpp1.6'),
  'ocpp-ts': ocppTs,
  '@voltbras/ts-ocpp': tsOcpp,
};

const HALF_AN_HOUR_MS = 30 * 60_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

describe('client libraries that others wrote', () => {
  let home: string;
  beforeAll(async () => (home = await installOcppClients(resolve(__dirname, '..'))));

  const priced = (owner: Awaited<ReturnType<typeof ownerWithCharger>>) =>
    until(async () => {
      const [order, ...others] = await owner.orders();
      expect(others).toEqual([]);
      return order?.status === 1 ? order : undefined;
    }, 'the order to be complete');

  it.each(Object.entries(LIBRARIES))('have a session that becomes a priced order, and obey: %s', async (_, library) => {
    const owner = await ownerWithCharger();
    const charger = await library(home, owner.access, { ChangeAvailability: () => ({ status: 'Accepted' }) });
    const boot = { chargePointVendor: 'Others', chargePointModel: 'Library' };
    expect(await charger.call('BootNotification', boot)).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(await charger.call('Heartbeat', {})).toEqual({ currentTime: expect.any(String) });
    for (const connectorId of [0, 1]) {
      const status = { connectorId, status: 'Available', errorCode: 'NoError' };
      expect(await charger.call('StatusNotification', status)).toEqual({});
    }
    expect(await charger.call('Authorize', { idTag: CARD })).toEqual({ idTagInfo: { status: 'Accepted' } });
    const begin = { connectorId: 1, idTag: CARD, meterStart: 1000, timestamp: ago(HALF_AN_HOUR_MS) };
    const { transactionId } = await charger.call('StartTransaction', begin);
    const meterValue = [{ timestamp: ago(HALF_AN_HOUR_MS / 2), sampledValue: [{ value: '2500' }] }];
    expect(await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue })).toEqual({});
    const end = { transactionId, meterStop: 4000, timestamp: ago(0), reason: 'Local' };
    expect(await charger.call('StopTransaction', end)).toEqual({});
    expect(await priced(owner)).toMatchObject({ charging_session_energy: '3.0000' });
    expect(await charger.call('DataTransfer', { vendorId: 'x' })).toEqual({ status: 'UnknownVendorId' });

    const params = { path: { id: owner.id } };
    const body = { type: 'availability', connector: 1, available: false } as const;
    const { results } = await unwrap(owner.client.POST('/api/chargers/{id}/commands', { params, body }));
    const path = { id: owner.id, command_id: results.id };
    const state = async () =>
      (await unwrap(owner.client.GET('/api/chargers/{id}/commands/{command_id}', { params: { path } }))).results.state;
    await until(async () => (await state()) === 'accepted', 'the command to be accepted');
    charger.close();
  });

  it('have a session of OCPP 2.0.1 that becomes a priced order: ocpp-rpc', async () => {
    const owner = await ownerWithCharger();
    const charger = await ocppRpc('ocpp2.0.1')(home, owner.access, {});
    const chargingStation = { vendorName: 'Others', model: 'Library' };
    const booted = await charger.call('BootNotification', { reason: 'PowerUp', chargingStation });
    expect(booted).toMatchObject({ status: 'Accepted', interval: 300 });
    const status = { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: ago(0) };
    expect(await charger.call('StatusNotification', status)).toEqual({});
    const idToken = { idToken: CARD, type: 'ISO14443' };
    expect(await charger.call('Authorize', { idToken })).toMatchObject({ idTokenInfo: { status: 'Accepted' } });
    const events = [
      ['Started', 'Authorized', 2, 1000],
      ['Updated', 'MeterValuePeriodic', 1, 2500],
      ['Ended', 'EVDeparted', 0, 4000],
    ] as const;
    for (const [seqNo, [eventType, triggerReason, halves, value]] of events.entries()) {
      const timestamp = ago((halves * HALF_AN_HOUR_MS) / 2);
      const meterValue = [{ timestamp, sampledValue: [{ value, unitOfMeasure: { unit: 'Wh' } }] }];
      const event = { eventType, timestamp, triggerReason, seqNo, transactionInfo: { transactionId: 'library-1' } };
      const begin = seqNo === 0 ? { idToken, evse: { id: 1, connectorId: 1 } } : {};
      await charger.call('TransactionEvent', { ...event, ...begin, meterValue });
    }
    expect(await priced(owner)).toMatchObject({ charging_session_energy: '3.0000' });
    charger.close();
  });
});
