import {
  type Caller,
  chargerReservations,
  chargers,
  type ChargerSession,
  chargerSessions,
  type NewCharger,
  type StartChargerSession,
} from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { Dispatcher } from './commands/dispatcher';
import { Sockets } from './sockets/sockets';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

const ACCEPTED = () => ({ status: 'Accepted' });
const WORKER = '04A2B1C6';
const PAID = {
  connector: 1,
  payment: 'electronic',
  unit: 'energy',
  requested_quantity: '12.5',
  driver_id: 42,
} as const;

type Input = Omit<StartChargerSession, 'id'>;

describe('sessions that are asked for', () => {
  let service: Chargers;
  let charger: NewCharger;
  let chargePointId = 700;

  beforeAll(async () => {
    service = await startChargers('charger_requests', { CHARGERS_PAYMENT_ACCOUNTS: '1, 9' });
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
  });

  const ask = (input: Input, caller: Caller = owner()): Promise<ChargerSession> =>
    service.bus.call(chargerSessions.start, { id: charger.id, ...input }, caller);
  const seen = ({ id }: ChargerSession): Promise<ChargerSession> =>
    service.bus.call(chargerSessions.one, { id: charger.id, request_id: id }, owner());
  const becomes = (session: ChargerSession, state: ChargerSession['state']): Promise<ChargerSession> =>
    until(async () => {
      const now = await seen(session);
      return now.state === state ? now : undefined;
    }, `the session to be ${state}`);
  const past = ({ id }: ChargerSession, set: string) =>
    service.db.query(`update commands set ${set} where id = $1`, [id]);
  const commandOf = async ({ id }: ChargerSession) =>
    (await service.db.query<{ state: string }>('select state from commands where id = $1', [id]))[0] ?? { state: '' };
  const sweep = () => service.service.app.get(Dispatcher).sweep();
  const begins = async () => (await service.published(charger, 'session.started')).map(({ payload }) => payload);
  /** As stations publish it. */
  const offered = async (card: object, connectors: object[] = []) => {
    const payload = { id: chargePointId, account_id: 1, time_zone: 'Africa/Algiers', price: null, connectors };
    const token = `EV_CHARGER_${chargePointId}`;
    await service.publish(`facts.stations.charge-points.changed.${chargePointId}`, {
      ...payload,
      card: { token, ...card },
    });
    await until(async () => {
      const [row] = await service.db.query<{ listed: boolean | null }>(
        'select listed from charge_points where id = $1',
        [chargePointId],
      );
      return row?.listed !== null;
    }, 'the offer to be known');
  };

  describe('over OCPP 1.6', () => {
    let socket: SimulatedCharger;
    beforeEach(async () => {
      socket = await service.connect(charger);
      socket.answers.set('RemoteStartTransaction', ACCEPTED);
    });
    afterEach(() => socket.terminate());

    const tags = () =>
      socket.calls.filter(({ action }) => action === 'RemoteStartTransaction').map(({ payload }) => payload.idTag);
    const tagOf = async (): Promise<string> => String(await until(async () => tags().at(-1), 'the call'));

    it('begin with their payment, unit, quantity and driver, and are known by their ids', async () => {
      const asked = await ask(PAID);
      expect(asked).toMatchObject({ state: 'requested', ...PAID, session_id: null, order_id: null });
      const idTag = await tagOf();
      await becomes(asked, 'accepted');
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Accepted' } });
      const { id, status } = await socket.start({ idTag, meterStart: 5 });
      expect(status).toBe('Accepted');
      const session_id = `ocpp.${charger.id}.${id}`;
      expect(await seen(asked)).toMatchObject({ state: 'started', session_id, order_id: null });
      const { connector, ...terms } = PAID;
      expect(await begins()).toEqual([
        expect.objectContaining({ session_id, ...terms, connector_number: connector, meter_wh: 5 }),
      ]);
      expect((await begins())[0]).not.toHaveProperty('rfid');
      const order = { order_id: 7001, session_id, account_id: 1, charge_point_id: chargePointId };
      const started_at = new Date().toISOString();
      await service.publish(`facts.orders.orders.started.${chargePointId}`, { ...order, started_at });
      await until(async () => (await seen(asked)).order_id === 7001, 'the order');
      await socket.stop(id, 900, { reason: 'Remote' });
      expect(await seen(asked)).toMatchObject({ state: 'ended', order_id: 7001, ended_at: expect.any(String) });
    });

    it('in cash are of the worker whose card is named', async () => {
      await ask({ connector: 1, payment: 'cash', rfid: WORKER.toLowerCase() });
      const idTag = await tagOf();
      expect(idTag).not.toBe(WORKER);
      await socket.start({ idTag, meterStart: 5 });
      expect(await begins()).toMatchObject([{ payment: 'cash', rfid: WORKER, requested_quantity: 'FULL' }]);
    });

    it('begin once: neither a repeated request nor a tag starts two', async () => {
      const once = { ...owner(), idempotencyKey: 'one-driver' };
      const [first, again] = [await ask(PAID, once), await ask(PAID, once)];
      expect(again.id).toBe(first.id);
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      const idTag = await tagOf();
      const { id } = await socket.start({ idTag, meterStart: 5 });
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      await socket.stop(id, 900);
      const second = await socket.start({ idTag, meterStart: 900 });
      expect(second.status).toBe('Invalid');
      await socket.stop(second.id, 5000);
      // What is delivered all the same is nobody's debt.
      expect(await begins()).toMatchObject([{ payment: 'electronic' }, { payment: 'settled' }]);
      expect((await begins())[1]).not.toHaveProperty('driver_id');
      expect(await seen(first)).toMatchObject({ session_id: `ocpp.${charger.id}.${id}` });
      expect(tags()).toHaveLength(1);
    });

    it('of requests at once are one', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => ask(PAID)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await tagOf();
      await sweep();
      expect(tags()).toHaveLength(1);
    });

    it('begin with the same transaction when a charger without a clock repeats its begin', async () => {
      await ask(PAID);
      const idTag = await tagOf();
      const begin = { idTag, meterStart: 5 };
      const first = await socket.start(begin);
      expect(await socket.start({ ...begin, timestamp: new Date(Date.now() + 1000).toISOString() })).toEqual(first);
      expect(await begins()).toHaveLength(1);
    });

    it('time out where no vehicle is plugged in, and leave nothing', async () => {
      const asked = await ask(PAID);
      const idTag = await tagOf();
      await becomes(asked, 'accepted');
      await past(asked, `effect_due_at = now() - interval '10 seconds', created_at = now() - interval '4 minutes'`);
      await sweep();
      expect(await seen(asked)).toMatchObject({ state: 'timed_out', error: 'No session has begun in time.' });
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Invalid' } });
      const { id, status } = await socket.start({ idTag, meterStart: 5 });
      expect(status).toBe('Invalid');
      await socket.stop(id, 5);
      expect(await begins()).toEqual([]);
      expect(await seen(asked)).toMatchObject({ state: 'timed_out', session_id: null });
      expect(await ask(PAID)).toMatchObject({ state: 'requested' });
    });

    it('are cancelled while no vehicle is there: none begins later, however it is reported', async () => {
      const asked = await ask(PAID);
      const idTag = await tagOf();
      await becomes(asked, 'accepted');
      const cancel = (caller = owner()) =>
        service.bus.call(chargerSessions.cancel, { id: charger.id, request_id: asked.id }, caller);
      await expect(cancel(rival())).rejects.toMatchObject({ code: 'forbidden' });
      expect(await cancel()).toMatchObject({ state: 'cancelled', session_id: null, error: null });
      expect(await cancel()).toMatchObject({ state: 'cancelled' });
      const audited = `select count(*)::int as n from audit_log where subject_id = $1 and after ->> 'command' = 'cancel'`;
      expect(await service.db.query(audited, [String(charger.id)])).toEqual([{ n: 1 }]);
      // Also where any card may start.
      await service.db.query(`update chargers set policy = 'anybody' where id = $1`, [charger.id]);
      await service.service.app.get(Sockets).look();
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Invalid' } });
      const timestamp = new Date(Date.now() - 1000).toISOString();
      const { id, status } = await socket.start({ idTag, meterStart: 5, timestamp });
      expect(status).toBe('Invalid');
      // Another one is not kept waiting, and what the charger delivers all the same has no driver.
      await socket.stop(id, 5000);
      expect(await begins()).toMatchObject([{ payment: 'settled' }]);
      expect((await begins())[0]).not.toHaveProperty('driver_id');
      await sweep();
      expect((await seen(asked)).state).toBe('cancelled');
      expect(await ask(PAID)).toMatchObject({ state: 'requested' });
    });

    it('are cancelled where the charger did not answer, and its late answer changes nothing', async () => {
      socket.answers.set('RemoteStartTransaction', () => undefined);
      const asked = await ask(PAID);
      const idTag = await tagOf();
      const ref = { id: charger.id, request_id: asked.id };
      expect(await service.bus.call(chargerSessions.cancel, ref, owner())).toMatchObject({ state: 'cancelled' });
      const called = socket.calls.find(({ action }) => action === 'RemoteStartTransaction');
      socket.send(JSON.stringify([3, called?.id, { status: 'Accepted' }]));
      expect((await socket.start({ idTag, meterStart: 5 })).status).toBe('Invalid');
      expect((await seen(asked)).state).toBe('cancelled');
    });

    it('are not cancelled once they have begun: of a begin and a cancellation at once, one counts', async () => {
      for (let n = 0; n < 8; n += 1) {
        const asked = await ask(PAID);
        await until(async () => tags().length > n, 'the call');
        await becomes(asked, 'accepted');
        const ref = { id: charger.id, request_id: asked.id };
        const begin = socket.start({ idTag: await tagOf(), meterStart: 5 });
        const [{ id, status }, cancelled] = await Promise.all([
          begin,
          service.bus.call(chargerSessions.cancel, ref, owner()).catch(({ code }: { code: string }) => code),
        ]);
        const { state } = await seen(asked);
        if (status === 'Accepted') expect([state, cancelled]).toEqual(['started', 'conflict']);
        else expect([status, state, cancelled]).toEqual(['Invalid', 'cancelled', expect.anything()]);
        await socket.stop(id, 5);
      }
    });

    it('count where their begin was in time and comes later, of a charger that was offline', async () => {
      const asked = await ask(PAID);
      const idTag = await tagOf();
      await becomes(asked, 'accepted');
      const timestamp = new Date(Date.now() - 3_500_000).toISOString();
      await past(asked, `effect_due_at = now() - interval '57 minutes', created_at = now() - interval '1 hour'`);
      await sweep();
      expect((await seen(asked)).state).toBe('timed_out');
      const { id, status } = await socket.start({ idTag, meterStart: 5, timestamp });
      expect(status).toBe('Accepted');
      expect(await begins()).toMatchObject([{ payment: 'electronic', driver_id: 42 }]);
      expect(await seen(asked)).toMatchObject({ state: 'started', session_id: `ocpp.${charger.id}.${id}` });
    });

    it('wait for the begin also where the charger did not answer', async () => {
      socket.answers.set('RemoteStartTransaction', () => undefined);
      const asked = await ask(PAID);
      const idTag = await tagOf();
      socket.terminate();
      await until(async () => (await commandOf(asked)).state === 'failed', 'the command to have failed');
      socket = await service.connect(charger);
      expect(await seen(asked)).toMatchObject({ state: 'requested', error: null });
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      expect((await socket.start({ idTag, meterStart: 5 })).status).toBe('Accepted');
      expect((await seen(asked)).state).toBe('started');
    });

    it('are rejected by the charger, and have failed where it answers by an error', async () => {
      socket.answers.set('RemoteStartTransaction', () => ({ status: 'Rejected' }));
      const rejected = await ask(PAID);
      const idTag = await tagOf();
      expect(await becomes(rejected, 'rejected')).toMatchObject({ status: 'Rejected', session_id: null });
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Invalid' } });
      socket.answers.delete('RemoteStartTransaction');
      expect(await becomes(await ask(PAID), 'failed')).toMatchObject({ error: 'NotSupported: ' });
    });

    it('do not begin after an error in answer to the start: the driver was told that none does', async () => {
      socket.answers.delete('RemoteStartTransaction');
      const asked = await ask(PAID);
      const idTag = await tagOf();
      await becomes(asked, 'failed');
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Invalid' } });
      expect((await socket.start({ idTag, meterStart: 5 })).status).toBe('Invalid');
      expect(await begins()).toEqual([]);
      expect(await seen(asked)).toMatchObject({ state: 'failed', session_id: null });
    });

    it('do not begin after their time where the answer to the start comes later than that', async () => {
      socket.answers.set('RemoteStartTransaction', () => undefined);
      const asked = await ask(PAID);
      const idTag = await tagOf();
      const call = socket.calls.find(({ action }) => action === 'RemoteStartTransaction');
      await until(async () => (await commandOf(asked)).state === 'sent', 'the command to be sent');
      await past(asked, `state = 'timed_out', created_at = now() - interval '310 seconds'`);
      expect((await seen(asked)).state).toBe('timed_out');
      socket.send(JSON.stringify([3, call?.id, { status: 'Accepted' }]));
      await until(async () => (await commandOf(asked)).state === 'accepted', 'the answer to be kept');
      expect(await seen(asked)).toMatchObject({ state: 'timed_out', error: 'No session has begun in time.' });
      expect((await socket.start({ idTag, meterStart: 5 })).status).toBe('Invalid');
      expect(await begins()).toEqual([]);
      expect(await ask(PAID)).toMatchObject({ state: 'requested' });
    });

    it.each(['Faulted', 'Unavailable', 'Reserved', 'Charging'])('are refused at a connector that is %s', async (is) => {
      await socket.status(1, is);
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      await socket.status(1, 'Preparing');
      await socket.status(0, is);
      const refused = ['Faulted', 'Unavailable'].includes(is);
      if (refused) await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      else await ask(PAID);
    });

    it('are refused at a connector that is kept free, whatever the charger reports', async () => {
      socket.answers.set('ReserveNow', ACCEPTED).set('CancelReservation', ACCEPTED);
      const reserve = { id: charger.id, connector: 1, rfid: WORKER };
      const { id: reservation_id } = await service.bus.call(chargerReservations.reserve, reserve, owner());
      await socket.status(1, 'Available');
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      expect(await ask({ ...PAID, connector: 2 })).toMatchObject({ state: 'requested' });
      const reservation = () => service.bus.call(chargerReservations.one, { id: charger.id, reservation_id }, owner());
      await until(async () => (await reservation()).state === 'active', 'the reservation');
      await service.bus.call(chargerReservations.cancel, { id: charger.id, reservation_id }, owner());
      await until(async () => (await reservation()).state === 'cancelled', 'its end');
      expect(await ask(PAID)).toMatchObject({ state: 'requested' });
    });

    it('are possible at a connector that is free, although the end of its session was never told', async () => {
      await socket.start({ idTag: WORKER, meterStart: 5, timestamp: new Date(Date.now() - 60_000).toISOString() });
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'connector_unavailable' });
      await socket.status(1, 'Available');
      expect(await ask(PAID)).toMatchObject({ state: 'requested' });
    });

    it('are refused where they cannot be', async () => {
      await expect(ask(PAID, rival())).rejects.toMatchObject({ code: 'forbidden' });
      const invalid: [Input, string][] = [
        [{ ...PAID, requested_quantity: '0' }, 'requested_quantity'],
        [{ ...PAID, requested_quantity: '-1' }, 'requested_quantity'],
        [{ ...PAID, unit: null }, 'unit'],
        [{ ...PAID, connector: 0 }, 'connector'],
        [{ connector: 1, payment: 'cash' }, 'rfid'],
        [{ ...PAID, rfid: WORKER }, 'rfid'],
        [{ connector: 1 } as Input, 'payment'],
      ];
      for (const [input, field] of invalid) {
        const fields = { [field]: [expect.any(String)] };
        await expect(ask(input)).rejects.toMatchObject({ code: 'validation_failed', fields });
      }
      await offered({ listed: true, price_unit: 'minutes' }, [{ id: 1, type_id: 1, number: 1, status: 'available' }]);
      await expect(ask(PAID)).rejects.toMatchObject({ fields: { unit: [expect.stringContaining('minutes')] } });
      const minutes = { connector: 2, payment: 'settled', requested_quantity: '30' } as const;
      await expect(ask(minutes)).rejects.toMatchObject({ fields: { connector: [expect.any(String)] } });
      expect(await ask({ ...minutes, connector: 1 })).toMatchObject({ unit: 'minutes' });
      expect(tags()).toHaveLength(0);
    });

    it('are refused where the power center is not listed', async () => {
      await offered({ listed: false, price_unit: 'energy' });
      await expect(ask(PAID)).rejects.toMatchObject({ code: 'power_center_inactive' });
    });

    it('without a connection are refused at once', async () => {
      socket.terminate();
      await until(
        () =>
          ask(PAID).then(
            () => false,
            (error: { code: string }) => error.code === 'charger_not_connected',
          ),
        'the end of the connection to be known',
      );
    });

    it('are seen by their account alone', async () => {
      const { id } = await ask(PAID);
      const read = (request_id: number, caller = owner()) =>
        service.bus.call(chargerSessions.one, { id: charger.id, request_id }, caller);
      await expect(read(id, rival())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(read(id + 100_000)).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  it('with electronic payment are for accounts that are trusted with it', async () => {
    const there = chargePointId + 5000;
    await service.chargePoint(there, 2);
    const made = await service.bus.call(chargers.create, { charge_point_id: there }, rival());
    const socket = await service.connect(made);
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const start = (input: Input) => service.bus.call(chargerSessions.start, { id: made.id, ...input }, rival());
    await expect(start(PAID)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(start({ connector: 1, payment: 'settled', driver_id: 42 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await start({ connector: 1, payment: 'settled' })).toMatchObject({ state: 'requested' });
    socket.terminate();
  });
});
