import {
  type ChargerReservation,
  chargerCommands,
  chargerReservations,
  type NewCharger,
  type Reserve,
} from '@open-cpo/contracts';
import { asUser, type SimulatedCharger, SimulatedStation, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

const ACCEPTED = () => ({ status: 'Accepted' });
const [WORKER, OTHER] = ['04A2B1C6', '04FFFFFF'];

describe('reservations', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 800;

  beforeAll(async () => {
    service = await startChargers('charger_reservations');
    CARDS.set(WORKER, 'known').set(OTHER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });
  afterEach(() => socket.terminate());

  const connect = async () => {
    socket = await service.connect(charger);
    socket.answers.set('ReserveNow', ACCEPTED).set('CancelReservation', ACCEPTED);
    return socket;
  };
  const station = async () => {
    const { url } = service;
    const { identity, credential } = charger;
    const made = await SimulatedStation.connect({ url, identity, password: credential.password });
    socket = made.charger;
    socket.answers.set('ReserveNow', ACCEPTED).set('CancelReservation', ACCEPTED);
    return made;
  };
  const reserve = (input: Partial<Reserve> = {}, caller = owner()): Promise<ChargerReservation> =>
    service.bus.call(chargerReservations.reserve, { id: charger.id, connector: 1, rfid: WORKER, ...input }, caller);
  const shown = ({ id }: ChargerReservation): Promise<ChargerReservation> =>
    service.bus.call(chargerReservations.one, { id: charger.id, reservation_id: id }, owner());
  const becomes = (reservation: ChargerReservation, state: ChargerReservation['state']) =>
    until(async () => {
      const now = await shown(reservation);
      return now.state === state ? now : undefined;
    }, `the reservation to be ${state}`);
  const cancel = ({ id }: ChargerReservation, caller = owner()) =>
    service.bus.call(chargerReservations.cancel, { id: charger.id, reservation_id: id }, caller);
  const sessions = () => service.published(charger, 'session.started');

  it('keep a connector free for a card, and end with its session', async () => {
    await connect();
    const made = await reserve({ minutes: 20 });
    expect(made).toMatchObject({ state: 'requested', rfid: WORKER, transaction_id: null, user_id: 11 });
    await becomes(made, 'active');
    expect(socket.calls).toMatchObject([
      { action: 'ReserveNow', payload: { connectorId: 1, idTag: WORKER, reservationId: made.id } },
    ]);
    const minutes = (Date.parse(made.expires_at) - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(20);
    await socket.status(1, 'Reserved');
    const [booked] = await service.published(charger, 'connector.status');
    expect(booked?.payload).toMatchObject({ connector_number: 1, status: 'booked' });

    const stranger = await socket.start({ idTag: OTHER, meterStart: 0 });
    expect(stranger.status).toBe('Invalid');
    expect(await sessions()).toEqual([]);
    expect((await shown(made)).state).toBe('active');
    const elsewhere = await socket.start({ connectorId: 2, idTag: OTHER, meterStart: 0 });
    expect(elsewhere.status).toBe('Accepted');

    const { id, status } = await socket.start({ idTag: WORKER, meterStart: 0, reservationId: made.id });
    expect(status).toBe('Accepted');
    expect(await shown(made)).toMatchObject({ state: 'used', transaction_id: id });
    // It is over: another card may start after it.
    await socket.stop(id, 10);
    expect((await socket.start({ idTag: OTHER, meterStart: 10 })).status).toBe('Accepted');
  });

  it('are cancelled, and free the connector', async () => {
    await connect();
    const made = await becomes(await reserve(), 'active');
    await cancel(made);
    expect(await becomes(made, 'cancelled')).toMatchObject({ cancel_command_id: expect.any(Number) });
    expect(socket.calls.at(-1)).toMatchObject({ action: 'CancelReservation', payload: { reservationId: made.id } });
    await expect(cancel(made)).rejects.toMatchObject({ code: 'conflict' });
    expect((await socket.start({ idTag: OTHER, meterStart: 0 })).status).toBe('Accepted');
  });

  it('expire', async () => {
    await connect();
    const made = await becomes(await reserve(), 'active');
    await service.db.query(`update reservations set expires_at = now() - interval '10 minutes' where id = $1`, [
      made.id,
    ]);
    expect((await shown(made)).state).toBe('expired');
    expect((await socket.start({ idTag: OTHER, meterStart: 0 })).status).toBe('Accepted');
    await becomes(await reserve({ connector: 2 }), 'active');
  });

  it('are one of a connector at a time, also when many ask at once', async () => {
    await connect();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => reserve()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'conflict', message: 'The connector is reserved.' });
  });

  it('are refused as the charger says, and at once where it has none or is away', async () => {
    await connect();
    socket.answers.set('ReserveNow', () => ({ status: 'Occupied' }));
    await becomes(await reserve(), 'rejected');
    socket.answers.delete('ReserveNow');
    await becomes(await reserve(), 'failed');
    await expect(reserve()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('support') });
    socket.terminate();
    await socket.closed;
    await service.db.query('update commands set answered_at = null where charger_id = $1', [charger.id]);
    await until(async () => {
      const refused = await reserve().catch((error: Error) => error);
      return refused instanceof Error && refused.message === 'The charger is not connected.';
    }, 'the connection to be gone');
  });

  it('without a card are used by a start with a tag that is made', async () => {
    await connect();
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const made = await becomes(await reserve({ rfid: null }), 'active');
    const start = { id: charger.id, type: 'start', reservation_id: made.id } as const;
    await service.bus.call(chargerCommands.send, start, owner());
    const call = await until(async () => socket.calls.find(({ action }) => action === 'RemoteStartTransaction'), 'it');
    expect(call.payload).toEqual({ connectorId: 1, idTag: made.rfid });
    const { status } = await socket.start({ idTag: made.rfid, meterStart: 0 });
    expect(status).toBe('Accepted');
    expect((await sessions())[0]?.payload).toMatchObject({ payment: 'settled' });
    await becomes(made, 'used');
    await expect(service.bus.call(chargerCommands.send, start, owner())).rejects.toMatchObject({
      fields: { reservation_id: [expect.any(String)] },
    });
  });

  it('hold at chargers of OCPP 2.0.1, too', async () => {
    const made201 = await station();
    const made = await becomes(await reserve(), 'active');
    expect(socket.calls[0]?.payload).toMatchObject({ id: made.id, evseId: 1, idToken: { idToken: WORKER } });
    const evse = { evse: { id: 1, connectorId: 1 } };
    const begin = { type: 'Started', seqNo: 0, wh: 0, more: evse } as const;
    const stranger = await made201.event({ ...begin, transactionId: 'a', card: OTHER });
    expect(stranger).toEqual({ idTokenInfo: { status: 'Invalid' } });
    expect(await sessions()).toEqual([]);
    const right = await made201.event({ ...begin, transactionId: 'b', card: WORKER });
    expect(right).toEqual({ idTokenInfo: { status: 'Accepted' } });
    await becomes(made, 'used');
    const second = await becomes(await reserve({ connector: 2 }), 'active');
    await made201.call('ReservationStatusUpdate', { reservationId: second.id, reservationUpdateStatus: 'Removed' });
    expect((await shown(second)).state).toBe('cancelled');
    // Of none that there is.
    await made201.call('ReservationStatusUpdate', { reservationId: 2_000_000_000, reservationUpdateStatus: 'Expired' });
    await made201.call('ReservationStatusUpdate', { reservationId: 'x' });
  });

  it('are those of the account alone, with the card for those who may see workers', async () => {
    await connect();
    const made = await reserve();
    await expect(reserve({}, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cancel(made, rival())).rejects.toMatchObject({ code: 'forbidden' });
    const input = { id: charger.id, reservation_id: made.id };
    await expect(service.bus.call(chargerReservations.one, input, rival())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const missing = { id: charger.id, reservation_id: 2_000_000_000 };
    await expect(service.bus.call(chargerReservations.one, missing, owner())).rejects.toMatchObject({
      code: 'not_found',
    });
    const keyed = asUser({ accountId: 1, userId: 11, scope: ['chargers'] });
    const { data, meta } = await service.bus.call(chargerReservations.table, { id: charger.id }, keyed);
    expect([data.map(({ rfid }) => rfid), meta.next]).toEqual([['***'], null]);
    await becomes(made, 'active');
    const of = (state: ChargerReservation['state']) =>
      service.bus.call(chargerReservations.table, { id: charger.id, state }, owner());
    expect([(await of('active')).data.length, (await of('used')).data.length]).toEqual([1, 0]);
    const [entry] = await service.db.query(
      `select after from audit_log where subject = 'charger' and subject_id = $1 and action = 'chargers.control'`,
      [String(charger.id)],
    );
    expect(entry).toMatchObject({ after: { command: 'reserve', connector: 1, rfid: '***' } });
  });
});
