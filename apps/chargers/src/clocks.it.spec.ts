import { randomUUID } from 'node:crypto';
import { chargerCommands, type NewCharger } from '@open-cpo/contracts';
import { SimulatedCharger, SimulatedStation, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C9';
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const evse = { evse: { id: 1, connectorId: 1 } };
const ACCEPTED = () => ({ status: 'Accepted' });

describe('the clock of a charger', () => {
  let service: Chargers;
  let charger: NewCharger;
  let nextChargePoint = 5200;

  beforeAll(async () => {
    service = await startChargers('charger_clocks');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });

  /** When the sessions began and ended, in minutes from now. */
  const minutesOf = async (name: 'started' | 'completed') =>
    (await service.published(charger, `session.${name}`)).map(({ payload }) =>
      Math.abs(Math.round((Date.parse(String(payload.time)) - Date.now()) / 60_000)),
    );
  const begin = () => service.bus.call(chargerCommands.send, { id: charger.id, type: 'start', connector: 1 }, owner());

  describe('of OCPP 1.6', () => {
    let socket: SimulatedCharger;
    beforeEach(async () => void (socket = await service.connect(charger)));
    afterEach(() => socket.terminate());
    const status = (minutes: number) =>
      socket.call('StatusNotification', {
        ...{ connectorId: 1, status: 'Preparing', errorCode: 'NoError', timestamp: inMinutes(minutes) },
      });

    it('that was ahead, and was set by the boot, is right at once', async () => {
      await socket.boot();
      await status(120);
      await status(0);
      const { id } = await socket.start({ idTag: WORKER, timestamp: inMinutes(0) });
      await socket.stop(id, 2000, { timestamp: inMinutes(0) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[0], [0]]);
    });

    it('that is set while a session goes on keeps its end', async () => {
      await status(120);
      const { id } = await socket.start({ idTag: WORKER, timestamp: inMinutes(120) });
      await socket.meter(id, 1500, inMinutes(0));
      await socket.stop(id, 2000, { timestamp: inMinutes(0) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[0], [0]]);
    });

    it('that is ahead keeps the times of what was queued, also where they seem to be those of now', async () => {
      await status(120);
      const { id } = await socket.start({ idTag: WORKER, timestamp: inMinutes(-60) });
      await status(-0.5);
      await socket.stop(id, 2000, { timestamp: inMinutes(-0.3) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[180], [120]]);
    });

    it('that is behind keeps the length of a session that was queued', async () => {
      socket.answers.set('RemoteStartTransaction', ACCEPTED);
      await begin();
      const call = await until(async () => socket.calls.find(({ action }) => /^RemoteStart/.test(action)), 'the call');
      await service.db.query(
        `update commands set created_at = created_at - interval '10 minutes', sent_at = sent_at - interval '10 minutes'
         where charger_id = $1`,
        [charger.id],
      );
      const idTag = String(call.payload.idTag);
      const { id } = await socket.start({ idTag, meterStart: 1000, timestamp: inMinutes(-13) });
      await socket.stop(id, 2000, { timestamp: inMinutes(-6) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[10], [3]]);
    });

    it.each([3, 300])('that is %i minutes behind is learnt by a tag that was made for a start', async (minutes) => {
      socket.answers.set('RemoteStartTransaction', ACCEPTED);
      await begin();
      const call = await until(async () => socket.calls.find(({ action }) => /^RemoteStart/.test(action)), 'the call');
      const idTag = String(call.payload.idTag);
      const { id, status: answer } = await socket.start({ idTag, meterStart: 1000, timestamp: inMinutes(-minutes) });
      expect(answer).toBe('Accepted');
      await socket.stop(id, 2000, { timestamp: inMinutes(-minutes) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[0], [0]]);
      await socket.start({ idTag: WORKER, meterStart: 2000, timestamp: inMinutes(-minutes) });
      expect(await minutesOf('started')).toEqual([0, 0]);
    });

    it('that restarts at the same time of another year begins another session', async () => {
      const start = { idTag: WORKER, meterStart: 0, timestamp: '2024-01-01T00:01:00Z' };
      const first = await socket.start(start);
      await socket.stop(first.id, 500, { timestamp: '2024-01-01T00:05:00Z' });
      expect((await socket.start(start)).id).toBe(first.id);
      await service.db.query(
        `update transactions set start_received_at = now() - interval '3 days', stop_received_at = now() - interval '3 days'
         where id = $1`,
        [first.id],
      );
      expect((await socket.start(start)).id).not.toBe(first.id);
    });
  });

  describe('of OCPP 2.0.1', () => {
    let station: SimulatedStation;
    beforeEach(async () => {
      const { identity, credential } = charger;
      station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    });
    afterEach(() => station.terminate());

    it('that was ahead, and was set by the boot, is right at once', async () => {
      const transactionId = randomUUID();
      const status = { evseId: 1, connectorId: 1, connectorStatus: 'Occupied' };
      await station.boot();
      for (const minutes of [120, 0]) {
        await station.call('StatusNotification', { ...status, timestamp: inMinutes(minutes) });
      }
      const start = { card: WORKER, triggerReason: 'Authorized', wh: 1000, more: evse } as const;
      await station.event({ type: 'Started', seqNo: 0, transactionId, ...start, timestamp: inMinutes(0) });
      await station.event({ type: 'Ended', seqNo: 1, transactionId, wh: 2000, timestamp: inMinutes(0) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[0], [0]]);
    });

    it('that is behind is learnt by a tag that was made for a start', async () => {
      station.charger.answers.set('RequestStartTransaction', ACCEPTED);
      await begin();
      const calls = station.charger.calls;
      const call = await until(async () => calls.find(({ action }) => /^RequestStart/.test(action)), 'the call');
      const card = (call.payload.idToken as { idToken: string }).idToken;
      const transactionId = randomUUID();
      const start = { card, triggerReason: 'RemoteStart', wh: 1000, more: evse, timestamp: inMinutes(-3) } as const;
      expect(await station.event({ type: 'Started', seqNo: 0, transactionId, ...start })).toEqual({
        idTokenInfo: { status: 'Accepted' },
      });
      await station.event({ type: 'Ended', seqNo: 1, transactionId, wh: 2000, timestamp: inMinutes(-3) });
      expect([await minutesOf('started'), await minutesOf('completed')]).toEqual([[0], [0]]);
    });
  });
});
