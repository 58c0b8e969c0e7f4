import { randomUUID } from 'node:crypto';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { SimulatedStation, type StationEvent, until } from '@open-cpo/testing';
import { Sockets } from '../sockets/sockets';
import { CARDS, type Chargers, owner, startChargers, WORKFORCE } from '../test/chargers';
import { OverdueBegins } from './overdue-begins';

const WORKER = '04A2B1C6';
const COLLEAGUE = '04A2B1C7';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('sessions of chargers of OCPP 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let nextChargePoint = 100;
  let transactionId = '';

  const connect = () =>
    SimulatedStation.connect({ url: service.url, identity: charger.identity, password: charger.credential.password });

  beforeAll(async () => {
    service = await startChargers('charger_stations');
    CARDS.set(WORKER, 'known').set('0BAD', 'expired').set('DEAD', 'removed');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    transactionId = randomUUID();
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    station = await connect();
  });
  afterEach(() => station.terminate());

  const sessions = async () => (await service.published(charger)).filter(({ subject }) => /session/.test(subject));
  const names = async () => (await sessions()).map(({ subject }) => subject.split('.')[2]);
  const shown = () => service.bus.call(chargers.one, { id: charger.id }, owner());
  const evse = { evse: { id: 1, connectorId: 1 } };
  const send = (type: StationEvent['type'], seqNo: number, more: Partial<StationEvent> = {}) =>
    station.event({ type, seqNo, transactionId, ...more });
  const start = (more: Partial<StationEvent> = {}) =>
    send('Started', 0, { wh: 1000, card: WORKER, triggerReason: 'Authorized', more: evse, ...more });

  it('are published as those of 1.6: begin, readings and end', async () => {
    expect(await station.boot({ serialNumber: 'SN-7' })).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(await station.call('Heartbeat')).toEqual({ currentTime: expect.stringMatching(/^\d{4}-.*:\d\dZ$/) });
    expect(await station.authorize(' 04a2b1c6 ')).toBe('Accepted');
    expect(await start()).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(await send('Updated', 1, { wh: 1500 })).toEqual({});
    expect(await shown()).toMatchObject({ open_transactions: 1, protocol: 'ocpp2.0.1', serial_number: 'SN-7' });
    expect(await send('Ended', 2, { wh: 2500, info: { stoppedReason: 'EVDisconnected' } })).toEqual({});
    const [started, ...others] = await sessions();
    const session_id = started?.payload.session_id;
    expect(session_id).toMatch(new RegExp(`^ocpp\\.${charger.id}\\.\\d+$`));
    expect(started).toEqual({
      subject: 'charging.session.started',
      payload: {
        ...{ version: 1, session_id, charge_point_id: nextChargePoint, connector_number: 1, rfid: WORKER },
        ...{ payment: 'cash', meter_wh: 1000, time: expect.any(String) },
      },
    });
    const readings = others.map(({ subject, payload }) => [
      subject.split('.')[2],
      payload.session_id,
      payload.meter_wh,
    ]);
    expect(readings).toContainEqual(['metered', session_id, 1500]);
    expect(readings.at(-1)).toEqual(['completed', session_id, 2500]);
    expect(await shown()).toMatchObject({ open_transactions: 0 });
    const [row] = await service.db.query('select reason, remote_id from transactions where charger_id = $1', [
      charger.id,
    ]);
    expect(row).toEqual({ reason: 'EVDisconnected', remote_id: transactionId });
  });

  it('begin with the transaction when the vehicle was plugged in first, with the card that is shown later', async () => {
    const begin = minutesAgo(40);
    await send('Started', 0, { wh: 500, timestamp: begin, more: evse, info: { chargingState: 'EVConnected' } });
    expect(await sessions()).toEqual([]);
    await send('Updated', 1, { card: 'FFFF', triggerReason: 'Authorized', timestamp: minutesAgo(31) });
    expect(await sessions()).toEqual([]);
    expect(await send('Updated', 2, { card: WORKER, triggerReason: 'Authorized', timestamp: minutesAgo(30) })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    const [started] = await sessions();
    expect(started?.payload).toMatchObject({ time: begin, rfid: WORKER, meter_wh: 500, connector_number: 1 });
    await send('Ended', 3, { wh: 900, card: '0BAD', triggerReason: 'StopAuthorized' });
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 900 });
  });

  it('have the connector that is said later when the card was shown first', async () => {
    await send('Started', 0, { card: WORKER, triggerReason: 'Authorized' });
    expect(await sessions()).toEqual([]);
    await send('Updated', 1, { triggerReason: 'CablePluggedIn', more: { evse: { id: 2, connectorId: 2 } } });
    expect((await sessions())[0]?.payload).toMatchObject({ rfid: WORKER, connector_number: 202 });
  });

  it('are the same when the end comes before the begin, and a reading last', async () => {
    const begin = minutesAgo(30);
    await send('Ended', 3, { wh: 4000, timestamp: minutesAgo(1) });
    expect(await shown()).toMatchObject({ open_transactions: 0 });
    await send('Updated', 1, { card: WORKER, triggerReason: 'Authorized', timestamp: minutesAgo(29) });
    expect(await sessions()).toEqual([]);
    await send('Started', 0, { wh: 1000, timestamp: begin, more: evse });
    expect(await names()).toEqual(['started', 'metered', 'metered', 'completed']);
    await send('Updated', 2, { wh: 2000, timestamp: minutesAgo(15) });
    const all = await sessions();
    expect(all[0]?.payload).toMatchObject({ time: begin, meter_wh: 1000, rfid: WORKER });
    expect(all.at(-1)?.payload).toMatchObject({ meter_wh: 2000 });
  });

  it('are recognised by content: a repetition changes nothing, also one that says offline', async () => {
    const begin = { timestamp: minutesAgo(2) };
    await start(begin);
    expect(await start({ ...begin, more: { ...evse, offline: true } })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    const end = { wh: 2000, timestamp: minutesAgo(1) };
    for (let n = 0; n < 3; n += 1) await send('Ended', 1, end);
    await send('Ended', 1, { ...end, timestamp: minutesAgo(0), wh: 9000 });
    expect((await names()).filter((name) => name !== 'metered')).toEqual(['started', 'completed']);
  });

  it('keep their times when the charger was offline', async () => {
    await station.status(1, 'Available');
    const [begin, end] = [minutesAgo(3000), minutesAgo(2900)];
    await start({ timestamp: begin, more: { ...evse, offline: true } });
    await send('Ended', 1, { wh: 3000, timestamp: end, more: { offline: true } });
    const all = await sessions();
    expect([all[0]?.payload.time, all.at(-1)?.payload.time]).toEqual([begin, end]);
    const [row] = await service.db.query('select late from transactions where charger_id = $1', [charger.id]);
    expect(row).toEqual({ late: true });
  });

  it('of refused cards are not published, unless energy flows', async () => {
    for (const [card, status] of [
      ['0BAD', 'Expired'],
      ['DEAD', 'Blocked'],
      ['FFFF', 'Unknown'],
    ]) {
      transactionId = randomUUID();
      expect(await station.authorize(String(card))).toBe(status);
      expect(await start({ card })).toEqual({ idTokenInfo: { status } });
      await send('Ended', 1, { wh: 1000, triggerReason: 'Deauthorized' });
    }
    expect(await sessions()).toEqual([]);
    transactionId = randomUUID();
    await start({ card: 'FFFF' });
    await send('Ended', 1, { wh: 1600, info: { chargingState: 'Charging' } });
    expect(await names()).toEqual(['started', 'metered', 'metered', 'completed']);
  });

  it('may begin with any card, or none, where the policy is anybody', async () => {
    await service.bus.call(chargers.change, { id: charger.id, policy: 'anybody' }, owner());
    await service.service.app.get(Sockets).look();
    expect(await station.authorize('', 'NoAuthorization')).toBe('Accepted');
    await start({ card: undefined });
    expect(await sessions()).toEqual([]);
    await send('Updated', 1, { info: { chargingState: 'Charging' }, triggerReason: 'ChargingStateChanged' });
    transactionId = randomUUID();
    await start();
    expect((await sessions()).map(({ payload }) => [payload.rfid, payload.payment]).filter(([, how]) => how)).toEqual([
      [undefined, 'settled'],
      [WORKER, 'cash'],
    ]);
  });

  it('begin with cards that were known a day ago while workforce is not available', async () => {
    await station.authorize(WORKER);
    WORKFORCE.available = false;
    try {
      expect(await station.authorize('FFFF')).toBe('Invalid');
      expect(await start()).toEqual({ idTokenInfo: { status: 'Accepted' } });
    } finally {
      WORKFORCE.available = true;
    }
    expect(await names()).toContain('started');
  });

  it('have the readings of MeterValues of their EVSE, and others are answered', async () => {
    const value = (wh: number) => [{ timestamp: minutesAgo(0), sampledValue: [{ value: wh }] }];
    expect(await station.call('MeterValues', { evseId: 1, meterValue: value(10) })).toEqual({});
    await start();
    expect(await station.call('MeterValues', { evseId: 1, meterValue: value(1200) })).toEqual({});
    expect(await station.call('MeterValues', { evseId: 0, meterValue: value(999_999) })).toEqual({});
    expect((await sessions()).map(({ payload }) => payload.meter_wh)).toEqual([1000, 1000, 1200]);
  });

  it('keep signed values word for word', async () => {
    const signedMeterValue = {
      ...{ signedMeterData: 'T0NNRnx7fQ==', signingMethod: 'ECDSA-secp256r1-SHA256' },
      ...{ encodingMethod: 'OCMF', publicKey: 'MFkw' },
    };
    const sampledValue = [{ value: 2.5, unitOfMeasure: { unit: 'kWh' }, signedMeterValue, context: 'Transaction.End' }];
    await start();
    await send('Ended', 1, { more: { meterValue: [{ timestamp: minutesAgo(0), sampledValue }] } });
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 2500 });
    const [row] = await service.db.query('select signed from transaction_events where signed is not null');
    expect(JSON.parse(String(row?.signed))).toEqual([
      expect.objectContaining({ value: signedMeterValue, context: 'Transaction.End' }),
    ]);
  });

  it('never get an error: an event that cannot be handled is answered and kept', async () => {
    expect(await station.call('TransactionEvent', {})).toEqual({});
    expect(await station.call('TransactionEvent', { transactionInfo: 7, seqNo: 'x', idToken: [], evse: 'a' })).toEqual(
      {},
    );
    const odd = { transactionInfo: { transactionId: '\u0000\ud800' }, eventType: 'Begun', idToken: { idToken: 'F' } };
    expect(await station.call('TransactionEvent', odd)).toEqual({ idTokenInfo: { status: 'Unknown' } });
    const kept = await service.db.query('select action from kept_messages where charger_id = $1', [charger.id]);
    expect(kept).toHaveLength(2);
  });

  it('are answered also when their events are nested too deeply to be kept', async () => {
    const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const depth of [500, 5000, 50_000]) {
      const payload = `{"timestamp":${deep(depth)},"idToken":{"idToken":${deep(depth)}},"transactionInfo":{"transactionId":"d"}}`;
      station.charger.send(`[2,"a${depth}","TransactionEvent",${payload}]`);
      const signed = `{"meterValue":[{"sampledValue":[{"value":1,"signedMeterValue":{"a":${deep(depth)}}}]}]}`;
      station.charger.send(`[2,"b${depth}","TransactionEvent",${signed}]`);
    }
    expect(await station.call('Heartbeat')).toEqual({ currentTime: expect.any(String) });
    await start();
    expect(await names()).toContain('started');
  });

  it('are those of their charger alone, also where another one has the same transaction id', async () => {
    await service.chargePoint(nextChargePoint + 5000);
    const neighbour = await service.make(nextChargePoint + 5000);
    const { identity, credential } = neighbour;
    const other = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    await start();
    await other.event({ type: 'Ended', seqNo: 1, transactionId, wh: 9000 });
    await other.event({ type: 'Started', seqNo: 0, transactionId, wh: 8000, card: WORKER, more: evse });
    expect(await shown()).toMatchObject({ open_transactions: 1 });
    await send('Ended', 1, { wh: 1100 });
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 1100 });
    const theirs = (await service.published(neighbour, 'completed')).map(({ payload }) => payload.meter_wh);
    expect(theirs).toEqual([9000]);
    other.terminate();
  });

  it('of a clock that was never set begin when they are received, and keep their length', async () => {
    await start({ timestamp: '1970-01-01T00:10:00Z' });
    await send('Updated', 1, { wh: 1100, timestamp: '1970-01-01T00:10:00Z' });
    const all = await sessions();
    expect(Math.abs(Date.now() - Date.parse(String(all[0]?.payload.time)))).toBeLessThan(60_000);
    expect(new Set(all.map(({ payload }) => payload.time)).size).toBe(1);
  });

  it('whose begin does not come begin with the first event that did, a day after the end', async () => {
    const first = minutesAgo(20);
    await send('Updated', 4, { wh: 1000, card: WORKER, timestamp: first, more: evse });
    await send('Ended', 6, { wh: 3000, timestamp: minutesAgo(1) });
    const overdue = service.service.app.get(OverdueBegins);
    await overdue.run();
    expect(await sessions()).toEqual([]);
    await service.db.query(`update transactions set stop_received_at = now() - interval '25 hours'
      where charger_id = ${charger.id}`);
    await overdue.run();
    const all = await sessions();
    expect(all[0]?.payload).toMatchObject({ time: first, rfid: WORKER });
    expect(all.at(-1)?.payload).toMatchObject({ meter_wh: 3000 });
  });

  it('are others when a charger uses an id again', async () => {
    transactionId = '1';
    await start({ timestamp: minutesAgo(50) });
    await send('Ended', 1, { wh: 1500, timestamp: minutesAgo(40) });
    await start({ wh: 1500, timestamp: minutesAgo(30) });
    await send('Ended', 1, { wh: 2500, timestamp: minutesAgo(20) });
    const ids = (await sessions()).map(({ payload }) => payload.session_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('are others when an id is reused before the end of the first has come', async () => {
    CARDS.set(COLLEAGUE, 'known');
    transactionId = '1';
    const first = { wh: 1000, timestamp: minutesAgo(120), info: { chargingState: 'Charging' } };
    await start(first);
    await send('Updated', 1, { wh: 1400, timestamp: minutesAgo(110) });
    await service.db.query(`update transactions set stop_reason = 'limit' where charger_id = ${charger.id}`);
    await service.db.query(
      `insert into commands (account_id, charger_id, type, request, state, transaction_id, created_at, expires_at)
       select 1, charger_id, 'stop', '{}', 'queued', id, now() + interval '1 hour', now() + interval '2 hours'
       from transactions where charger_id = $1`,
      [charger.id],
    );
    station.terminate();
    station = await connect();
    const second = { wh: 1400, card: COLLEAGUE, timestamp: minutesAgo(60) };
    expect(await start(second)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    await start(first);
    await start(second);
    expect(await shown()).toMatchObject({ open_transactions: 1 });
    const stops = await service.db.query('select state from commands where charger_id = $1', [charger.id]);
    expect(stops).toEqual([{ state: 'failed' }]);
    await send('Ended', 1, { wh: 2000, timestamp: minutesAgo(50) });
    const published = async () =>
      (await sessions())
        .filter(({ subject }) => !subject.endsWith('metered'))
        .map(({ subject, payload }) => [subject.split('.')[2], payload.rfid ?? payload.session_id, payload.meter_wh]);
    const ids = (await sessions()).filter(({ payload }) => payload.rfid).map(({ payload }) => payload.session_id);
    const begun = [
      ['started', WORKER, 1000],
      ['started', COLLEAGUE, 1400],
    ];
    expect(await published()).toEqual([...begun, ['completed', ids[1], 2000]]);
    const [row] = await service.db.query(
      `select stop_reason, stopped_at is null as open from transactions where charger_id = $1 order by id limit 1`,
      [charger.id],
    );
    expect(row).toEqual({ stop_reason: 'limit', open: false });
    await send('Ended', 2, { wh: 1450, timestamp: minutesAgo(105) });
    expect(await published()).toEqual([...begun, ['completed', ids[1], 2000], ['completed', ids[0], 1450]]);
  });

  it('are others when an id is reused while it is open how the first began', async () => {
    transactionId = '2';
    await start({ card: undefined, timestamp: minutesAgo(44) });
    await send('Ended', 3, { wh: 1500, timestamp: minutesAgo(40) });
    await start({ wh: 1500, timestamp: minutesAgo(30) });
    await send('Ended', 1, { wh: 2500, timestamp: minutesAgo(20) });
    const ends = (await sessions()).filter(({ subject }) => subject.endsWith('completed'));
    expect(ends.map(({ payload }) => payload.meter_wh)).toEqual([2500]);
  });

  it('go on after a lost connection', async () => {
    await start();
    station.terminate();
    station = await connect();
    await station.status(1, 'Available');
    await send('Ended', 1, { wh: 1400 });
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 1400 });
    await until(async () => (await shown()).open_transactions === 0, 'the transaction to end');
  });
});
