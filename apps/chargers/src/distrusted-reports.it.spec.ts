import { randomUUID } from 'node:crypto';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { SimulatedCharger, SimulatedStation, type StationEvent } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C9';
const HOURS = 3;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
/** What a clock says that is behind by hours. */
const slow = (minutes = 0): string => minutesAgo(HOURS * 60 + minutes);
const evse = { evse: { id: 1, connectorId: 1 } };

/** What chargers report of clocks, cards and registers is kept, and not believed as it is. */
describe('what a charger reports', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let station: SimulatedStation;
  let nextChargePoint = 2800;

  beforeAll(async () => {
    service = await startChargers('charger_distrusted');
    CARDS.set(WORKER, 'known');
    CARDS.set('FFFF', 'unknown');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });

  const told = async () =>
    (await service.published(charger, '')).map(({ subject, payload }) => [subject.split('.')[2], payload.meter_wh]);
  const sessions = async () =>
    (await told()).filter(([name]) => ['started', 'metered', 'completed'].includes(String(name)));
  /** Minutes between the begin and the end of the session that was published. */
  const minutes = async () => {
    const [begin, end] = [await service.published(charger, '.started'), await service.published(charger, '.completed')];
    return Math.round((Date.parse(String(end[0]?.payload.time)) - Date.parse(String(begin[0]?.payload.time))) / 60_000);
  };
  /** As two live messages at a distance show it. */
  const clockIsLearnt = async () => {
    await service.db.query('update chargers set clock_offset_ms = $2 where id = $1', [charger.id, HOURS * 3_600_000]);
  };

  describe('by OCPP 1.6', () => {
    const connect = async () => void (socket = await service.connect(charger));
    beforeEach(connect);
    afterEach(() => socket.terminate());
    const reconnect = async () => {
      socket.terminate();
      await socket.closed;
      return connect();
    };

    it('with a clock that is behind, and is found to be while a session goes on, keeps the length of the session', async () => {
      const { id } = await socket.start({ idTag: WORKER, meterStart: 1000, timestamp: slow(1) });
      await clockIsLearnt();
      await reconnect();
      await socket.meter(id, 1500, slow());
      await socket.stop(id, 2000, { timestamp: slow() });
      expect(await minutes()).toBe(1);
      await socket.start({ idTag: WORKER, meterStart: 2000, timestamp: slow() });
      const [, next] = await service.published(charger, '.started');
      expect(Math.abs(Date.now() - Date.parse(String(next?.payload.time)))).toBeLessThan(60_000);
    });

    it('with a clock that was set since an offline begin keeps both times', async () => {
      await clockIsLearnt();
      await reconnect();
      const { id } = await socket.start({ idTag: WORKER, meterStart: 1000, timestamp: slow(20) });
      await socket.stop(id, 2000, { timestamp: slow(10) });
      expect(await minutes()).toBe(10);
    });

    it.each([
      ['no register at the begin', undefined, [1000, 1004, 1008, 1012], 3000],
      ['registers of the session', 100_000, [100, 2000, 4000], 5000],
      ['a register of the session at the end alone', 100_000, [], 5000],
    ])('of a refused card with %s is a session when energy flows', async (_name, meterStart, readings, meterStop) => {
      const { id, status } = await socket.start({
        idTag: 'FFFF',
        meterStart: meterStart ?? -1,
        timestamp: minutesAgo(30),
      });
      expect(status).toBe('Invalid');
      for (const [n, wh] of readings.entries()) await socket.meter(id, wh, minutesAgo(20 - n));
      await socket.stop(id, meterStop);
      const all = await sessions();
      expect(all[0]).toEqual(['started', meterStart ?? 1000]);
      expect(all.at(-1)).toEqual(['completed', meterStop]);
    });

    it.each([
      ['no energy', 1000, [1000, 1005], 1005],
      ['one register alone', -1, [], 7000],
      ['an end without a register', 7000, [], 0],
      ['a reading of 0 by mistake', 7000, [0, 7000], 7000],
      ['registers that fall a little', 100_000, [], 99_980],
    ])('of a refused card with %s is none', async (_name, meterStart, readings, meterStop) => {
      const { id } = await socket.start({ idTag: 'FFFF', meterStart, timestamp: minutesAgo(30) });
      for (const [n, wh] of readings.entries()) await socket.meter(id, wh, minutesAgo(20 - n));
      await socket.stop(id, meterStop);
      expect(await sessions()).toEqual([]);
    });

    it('in another unit counts from the next session on, without a new connection', async () => {
      const first = await socket.start({ idTag: WORKER, meterStart: 10 });
      await service.bus.call(chargers.change, { id: charger.id, register_factor: 1000 }, owner());
      await socket.meter(first.id, 11);
      await socket.stop(-1, 12);
      const next = await socket.start({ idTag: WORKER, meterStart: 12 });
      await socket.meter(next.id, 13);
      await service.bus.call(chargers.change, { id: charger.id, register_factor: 1 }, owner());
      await reconnect();
      await socket.stop(next.id, 14);
      expect((await sessions()).map(([, wh]) => wh)).toEqual([10, 11, 12, 12_000, 13_000, 14_000]);
    });

    it('in another unit keeps its fractions', async () => {
      await service.bus.call(chargers.change, { id: charger.id, register_factor: 1000 }, owner());
      const { id } = await socket.start({ idTag: WORKER, meterStart: 12.9, timestamp: minutesAgo(30) });
      await socket.meter(id, 13.4, minutesAgo(20));
      await socket.stop(id, 13.95);
      expect((await sessions()).map(([, wh]) => wh)).toEqual([12_900, 13_400, 13_950]);
    });

    it('with a clock that is behind, after a session at its connector, goes on until it ends', async () => {
      const first = await socket.start({ idTag: WORKER, meterStart: 1000, timestamp: minutesAgo(60) });
      await socket.stop(first.id, 2000, { timestamp: minutesAgo(50) });
      const { id } = await socket.start({ idTag: WORKER, meterStart: 2000, timestamp: minutesAgo(180) });
      const { open_transactions } = await service.bus.call(chargers.one, { id: charger.id }, owner());
      expect(open_transactions).toBe(1);
      await socket.stop(-1, 5000, { idTag: WORKER, timestamp: minutesAgo(30) });
      const ended = await service.published(charger, 'session.completed');
      expect(ended.map(({ payload }) => payload.session_id)).toContain(`ocpp.${charger.id}.${id}`);
    });
  });

  describe('by OCPP 2.0.1', () => {
    const transactionId = randomUUID();
    const connect = async () => {
      const { identity, credential } = charger;
      station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    };
    beforeEach(connect);
    afterEach(() => station.terminate());
    const send = (type: StationEvent['type'], seqNo: number, more: Partial<StationEvent>) =>
      station.event({ type, seqNo, transactionId, ...more });
    const start = (more: Partial<StationEvent>) =>
      send('Started', 0, { card: WORKER, triggerReason: 'Authorized', more: evse, ...more });

    it('with a clock that is behind, and is found to be while a session goes on, keeps the length of the session', async () => {
      await start({ wh: 1000, timestamp: slow(1) });
      await clockIsLearnt();
      station.terminate();
      await connect();
      await send('Updated', 1, { wh: 1500, timestamp: slow() });
      await send('Ended', 2, { wh: 2000, timestamp: slow() });
      expect(await minutes()).toBe(1);
    });

    it('of a refused card with registers of the session is a session when energy flows', async () => {
      await start({ card: 'FFFF', wh: 100_000, timestamp: minutesAgo(30) });
      await send('Updated', 1, { wh: 100, timestamp: minutesAgo(20) });
      await send('Updated', 2, { wh: 4000, timestamp: minutesAgo(10) });
      await send('Ended', 3, { wh: 5000 });
      expect((await sessions()).at(-1)).toEqual(['completed', 5000]);
    });

    it('of a refused card with a reading of 0 by mistake is none', async () => {
      await start({ card: 'FFFF', wh: 7000, timestamp: minutesAgo(30) });
      await send('Updated', 1, { wh: 0, timestamp: minutesAgo(20) });
      await send('Ended', 2, { wh: 7000 });
      expect(await sessions()).toEqual([]);
    });

    it('in another unit counts from the next session on, without a new connection', async () => {
      await start({ wh: 10, timestamp: minutesAgo(30) });
      await service.bus.call(chargers.change, { id: charger.id, register_factor: 1000 }, owner());
      await send('Ended', 1, { wh: 12 });
      const next = randomUUID();
      await start({ wh: 12, transactionId: next });
      await send('Ended', 1, { wh: 14, transactionId: next });
      const all = (await sessions()).filter(([name]) => name !== 'metered');
      expect(all.map(([, wh]) => wh)).toEqual([10, 12, 12_000, 14_000]);
    });
  });
});
