import { randomUUID } from 'node:crypto';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { SimulatedStation, type StationEvent, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from '../test/chargers';
import { OverdueBegins } from './overdue-begins';
import { TransactionStatuses } from './transaction-statuses';

const WORKER = '04A2B1C6';
const EVSE = { evse: { id: 1, connectorId: 1 } };
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the status of a transaction that is in doubt', () => {
  let service: Chargers;
  let charger: NewCharger;
  let station: SimulatedStation;
  let transactionId: string;
  let chargePointId = 3000;

  beforeAll(async () => {
    service = await startChargers('charger_statuses');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    chargePointId += 1;
    transactionId = randomUUID();
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
    const { identity, credential } = charger;
    station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    await station.boot();
    await service.db.query(`update chargers set connected_at = now() - interval '2 hours' where id = $1`, [charger.id]);
  });
  afterEach(() => station.terminate());

  const send = (type: StationEvent['type'], seqNo: number, more: Partial<StationEvent> = {}) =>
    station.event({ type, seqNo, transactionId, ...more });
  const says = (answer: { ongoingIndicator?: boolean; messagesInQueue: boolean }) =>
    station.charger.answers.set('GetTransactionStatus', () => answer);
  const statuses = () => service.service.app.get(TransactionStatuses);
  const ask = async (): Promise<void> => {
    expect(await statuses().ask()).toBe(1);
    await until(async () => {
      const [row] = await service.db.query<{ state: string }>(
        `select state from commands where charger_id = $1 and type = 'transaction_status' order by id desc limit 1`,
        [charger.id],
      );
      return row?.state === 'accepted';
    }, 'the answer');
    expect(await statuses().ask()).toBe(0);
    expect(station.charger.calls.at(-1)).toMatchObject({ action: 'GetTransactionStatus', payload: { transactionId } });
  };
  const sessions = async () =>
    (await service.published(charger, '')).flatMap(({ subject, payload }) => {
      const [, kind, name] = subject.split('.');
      return kind === 'session' ? [[name, payload.meter_wh]] : [];
    });
  const later = (minutes: number) =>
    service.db.query(
      `update transactions set start_received_at = start_received_at - $2 * interval '1 minute',
         last_read_at = last_read_at - $2 * interval '1 minute',
         stop_received_at = stop_received_at - $2 * interval '1 minute' where charger_id = $1`,
      [charger.id, minutes],
    );

  it('begins a session with what is there where no message waits, and waits where one does', async () => {
    const overdue = service.service.app.get(OverdueBegins);
    await send('Started', 0, {
      wh: 1000,
      timestamp: minutesAgo(40),
      more: EVSE,
      info: { chargingState: 'EVConnected' },
    });
    await send('Ended', 3, { wh: 4000, card: WORKER, triggerReason: 'StopAuthorized', timestamp: minutesAgo(5) });
    expect(await statuses().ask()).toBe(0);
    await later(2);
    says({ ongoingIndicator: false, messagesInQueue: true });
    await ask();
    await overdue.run();
    expect(await sessions()).toEqual([]);
    await service.db.query(`update commands set created_at = now() - interval '7 hours' where charger_id = $1`, [
      charger.id,
    ]);
    says({ messagesInQueue: false });
    await ask();
    await overdue.run();
    expect((await sessions()).map(([name]) => name)).toEqual(['started', 'metered', 'metered', 'completed']);
  });

  it('ends a session whose end was lost, with its last reading, and no other one', async () => {
    await send('Started', 0, {
      wh: 1000,
      card: WORKER,
      triggerReason: 'Authorized',
      timestamp: minutesAgo(40),
      more: EVSE,
    });
    await send('Updated', 1, { wh: 2500, timestamp: minutesAgo(20) });
    expect(await statuses().ask()).toBe(0);
    await later(30);
    says({ ongoingIndicator: true, messagesInQueue: false });
    await ask();
    expect(await statuses().end()).toBe(0);
    await service.db.query(`update commands set created_at = now() - interval '7 hours' where charger_id = $1`, [
      charger.id,
    ]);
    says({ ongoingIndicator: false, messagesInQueue: false });
    await ask();
    expect(await statuses().end()).toBe(1);
    expect(await statuses().end()).toBe(0);
    expect((await sessions()).at(-1)).toEqual(['completed', undefined]);
    const one = await service.bus.call(chargers.one, { id: charger.id }, owner());
    expect(one.open_transactions).toBe(0);
  });
});
