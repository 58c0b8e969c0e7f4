import { randomUUID } from 'node:crypto';
import { chargerReservations, chargers, type NewCharger } from '@open-cpo/contracts';
import { SimulatedStation, type StationEvent, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';
import { OverdueBegins } from './overdue-begins';
import { TransactionStatuses } from './transaction-statuses';

const [WORKER, OTHER] = ['04A2B1C6', '04A2B1C8'];
const EVSE = { evse: { id: 1, connectorId: 1 } };
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('a transaction of OCPP 2.0.1', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let chargePointId = 5000;

  beforeAll(async () => {
    service = await startChargers('charger_lost_and_reused');
    [WORKER, OTHER].forEach((card) => CARDS.set(card, 'known'));
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

  const send = (transactionId: string, type: StationEvent['type'], seqNo: number, more: Partial<StationEvent> = {}) =>
    station.event({ type, seqNo, transactionId, ...more });
  const begin = (id: string, more: Partial<StationEvent>) =>
    send(id, 'Started', 0, { card: WORKER, triggerReason: 'Authorized', more: EVSE, ...more });
  const events = async (name: string) =>
    (await service.published(charger, name)).map(({ payload }) => [payload.rfid ?? payload.assumed, payload.meter_wh]);

  const at = (text: string) => (minute: number) => new Date(Date.parse(text) + minute * 60_000).toISOString();
  it.each([
    ['a clock that was never set', at('1970-01-01T00:00:00Z')],
    ['a clock that fell back', at('2023-01-01T00:00:00Z')],
  ])('is another one when its id is used again after a loss of power, with %s', async (_name, time) => {
    await begin('1', { wh: 1000, timestamp: minutesAgo(60) });
    await send('1', 'Ended', 1, { wh: 2000, timestamp: minutesAgo(50) });
    await begin('1', { card: OTHER, wh: 2000, timestamp: time(1) });
    await begin('1', { card: OTHER, wh: 2000, timestamp: time(1) });
    await send('1', 'Ended', 1, { wh: 5000, timestamp: time(15) });
    expect(await events('session.started')).toEqual([
      [WORKER, 1000],
      [OTHER, 2000],
    ]);
    expect((await events('session.completed')).map(([, wh]) => wh)).toEqual([2000, 5000]);
  });

  it('is another one when its id is used again without an end, by a clock that was never set', async () => {
    const time = at('1970-01-01T00:00:00Z');
    await begin('1', { wh: 1000, timestamp: time(1) });
    await begin('1', { card: OTHER, wh: 2000, timestamp: time(1.2) });
    await send('1', 'Ended', 1, { wh: 5000, timestamp: time(15) });
    expect(await events('session.started')).toEqual([
      [WORKER, 1000],
      [OTHER, 2000],
    ]);
    expect(await events('session.completed')).toHaveLength(1);
  });

  it.each([
    ['a moment', 59.5],
    ['minutes', 57],
  ])('is the same one where its begin is repeated with a time %s later, also after its end', async (_name, minutes) => {
    const id = randomUUID();
    const started = { wh: 1000, timestamp: minutesAgo(60) };
    const ended = { wh: 2000, timestamp: minutesAgo(10) };
    await begin(id, started);
    await begin(id, { ...started, timestamp: minutesAgo(minutes) });
    await send(id, 'Ended', 1, ended);
    await begin(id, { ...started, timestamp: minutesAgo(minutes - 1) });
    await send(id, 'Ended', 1, ended);
    expect([await events('session.started'), await events('session.completed')]).toEqual([
      [[WORKER, 1000]],
      [[undefined, 2000]],
    ]);
  });

  it('is the same one where all of it is repeated by a clock that was never set', async () => {
    const time = at('1970-01-01T00:00:00Z');
    for (let times = 0; times < 2; times += 1) {
      await begin('1', { wh: 1000, timestamp: time(1) });
      await send('1', 'Ended', 1, { wh: 2000, timestamp: time(30) });
      await service.db.query(
        `update transactions set stop_received_at = now() - interval '1 hour' where charger_id = $1`,
        [charger.id],
      );
    }
    expect(await events('session.completed')).toEqual([[undefined, 2000]]);
  });

  it('whose end was lost, and comes after all, has its own end', async () => {
    const id = randomUUID();
    await station.boot();
    await service.db.query(`update chargers set connected_at = now() - interval '2 hours' where id = $1`, [charger.id]);
    await begin(id, { wh: 1000, timestamp: minutesAgo(60) });
    await send(id, 'Updated', 1, { wh: 1500, timestamp: minutesAgo(50) });
    await service.db.query(
      `update transactions set start_received_at = now() - interval '1 hour' where charger_id = $1`,
      [charger.id],
    );
    station.charger.answers.set('GetTransactionStatus', () => ({ ongoingIndicator: false, messagesInQueue: false }));
    const statuses = service.service.app.get(TransactionStatuses);
    await statuses.ask();
    await until(async () => (await statuses.end()) > 0, 'the end to be assumed');
    expect(await events('session.completed')).toEqual([[true, undefined]]);
    await send(id, 'Updated', 2, { wh: 9000, timestamp: minutesAgo(-0.5) });
    const { open_transactions } = await service.bus.call(chargers.one, { id: charger.id }, owner());
    expect(open_transactions).toBe(1);
    await send(id, 'Ended', 3, { wh: 21_000, timestamp: minutesAgo(0) });
    expect(await events('session.completed')).toEqual([
      [true, undefined],
      [undefined, 21_000],
    ]);
  });

  it('of which the end alone has come begins with the readings that it has', async () => {
    const reading = (minutes: number, value: number, context: string) => ({
      timestamp: minutesAgo(minutes),
      sampledValue: [{ value, context, measurand: 'Energy.Active.Import.Register' }],
    });
    const meterValue = [
      reading(65, 1000, 'Transaction.Begin'),
      reading(35, 3000, 'Sample.Periodic'),
      reading(5, 9000, 'Transaction.End'),
    ];
    await send(randomUUID(), 'Ended', 5, {
      ...{ card: WORKER, triggerReason: 'StopAuthorized', timestamp: minutesAgo(5) },
      more: { ...EVSE, meterValue },
    });
    await service.service.app.get(OverdueBegins).run(-1);
    const [started] = await service.published(charger, 'session.started');
    expect(started?.payload).toMatchObject({ meter_wh: 1000, time: meterValue[0]?.timestamp });
    expect((await events('session.completed')).map(([, wh]) => wh)).toEqual([9000]);
  });

  it('of which energy flows a moment before its card is shown has the card', async () => {
    const id = randomUUID();
    const info = { chargingState: 'Charging' };
    await send(id, 'Started', 0, { wh: 1000, more: EVSE, info, timestamp: minutesAgo(60) });
    await send(id, 'Updated', 1, { wh: 1004, card: WORKER, triggerReason: 'Authorized', timestamp: minutesAgo(59) });
    await send(id, 'Ended', 2, { wh: 6000, timestamp: minutesAgo(5) });
    expect(await events('session.started')).toEqual([[WORKER, 1000]]);
  });

  describe('at a connector that is reserved for a card', () => {
    let reservation: number;
    const state = async () =>
      (await service.bus.call(chargerReservations.one, { id: charger.id, reservation_id: reservation }, owner())).state;
    beforeEach(async () => {
      station.charger.answers.set('ReserveNow', () => ({ status: 'Accepted' }));
      const input = { id: charger.id, connector: 1, rfid: OTHER, minutes: 30 };
      reservation = (await service.bus.call(chargerReservations.reserve, input, owner())).id;
      await until(async () => (await state()) === 'active', 'the reservation to be active');
    });

    it('does not begin with another card, also where that is shown after the vehicle was plugged in', async () => {
      const id = randomUUID();
      await send(id, 'Started', 0, { wh: 10, more: EVSE, info: { chargingState: 'EVConnected' } });
      const shown = { card: WORKER, triggerReason: 'Authorized' } as const;
      expect(await send(id, 'Updated', 1, shown)).toEqual({ idTokenInfo: { status: 'Invalid' } });
      expect(await events('session.started')).toEqual([]);
    });

    it('uses the reservation up where its card is shown before the connector is known', async () => {
      const id = randomUUID();
      await send(id, 'Started', 0, { wh: 10, card: OTHER, triggerReason: 'Authorized' });
      await send(id, 'Updated', 1, { more: EVSE, info: { chargingState: 'Charging' } });
      expect([await state(), await events('session.started')]).toEqual(['used', [[OTHER, 10]]]);
    });
  });
});
