import { type ChargerSession, chargerSessions, type NewCharger, type StartChargerSession } from '@open-cpo/contracts';
import { SimulatedStation, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';

const ACCEPTED = () => ({ status: 'Accepted' });
const WORKER = '04A2B1C6';
const PAID = {
  connector: 1,
  payment: 'electronic',
  unit: 'energy',
  requested_quantity: '12.5',
  driver_id: 42,
} as const;

describe('sessions that are asked for over OCPP 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let chargePointId = 750;

  beforeAll(async () => {
    service = await startChargers('charger_requests_201', { CHARGERS_PAYMENT_ACCOUNTS: '1' });
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());

  const ask = (input: Omit<StartChargerSession, 'id'>): Promise<ChargerSession> =>
    service.bus.call(chargerSessions.start, { id: charger.id, ...input }, owner());
  const seen = ({ id }: ChargerSession): Promise<ChargerSession> =>
    service.bus.call(chargerSessions.one, { id: charger.id, request_id: id }, owner());
  const begins = async () => (await service.published(charger, 'session.started')).map(({ payload }) => payload);

  let station: SimulatedStation;
  beforeEach(async () => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
    const { identity, credential } = charger;
    station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    station.charger.answers.set('RequestStartTransaction', ACCEPTED);
  });
  afterEach(() => station.terminate());

  const evse = { evse: { id: 1, connectorId: 1 } };
  const tagOf = async (): Promise<string> => {
    const called = () => station.charger.calls.find(({ action }) => action === 'RequestStartTransaction');
    const { payload } = await until(async () => called(), 'the call');
    return (payload.idToken as { idToken: string }).idToken;
  };

  it('begin with what was asked for, in any order of their events', async () => {
    const asked = await ask({ ...PAID, payment: 'cash', rfid: WORKER });
    const card = await tagOf();
    const transactionId = `remote-${charger.id}`;
    const more = { transactionId, card };
    const accepted = { idTokenInfo: { status: 'Accepted' } };
    const update = { type: 'Updated', seqNo: 1, triggerReason: 'RemoteStart', wh: 1100 } as const;
    expect(await station.event({ ...more, ...update })).toEqual(accepted);
    const start = { type: 'Started', seqNo: 0, wh: 1000, triggerReason: 'CablePluggedIn', more: evse } as const;
    await station.event({ ...start, transactionId, timestamp: new Date(Date.now() - 1000).toISOString() });
    expect(await begins()).toMatchObject([
      { payment: 'cash', rfid: WORKER, unit: 'energy', requested_quantity: '12.5', driver_id: 42, meter_wh: 1000 },
    ]);
    const [begin] = await begins();
    expect(await seen(asked)).toMatchObject({ state: 'started', session_id: begin?.session_id });
    expect(await station.event({ ...more, type: 'Ended', seqNo: 2, wh: 2000 })).toEqual(accepted);
    expect((await seen(asked)).state).toBe('ended');
    // The tag is for one start.
    const again = { transactionId: `${transactionId}-2`, card, type: 'Started', seqNo: 0, wh: 2000 } as const;
    expect(await station.event({ ...again, triggerReason: 'Authorized', more: evse })).not.toEqual(accepted);
    expect(await begins()).toHaveLength(1);
  });

  it('begin where the charger names the start by its id alone, once', async () => {
    const asked = await ask(PAID);
    await tagOf();
    const info = { remoteStartId: asked.id };
    const remote = { triggerReason: 'RemoteStart', info, more: evse } as const;
    const transactionId = `named-${charger.id}`;
    const foreign = { ...remote, info: { remoteStartId: asked.id + 100_000 } };
    await station.event({ type: 'Started', seqNo: 0, transactionId: `${transactionId}-0`, wh: 10, ...foreign });
    expect((await seen(asked)).state).not.toBe('started');
    await station.event({ type: 'Started', seqNo: 0, transactionId, wh: 10, ...remote });
    await station.event({ type: 'Updated', seqNo: 1, transactionId, wh: 100, info });
    const [begin, ...others] = await begins();
    expect(begin).toMatchObject({ payment: 'electronic', driver_id: 42, requested_quantity: '12.5', meter_wh: 10 });
    expect(others).toEqual([]);
    expect(await seen(asked)).toMatchObject({ state: 'started', session_id: begin?.session_id });
    await station.event({ type: 'Ended', seqNo: 2, transactionId, wh: 200, info });
    expect((await seen(asked)).state).toBe('ended');
    await station.event({ type: 'Started', seqNo: 0, transactionId: `${transactionId}-2`, wh: 200, ...remote });
    expect(await begins()).toHaveLength(1);
  });

  it('are refused while it is open how the one before begins', async () => {
    await ask(PAID);
    const card = await tagOf();
    const more = { transactionId: `open-${charger.id}`, card };
    // Without its EVSE.
    await station.event({ ...more, type: 'Started', seqNo: 0, wh: 10, triggerReason: 'RemoteStart' });
    expect(await begins()).toEqual([]);
    await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
    await station.event({ ...more, type: 'Updated', seqNo: 1, more: evse });
    expect(await begins()).toHaveLength(1);
    await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
    await station.status(1, 'Available');
    expect(await ask(PAID)).toMatchObject({ state: 'requested' });
  });

  it('authorise a vehicle that was plugged in before', async () => {
    const transactionId = `plugged-${charger.id}`;
    await station.event({ type: 'Started', seqNo: 0, transactionId, wh: 10, more: evse });
    await station.status(1, 'Occupied');
    const asked = await ask(PAID);
    const card = await tagOf();
    await station.event({ type: 'Updated', seqNo: 1, transactionId, card, triggerReason: 'RemoteStart' });
    expect(await begins()).toMatchObject([{ payment: 'electronic', driver_id: 42, meter_wh: 10 }]);
    expect((await seen(asked)).state).toBe('started');
  });
});
