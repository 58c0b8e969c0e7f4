import { randomUUID } from 'node:crypto';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger, SimulatedStation, type StationEvent } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A connector has one session at a time: of one that goes on when the next begins, the end was lost or comes later. */
describe('a session whose connector has another one', () => {
  let service: Chargers;
  let charger: NewCharger;
  let nextChargePoint = 2600;

  beforeAll(async () => {
    service = await startChargers('charger_overtaken');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });

  const open = async () => (await service.bus.call(chargers.one, { id: charger.id }, owner())).open_transactions;
  const ends = async () => (await service.published(charger, 'session.completed')).map(({ payload }) => payload);

  describe('of OCPP 1.6', () => {
    let socket: SimulatedCharger;
    const start = (ago: number, more = {}) =>
      socket.start({ idTag: WORKER, meterStart: 1000, timestamp: minutesAgo(ago), ...more });

    beforeEach(async () => void (socket = await service.connect(charger)));
    afterEach(() => socket.terminate());

    it('is not open any more, and its end counts all the same when it comes', async () => {
      const first = await start(60);
      const other = await start(50, { connectorId: 2 });
      const next = await start(30, { meterStart: 2000 });
      expect(await open()).toBe(2);
      await socket.stop(first.id, 1900, { timestamp: minutesAgo(31) });
      await socket.stop(first.id, 1950, { timestamp: minutesAgo(30) });
      expect(await ends()).toMatchObject([{ session_id: `ocpp.${charger.id}.${first.id}`, meter_wh: 1900 }]);
      await socket.stop(next.id, 2500);
      await socket.stop(other.id, 1500);
      expect([await open(), (await ends()).length]).toEqual([0, 3]);
    });

    it('goes on where a reading of it comes later: some chargers have one number for all of their connectors', async () => {
      const first = await start(60);
      await start(30);
      await socket.meter(first.id, 1500, minutesAgo(29));
      expect(await open()).toBe(1);
      await socket.meter(first.id, 1600, new Date(Date.now() + 1000).toISOString());
      expect(await open()).toBe(2);
    });

    it('gets no readings that name no session, and no end that names none, in whatever order the begins came', async () => {
      const next = await start(30, { meterStart: 2000 });
      const first = await start(60);
      await socket.meter(0, 2100);
      await socket.stop(-1, 2500);
      expect(await ends()).toMatchObject([{ session_id: `ocpp.${charger.id}.${next.id}`, meter_wh: 2500 }]);
      await socket.stop(first.id, 1900, { timestamp: minutesAgo(31) });
      expect(await ends()).toHaveLength(2);
    });
  });

  describe('of OCPP 2.0.1', () => {
    let station: SimulatedStation;
    const send = (transactionId: string, type: StationEvent['type'], seqNo: number, more: Partial<StationEvent>) =>
      station.event({ type, seqNo, transactionId, ...more });
    const start = (transactionId: string, ago: number, wh: number) => {
      const evse = { evse: { id: 1, connectorId: 1 } };
      const begin = { wh, card: WORKER, triggerReason: 'Authorized', timestamp: minutesAgo(ago), more: evse };
      return send(transactionId, 'Started', 0, begin);
    };

    beforeEach(async () => {
      const { identity, credential } = charger;
      station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    });
    afterEach(() => station.terminate());

    it('is not open any more, and its end counts all the same when it comes', async () => {
      const [first, next] = [randomUUID(), randomUUID()];
      await start(first, 60, 1000);
      await start(next, 30, 2000);
      expect(await open()).toBe(1);
      await send(first, 'Ended', 2, { wh: 1900, timestamp: minutesAgo(31) });
      await send(next, 'Ended', 1, { wh: 2500 });
      expect([await open(), (await ends()).map(({ meter_wh }) => meter_wh)]).toEqual([0, [1900, 2500]]);
    });
  });
});
