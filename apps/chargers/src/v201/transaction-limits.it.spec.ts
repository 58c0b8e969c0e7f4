import { randomUUID } from 'node:crypto';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { SimulatedStation, type StationEvent } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';
import { OverdueBegins } from './overdue-begins';
import { RemoteSessions } from './remote-sessions';
import { TransactionEventsRepository } from './transaction-events.repository';

const WORKER = '04A2B1C6';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('sessions of OCPP 2.0.1 at the limits of what is kept of them', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let nextChargePoint = 100;
  let transactionId = '';

  beforeAll(async () => {
    service = await startChargers('charger_limits201');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    transactionId = randomUUID();
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    const { identity, credential } = charger;
    station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
  });
  afterEach(() => station.terminate());

  const sessions = async () => (await service.published(charger)).filter(({ subject }) => /session/.test(subject));
  const names = async () => (await sessions()).map(({ subject }) => subject.split('.')[2]);
  const evse = { evse: { id: 1, connectorId: 1 } };
  const send = (type: StationEvent['type'], seqNo: number, more: Partial<StationEvent> = {}) =>
    station.event({ type, seqNo, transactionId, ...more });
  const start = (more: Partial<StationEvent> = {}) =>
    send('Started', 0, { wh: 1000, card: WORKER, triggerReason: 'Authorized', more: evse, ...more });

  /** Gives the transaction as many events as are kept of one, without a card. */
  const fill = (events: number) =>
    service.db.query(
      `insert into transaction_events (transaction_id, account_id, content_key, seq_no, type, at, offline, charging, readings)
       select id, account_id, decode(md5(n::text), 'hex'), n, 'Updated', now() - interval '30 minutes', false, false, '[]'
       from transactions, generate_series(1, $2::int) n where charger_id = $1`,
      [charger.id, events],
    );
  const kept = () =>
    service.db.query<{ reason: string; payload: string }>(
      `select reason, payload from kept_messages where charger_id = $1`,
      [charger.id],
    );

  it('begin after many readings without a card, of which not all are kept', async () => {
    await start({ card: undefined, triggerReason: 'CablePluggedIn', timestamp: minutesAgo(50) });
    await fill(5100);
    const events = async () => {
      const [row] = await service.db.query<{ n: number }>(
        `select count(*)::int as n from transaction_events e join transactions t on t.id = e.transaction_id
         where t.charger_id = $1`,
        [charger.id],
      );
      return row?.n;
    };
    await send('Updated', 5101, { wh: 1000 });
    expect(await events()).toBe(5101);
    expect(await sessions()).toEqual([]);
    await send('Updated', 5102, { card: WORKER, triggerReason: 'Authorized' });
    expect(await events()).toBe(5102);
    expect((await sessions())[0]?.payload).toMatchObject({ rfid: WORKER, meter_wh: 1000 });
  });

  it('begin and end also with events beyond those that are kept', async () => {
    await start({ card: undefined, triggerReason: 'CablePluggedIn', timestamp: minutesAgo(50) });
    await fill(5300);
    const card = { card: WORKER, triggerReason: 'Authorized', timestamp: minutesAgo(20) };
    expect(await send('Updated', 5301, card)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect((await sessions()).map(({ payload }) => [payload.rfid, payload.meter_wh])).toEqual([
      [WORKER, 1000],
      [undefined, 1000],
    ]);
    const end = { wh: 5000, timestamp: minutesAgo(1) };
    for (let n = 0; n < 2; n += 1) await send('Ended', 5302, end);
    expect((await names()).slice(2)).toEqual(['metered', 'completed']);
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 5000 });
    expect(await kept()).toHaveLength(2);
  });

  it('publish the readings of signed values beyond those that are kept', async () => {
    await start({ timestamp: minutesAgo(50) });
    await fill(5300);
    const signedMeterValue = {
      signedMeterData: 'T0NNRnx7fQ==',
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: '',
    };
    const timestamp = minutesAgo(10);
    const meterValue = [{ timestamp, sampledValue: [{ value: 1700, signedMeterValue }] }];
    await send('Updated', 5301, { timestamp, more: { meterValue } });
    expect((await sessions()).at(-1)?.payload).toMatchObject({ meter_wh: 1700 });
    expect((await kept())[0]?.payload).toContain('T0NNRnx7fQ==');
  });

  it('keep a part of very many readings until they begin, with the first and last one', async () => {
    const meterValue = Array.from({ length: 3000 }, (_, n) => ({
      timestamp: new Date(Date.now() - 3_600_000 + n * 1000).toISOString(),
      sampledValue: [{ value: 1000 + n }],
    }));
    await start({ wh: undefined, card: undefined, more: { ...evse, meterValue } });
    for (let n = 1; n < 25; n += 1) await send('Updated', n, { more: { meterValue } });
    const [row] = await service.db.query(
      `select kept_readings, least_wh::int as least, most_wh::int as most,
         (select max(jsonb_array_length(readings)) from transaction_events where transaction_id = t.id) as of_one
       from transactions t where charger_id = $1`,
      [charger.id],
    );
    expect(row).toEqual({ kept_readings: 20_010, least: 1000, most: 3999, of_one: 1000 });
    expect((await kept()).length).toBeGreaterThan(0);
    await send('Updated', 25, { card: WORKER, triggerReason: 'Authorized' });
    const all = await sessions();
    expect(all[0]?.payload).toMatchObject({ rfid: WORKER, meter_wh: 1000 });
    expect(all.filter(({ payload }) => payload.meter_wh === 3999)).toHaveLength(1);
    expect(all).toHaveLength(1001);
  });

  it('of refused cards are published when energy flows, without a look at all readings', async () => {
    await start({ card: 'FFFF' });
    await send('Updated', 1, { wh: 1005, info: { chargingState: 'Charging' } });
    const events = jest.spyOn(TransactionEventsRepository.prototype, 'events');
    try {
      await send('Updated', 2, { wh: 1008 });
      expect(events).not.toHaveBeenCalled();
      await send('Updated', 3, { wh: 1100 });
    } finally {
      events.mockRestore();
    }
    expect((await sessions()).map(({ payload }) => payload.meter_wh)).toEqual([1000, 1000, 1005, 1008, 1100]);
  });

  it('that cannot begin do not hold up others', async () => {
    const overdue = service.service.app.get(OverdueBegins);
    const end = async () => {
      await send('Ended', 6, { wh: 3000, timestamp: minutesAgo(1) });
      await service.db.query(`update transactions set stop_received_at = now() - interval '25 hours'
        where charger_id = ${charger.id} and undecided`);
    };
    const state = () =>
      service.db.query('select undecided, decide_after is null as due from transactions where charger_id = $1', [
        charger.id,
      ]);
    await end();
    const begin = jest.spyOn(RemoteSessions.prototype, 'begin').mockRejectedValueOnce(new Error('broken'));
    await overdue.run();
    begin.mockRestore();
    expect(await state()).toEqual([{ undecided: true, due: false }]);
    expect(await overdue.run()).toBe(0);
    await service.db.query(`update transactions set decide_after = now() where charger_id = ${charger.id}`);
    await service.db.query('delete from transaction_events where account_id = 1');
    expect(await overdue.run()).toBe(1);
    expect(await state()).toEqual([{ undecided: false, due: false }]);
    expect(await sessions()).toEqual([]);
    transactionId = randomUUID();
    await end();
    await service.bus.call(chargers.remove, { id: charger.id }, owner());
    expect(await overdue.run()).toBe(0);
  });
});
