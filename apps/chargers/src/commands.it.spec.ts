import {
  type ChargerCommand,
  chargerCommands,
  chargerSockets,
  type NewCharger,
  type SendCommand,
} from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { Metrics } from '@open-cpo/platform';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { MAX_WAITING_COMMANDS } from './commands/new-commands';
import { Dispatcher } from './commands/dispatcher';
import { MessageLog } from './messages/message-log';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

const ACCEPTED = () => ({ status: 'Accepted' });
const WORKER = '04A2B1C6';

describe('commands to chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 300;

  beforeAll(async () => {
    service = await startChargers('charger_commands');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const send = (input: Omit<SendCommand, 'id'>, caller = owner()): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.send, { id: charger.id, ...input }, caller);
  const shown = (command_id: number): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.one, { id: charger.id, command_id }, owner());
  const settled = ({ id }: ChargerCommand, wanted: Partial<ChargerCommand> = {}): Promise<ChargerCommand> =>
    until(
      async () => {
        const command = await shown(id);
        const fits = Object.entries(wanted).every(([key, value]) => command[key as keyof ChargerCommand] === value);
        return fits && !['queued', 'sent'].includes(command.state) ? command : undefined;
      },
      `the command to be settled as ${JSON.stringify(wanted)}`,
    );
  const call = (action: string) => until(async () => socket.calls.find((one) => one.action === action), action);

  it.each<[Omit<SendCommand, 'id'>, string, object]>([
    [{ type: 'unlock', connector: 2 }, 'UnlockConnector', { connectorId: 2 }],
    [{ type: 'reset' }, 'Reset', { type: 'Soft' }],
    [{ type: 'reset', hard: true }, 'Reset', { type: 'Hard' }],
    [{ type: 'availability', available: false }, 'ChangeAvailability', { connectorId: 0, type: 'Inoperative' }],
    [
      { type: 'configure', key: 'HeartbeatInterval', value: '60' },
      'ChangeConfiguration',
      { key: 'HeartbeatInterval', value: '60' },
    ],
    [
      { type: 'trigger', message: 'MeterValues', connector: 1 },
      'TriggerMessage',
      { requestedMessage: 'MeterValues', connectorId: 1 },
    ],
  ])('are sent, and their answer is kept: %j', async (input, action, payload) => {
    socket.answers.set(action, ACCEPTED);
    const command = await send(input);
    expect(command).toMatchObject({ state: 'queued', status: null, user_id: 11, charger_id: charger.id });
    expect(await settled(command)).toMatchObject({ state: 'accepted', status: 'Accepted', error: null, late: false });
    expect(socket.calls).toEqual([{ id: expect.any(String), action, payload }]);
  });

  it('are rejected, and fail, as the charger says', async () => {
    socket.answers.set('UnlockConnector', () => ({ status: 'UnlockFailed' }));
    const rejected = await settled(await send({ type: 'unlock', connector: 1 }));
    expect(rejected).toMatchObject({ state: 'rejected', status: 'UnlockFailed' });
    const failed = await settled(await send({ type: 'reset' }));
    expect(failed).toMatchObject({ state: 'failed', error: 'NotSupported: ', effect: null });
  });

  it('to a charger without a connection are not sent, and say so at once', async () => {
    socket.terminate();
    await until(async () => {
      const command = await send({ type: 'reset' });
      return command.state === 'not_connected' ? command : undefined;
    }, 'the connection to be gone');
    socket = await service.connect(charger);
    expect(socket.calls).toEqual([]);
  });

  it('are one at a time: the next is sent after the answer', async () => {
    socket.answers.set('UnlockConnector', () => undefined).set('TriggerMessage', ACCEPTED);
    const first = await send({ type: 'unlock', connector: 1 });
    const second = await send({ type: 'trigger', message: 'Heartbeat' });
    const { id } = await call('UnlockConnector');
    await service.service.app.get(Dispatcher).sweep();
    expect((await shown(second.id)).state).toBe('queued');
    expect(socket.calls).toHaveLength(1);
    socket.send(JSON.stringify([3, id, { status: 'Unlocked' }]));
    expect(await settled(first)).toMatchObject({ state: 'accepted', status: 'Unlocked' });
    expect(await settled(second)).toMatchObject({ state: 'accepted' });
  });

  it('are cancelled while they wait, and a start without a card until a session has begun', async () => {
    const cancel = ({ id: command_id }: ChargerCommand) =>
      service.bus.call(chargerCommands.cancel, { id: charger.id, command_id }, owner());
    socket.answers.set('UnlockConnector', () => undefined).set('RemoteStartTransaction', ACCEPTED);
    const sent = await send({ type: 'unlock', connector: 1 });
    const waiting = await send({ type: 'reset' });
    const { id } = await call('UnlockConnector');
    expect(await cancel(waiting)).toMatchObject({ state: 'cancelled' });
    await expect(cancel(sent)).rejects.toMatchObject({ code: 'conflict' });
    socket.send(JSON.stringify([3, id, { status: 'Unlocked' }]));
    await settled(sent);
    const withCard = await settled(await send({ type: 'start', connector: 1, rfid: '04A2B1C6' }));
    await expect(cancel(withCard)).rejects.toMatchObject({ code: 'conflict' });
    const start = await settled(await send({ type: 'start', connector: 1 }));
    expect(await cancel(start)).toMatchObject({ state: 'cancelled', effect: null });
    const tags = socket.calls.filter(({ action }) => action === 'RemoteStartTransaction');
    expect(await socket.start({ idTag: tags[1]?.payload.idTag })).toMatchObject({ status: 'Invalid' });
    expect(socket.calls.map(({ action }) => action)).not.toContain('Reset');
    await expect(cancel({ ...start, id: 1_000_000 })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of which many wait are refused', async () => {
    socket.answers.set('UnlockConnector', () => undefined);
    const request = jest.spyOn(service.service.app.get(Broadcast), 'request');
    const many = Array.from({ length: MAX_WAITING_COMMANDS + 5 }, () => send({ type: 'unlock', connector: 1 }));
    const outcomes = await Promise.allSettled(many);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_WAITING_COMMANDS);
    // The broker is not asked while the database waits.
    expect(request.mock.calls.filter(([, , said]) => Object.keys(said as object).length === 0)).toEqual([]);
    request.mockRestore();
    await expect(send({ type: 'unlock', connector: 1 })).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  it('without an answer time out; one that comes late is kept', async () => {
    socket.answers.set('UnlockConnector', () => undefined);
    const command = await send({ type: 'unlock', connector: 1 });
    const { id } = await call('UnlockConnector');
    await service.db.query(`update commands set expires_at = now() - interval '1 minute' where id = $1`, [command.id]);
    await service.service.app.get(Dispatcher).sweep();
    expect(await shown(command.id)).toMatchObject({ state: 'timed_out', error: 'No answer came in time.' });
    socket.send(JSON.stringify([3, id, { status: 'Unlocked' }]));
    expect(await settled(command, { state: 'accepted' })).toMatchObject({ late: true, status: 'Unlocked' });
  });

  it('fail when the connection ends before the answer', async () => {
    socket.answers.set('UnlockConnector', () => undefined);
    const command = await send({ type: 'unlock', connector: 1 });
    await call('UnlockConnector');
    socket.terminate();
    expect(await settled(command)).toMatchObject({ state: 'failed', error: 'The connection ended before the answer.' });
  });

  it('that were never sent time out', async () => {
    const text = () => service.service.app.get(Metrics).text();
    const counted = async () =>
      Number(/commands_total\{type="reset",outcome="timed_out"[^}]*\} (\d+)/.exec(await text())?.[1] ?? 0);
    const before = await counted();
    const [row] = await service.db.query<{ id: number }>(
      `insert into commands (account_id, charger_id, type, request, state, expires_at)
       values (1, $1, 'reset', '{"type":"reset","hard":false}', 'queued', now() - interval '1 second') returning id`,
      [charger.id],
    );
    // The sweep of the service itself may come first.
    await service.service.app.get(Dispatcher).sweep();
    await until(async () => (await shown(row?.id ?? 0)).state === 'timed_out', 'its end');
    expect(await shown(row?.id ?? 0)).toMatchObject({ error: 'It was not sent in time.' });
    await until(async () => (await counted()) === before + 1, 'it to be counted');
  });

  it('are sent by whichever replica holds the connection', async () => {
    const replica = await service.replica();
    try {
      const there = await service.connect(charger, { url: replica.url });
      expect(await socket.closed).toMatchObject({ code: 1008 });
      there.answers.set('UnlockConnector', () => ({ status: 'Unlocked' }));
      const command = await send({ type: 'unlock', connector: 1 });
      expect(await settled(command)).toMatchObject({ state: 'accepted' });
      expect(there.calls).toHaveLength(1);
      there.terminate();
    } finally {
      await replica.stop();
    }
  });

  it('are taken by the newest connection alone', async () => {
    const replica = await service.replica();
    try {
      // The old one is not closed yet: it receives the command, and does not send it.
      const there = await service.connect(charger, { url: replica.url });
      const command = await send({ type: 'unlock', connector: 1 });
      there.answers.set('UnlockConnector', () => ({ status: 'Unlocked' }));
      expect(await settled(command)).toMatchObject({ state: 'accepted' });
      expect(socket.calls).toEqual([]);
      there.terminate();
    } finally {
      await replica.stop();
    }
  });

  it('are sent by a connection of their charger alone', async () => {
    await service.chargePoint(nextChargePoint + 3000);
    const other = await service.make(nextChargePoint + 3000);
    const its = await service.connect(other);
    its.answers.set('UnlockConnector', ACCEPTED);
    socket.answers.set('UnlockConnector', ACCEPTED);
    const [row] = await service.db.query<{ id: number }>(
      `insert into commands (account_id, charger_id, type, request, state, expires_at)
       values (1, $1, 'reset', '{"type":"reset","hard":false}', 'queued', now() + interval '1 minute') returning id`,
      [charger.id],
    );
    await service.service.app.get(Broadcast).request(chargerSockets, other.id, { command: Number(row?.id) });
    const after = { id: other.id, type: 'unlock', connector: 1 } as const;
    await service.bus.call(chargerCommands.send, after, owner());
    await until(async () => its.calls.find(({ action }) => action === 'UnlockConnector'), 'the command after it');
    expect(its.calls.map(({ action }) => action)).toEqual(['UnlockConnector']);
    its.terminate();
  });

  it('start a session with a card that is made for it: no money passes the platform', async () => {
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const command = await send({ type: 'start', connector: 1 });
    expect(await settled(command)).toMatchObject({ state: 'accepted', effect: 'expected' });
    const { payload } = await call('RemoteStartTransaction');
    const idTag = String(payload.idTag);
    expect([payload.connectorId, idTag]).toEqual([1, expect.stringMatching(/^[0-9A-F]{20}$/)]);
    expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Accepted' } });
    const { id, status } = await socket.start({ idTag, meterStart: 5 });
    expect(status).toBe('Accepted');
    expect(await shown(command.id)).toMatchObject({ effect: 'observed', transaction_id: id });
    const [started] = await service.published(charger, 'session.started');
    expect(started?.payload).toMatchObject({ payment: 'settled', meter_wh: 5 });
    expect(started?.payload).not.toHaveProperty('rfid');
    await socket.stop(id, 10);
    // It is no card of another charger, nor later.
    expect(await socket.call('Authorize', { idTag: '0'.repeat(20) })).toEqual({ idTagInfo: { status: 'Invalid' } });
    await service.db.query(`update commands set created_at = now() - interval '1 hour' where id = $1`, [command.id]);
    expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Invalid' } });
  });

  it("start a session with a worker's card, whose cash it is", async () => {
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const command = await settled(await send({ type: 'start', connector: 1, rfid: WORKER.toLowerCase() }));
    expect(command.request).toEqual({ connector: 1, rfid: WORKER });
    const { id } = await socket.start({ idTag: WORKER, meterStart: 5 });
    const [started] = await service.published(charger, 'session.started');
    expect(started?.payload).toMatchObject({ payment: 'cash', rfid: WORKER });
    await socket.stop(id, 10);
    const viewer = owner();
    const hidden = { ...viewer, identity: { ...viewer.identity, scope: ['chargers'] } } as never;
    const seen = await service.bus.call(chargerCommands.one, { id: charger.id, command_id: command.id }, hidden);
    expect(seen.request).toEqual({ connector: 1, rfid: '***' });
  });

  it("start a session with a worker's card that looks like one that is made, as with any other", async () => {
    const card = '0123456789ABCDEF0123';
    CARDS.set(card, 'known');
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const command = await settled(await send({ type: 'start', connector: 1, rfid: card }));
    const { id } = await socket.start({ idTag: card, meterStart: 5 });
    const [started] = await service.published(charger, 'session.started');
    expect(started?.payload).toMatchObject({ payment: 'cash', rfid: card });
    expect(await shown(command.id)).toMatchObject({ effect: 'observed', transaction_id: id });
    await socket.stop(id, 10);
  });

  it('that were accepted and come to nothing are shown so', async () => {
    socket.answers.set('RemoteStartTransaction', ACCEPTED);
    const command = await settled(await send({ type: 'start', connector: 1 }));
    await service.db.query(`update commands set effect_due_at = now() - interval '1 second' where id = $1`, [
      command.id,
    ]);
    await service.service.app.get(Dispatcher).sweep();
    expect(await shown(command.id)).toMatchObject({ state: 'accepted', effect: 'missing' });
  });

  it('stop a session, and see that it has ended', async () => {
    socket.answers.set('RemoteStopTransaction', ACCEPTED);
    const { id } = await socket.start({ idTag: WORKER, meterStart: 5 });
    const command = await settled(await send({ type: 'stop', transaction_id: id }));
    expect(command).toMatchObject({ effect: 'expected', transaction_id: id });
    await socket.stop(id, 10, { reason: 'Remote' });
    expect(await shown(command.id)).toMatchObject({ effect: 'observed' });
    await expect(send({ type: 'stop', transaction_id: id })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('restart a charger, and see that it has', async () => {
    const command = await send({ type: 'reset', hard: true });
    await call('Reset');
    socket.terminate();
    await settled(command, { state: 'failed' });
    socket = await service.connect(charger);
    await socket.boot();
    expect(await shown(command.id)).toMatchObject({ effect: 'observed' });
  });

  it('read the configuration, without its secrets', async () => {
    const configurationKey = [
      { key: 'HeartbeatInterval', readonly: false, value: '300' },
      { key: 'AuthorizationKey', readonly: false, value: charger.credential.password },
      { key: 'BackendUrl', readonly: true, value: 'wss://user:word@example.com/ocpp' },
    ];
    socket.answers.set('GetConfiguration', ({ key }) =>
      key ? { configurationKey: [{ key: 'A', readonly: true, value: '1' }] } : { configurationKey },
    );
    await settled(await send({ type: 'read_configuration' }));
    const { settings } = await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner());
    const read_at = expect.any(String);
    expect(settings).toEqual([
      { key: 'AuthorizationKey', value: null, readonly: false, secret: true, read_at },
      { key: 'BackendUrl', value: 'wss://***@example.com/ocpp', readonly: true, secret: false, read_at },
      { key: 'HeartbeatInterval', value: '300', readonly: false, secret: false, read_at },
    ]);
    await settled(await send({ type: 'read_configuration', key: 'A' }));
    const more = await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner());
    expect(more.settings.map(({ key }) => key)).toEqual(['A', 'AuthorizationKey', 'BackendUrl', 'HeartbeatInterval']);
    await service.service.app.get(MessageLog).flush();
    const kept = await service.db.query(
      `select 1 from messages where charger_id = $1 and payload like '%' || $2 || '%'
       union all select 1 from commands c where charger_id = $1 and c::text like '%' || $2 || '%'`,
      [charger.id, charger.credential.password],
    );
    expect(kept).toEqual([]);
  });

  it('set no secrets', async () => {
    const setting = { type: 'configure', key: 'AuthorizationKey', value: 'f'.repeat(40) } as const;
    await expect(send(setting)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: { key: [expect.any(String)] },
    });
  });

  it.each<[Omit<SendCommand, 'id'>, string]>([
    [{ type: 'start' }, 'connector'],
    [{ type: 'unlock', connector: 0 }, 'connector'],
    [{ type: 'stop' }, 'transaction_id'],
    [{ type: 'stop', transaction_id: 2_000_000_000 }, 'transaction_id'],
    [{ type: 'availability' }, 'available'],
    [{ type: 'configure', key: 'A' }, 'value'],
    [{ type: 'trigger' }, 'message'],
    [{ type: 'fly' as never }, 'type'],
  ])('need what they are about: %j', async (input, field) => {
    await expect(send(input)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: { [field]: expect.any(Array) },
    });
  });

  it('are those of the account alone, audited, and listed', async () => {
    socket.answers.set('UnlockConnector', ACCEPTED);
    const command = await settled(await send({ type: 'unlock', connector: 1 }));
    const theirs = { id: charger.id, command_id: command.id };
    await expect(send({ type: 'reset' }, rival())).rejects.toMatchObject({ code: 'forbidden' });
    for (const operation of [chargerCommands.one, chargerCommands.table, chargerCommands.configuration]) {
      await expect(service.bus.call(operation as typeof chargerCommands.one, theirs, rival())).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await settled(await send({ type: 'unlock', connector: 1 }));
    const first = await service.bus.call(chargerCommands.table, { id: charger.id, itemsPerPage: 1 }, owner());
    const next = await service.bus.call(
      chargerCommands.table,
      { id: charger.id, itemsPerPage: 1, cursor: Number(first.meta.next) },
      owner(),
    );
    expect([next.data[0]?.id, next.meta.next]).toEqual([command.id, null]);
    const [entry] = await service.db.query(
      `select action, user_id, after from audit_log where subject = 'charger' and subject_id = $1 and action = 'chargers.control'
       order by id limit 1`,
      [String(charger.id)],
    );
    expect(entry).toMatchObject({ user_id: 11, after: { command: 'unlock', connector: 1, command_id: command.id } });
  });
});
