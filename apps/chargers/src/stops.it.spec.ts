import {
  type ChargerCommand,
  chargerCommands,
  chargers,
  type NewCharger,
  sessionLimitReached,
} from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { RemoteStops } from './commands/remote-stops';
import { ConnectionsRepository } from './sockets/connections.repository';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

const ACCEPTED = () => ({ status: 'Accepted' });
const WORKER = '04A2B1C6';

describe('commands to stop a session', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 400;
  let transaction: number;
  let session_id: string;

  beforeAll(async () => {
    service = await startChargers('charger_stops');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
    socket.answers.set('RemoteStopTransaction', ACCEPTED);
    transaction = (await socket.start({ idTag: WORKER, meterStart: 5 })).id;
    session_id = `ocpp.${charger.id}.${transaction}`;
  });
  afterEach(() => socket.terminate());

  const listed = async () => (await service.bus.call(chargerCommands.table, { id: charger.id }, owner())).data;
  const all = async () => (await listed()).map(({ state }) => state);
  const call = (action: string) => until(async () => socket.calls.find((one) => one.action === action), action);
  const settled = ({ id }: ChargerCommand): Promise<ChargerCommand> =>
    until(
      async () => (await listed()).find((one) => one.id === id && !['queued', 'sent'].includes(one.state)),
      'the command to be settled',
    );

  const about = () => ({
    order_id: 9000 + transaction,
    account_id: 1,
    charge_point_id: nextChargePoint,
    connector_number: 1,
    started_at: new Date().toISOString(),
    session_id,
  });
  const started = async () => {
    await service.publish(`facts.orders.orders.started.${nextChargePoint}`, about());
    await until(async () => {
      const [row] = await service.db.query<{ order_id: number }>('select order_id from transactions where id = $1', [
        transaction,
      ]);
      return row?.order_id === 9000 + transaction;
    }, 'the order to be known');
  };
  const limitReached = (more: object = {}) =>
    service.publish(`${sessionLimitReached.subject}.${nextChargePoint}`, {
      ...{ ...about(), ...more },
      ...{ limit: 'session_limit', unit: 'energy', value: '10', reached_at: new Date().toISOString() },
    });
  const stopOrder = (caller = owner()) =>
    service.bus.call(chargerCommands.stopOrder, { id: 9000 + transaction }, caller);

  it('are sent for its order', async () => {
    await expect(stopOrder()).rejects.toMatchObject({ code: 'not_found' });
    await started();
    await expect(stopOrder(rival())).rejects.toMatchObject({ code: 'forbidden' });
    const command = await settled(await stopOrder());
    expect(command).toMatchObject({ state: 'accepted', reason: 'order', order_id: 9000 + transaction, user_id: 11 });
    await socket.stop(transaction, 10, { reason: 'Remote' });
    await expect(stopOrder()).rejects.toMatchObject({ code: 'conflict' });
    expect(await all()).toEqual(['accepted']);
  });

  it('are sent when it has reached its limit, once', async () => {
    await limitReached();
    const { payload } = await call('RemoteStopTransaction');
    expect(payload).toEqual({ transactionId: transaction });
    await limitReached();
    await socket.stop(transaction, 10, { reason: 'Remote' });
    await service.service.app.get(RemoteStops).run();
    expect(await all()).toHaveLength(1);
    expect((await listed())[0]).toMatchObject({
      type: 'stop',
      reason: 'session_limit',
      user_id: null,
      transaction_id: transaction,
    });
  });

  it('are not sent for a session of another power center', async () => {
    await limitReached({ charge_point_id: nextChargePoint + 5000 });
    await limitReached();
    await call('RemoteStopTransaction');
    expect(socket.calls).toHaveLength(1);
  });

  it('are not sent, nor its order changed, for a session of another back end that is named like it', async () => {
    await started();
    const other = { order_id: 19_000 + transaction, back_end: 'acme' };
    await service.publish(`facts.orders.orders.started.${nextChargePoint}`, { ...about(), ...other });
    await limitReached({ ...other, limit: 'requested_quantity' });
    await limitReached();
    await call('RemoteStopTransaction');
    await until(async () => (await all())[0] === 'accepted', 'the answer');
    const [shown, ...more] = await listed();
    expect([shown, more]).toMatchObject([{ reason: 'session_limit', order_id: 9000 + transaction }, []]);
  });

  it('are sent again while it goes on, and when its charger is connected again', async () => {
    socket.answers.set('RemoteStopTransaction', () => ({ status: 'Rejected' }));
    await limitReached();
    await until(async () => (await all())[0] === 'rejected', 'the first try');
    await service.db.query('update transactions set stop_next_at = now() where id = $1', [transaction]);
    await service.service.app.get(RemoteStops).run();
    await until(async () => (await all()).filter((state) => state === 'rejected').length === 2, 'the second try');
    socket.terminate();
    socket = await service.connect(charger);
    socket.answers.set('RemoteStopTransaction', ACCEPTED);
    await call('RemoteStopTransaction');
    await socket.stop(transaction, 10, { reason: 'Remote' });
  });

  it('reach a charger that connects, also when they were tried before its connection could take them', async () => {
    socket.terminate();
    const away = async () => (await service.bus.call(chargers.one, { id: charger.id }, owner())).disconnected_at;
    await until(async () => (await away()) !== null, 'its end');
    await service.db.query(
      `update transactions set stop_reason = 'session_limit', stop_attempts = 10, stop_next_at = now() where id = $1`,
      [transaction],
    );
    const connections = service.service.app.get(ConnectionsRepository);
    const connect = connections.connect.bind(connections);
    jest.spyOn(connections, 'connect').mockImplementationOnce(async (...args) => {
      const generation = await connect(...args);
      await service.service.app.get(RemoteStops).run();
      await until(async () => (await all())[0] === 'not_connected', 'the attempt without a connection');
      return generation;
    });
    socket = await service.connect(charger);
    socket.answers.set('RemoteStopTransaction', ACCEPTED);
    await until(async () => (await all()).length === 2, 'another try');
    await call('RemoteStopTransaction');
  });

  it('wait for its charger to be connected', async () => {
    socket.terminate();
    await until(
      async () => (await service.bus.call(chargers.one, { id: charger.id }, owner())).disconnected_at !== null,
      'its end',
    );
    await limitReached();
    await until(async () => {
      const [row] = await service.db.query('select stop_reason from transactions where id = $1', [transaction]);
      return row?.stop_reason === 'session_limit';
    }, 'the limit to be known');
    await service.service.app.get(RemoteStops).run();
    expect(await all()).toEqual([]);
    socket = await service.connect(charger);
    socket.answers.set('RemoteStopTransaction', ACCEPTED);
    await call('RemoteStopTransaction');
  });
});
