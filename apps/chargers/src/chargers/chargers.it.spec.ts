import { chargers, type ChargerMessages, type NewCharger } from '@open-cpo/contracts';
import { PartitionMaintenance } from '@open-cpo/persistence';
import { asUser, until } from '@open-cpo/testing';
import { MAX_PER_CHARGER, MessageLog } from '../messages/message-log';
import { type Chargers, owner, rival, startChargers } from '../test/chargers';

describe('chargers of an account', () => {
  let service: Chargers;
  let nextChargePoint = 300;

  beforeAll(async () => (service = await startChargers('charger_owners')));
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
  });

  const make = (input = {}): Promise<NewCharger> => service.make(nextChargePoint, input);
  const actions = (id: number) =>
    service.db.query<{ action: string; after: object }>(
      `select action, after from audit_log where subject = 'charger' and subject_id = $1 order by id`,
      [String(id)],
    );

  it('are made with a password that is shown once and kept as a hash', async () => {
    const made = await make();
    const { credential } = made;
    expect(credential).toEqual({
      url: `ws://localhost:8887/ocpp/EV_CHARGER_${nextChargePoint}`,
      identity: `EV_CHARGER_${nextChargePoint}`,
      password: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(made).toMatchObject({ state: 'never_connected', policy: 'workers', has_credential: true, connectors: [] });
    const all = JSON.stringify([
      await service.bus.call(chargers.one, { id: made.id }, owner()),
      await service.db.query('select *, encode(secret_hash, $1) from chargers', ['hex']),
      await actions(made.id),
    ]);
    expect(all).not.toContain(credential.password);
    const rotated = await service.bus.call(chargers.rotate, { id: made.id }, owner());
    expect(rotated.password).not.toBe(credential.password);
    expect(await service.bus.call(chargers.revoke, { id: made.id }, owner())).toMatchObject({ has_credential: false });
    expect((await actions(made.id)).map(({ action }) => action)).toEqual([
      'chargers.create',
      'chargers.update',
      'chargers.update',
    ]);
  });

  it('get the same answer to a repeated request', async () => {
    const caller = { ...owner(), idempotencyKey: 'once' };
    const input = { charge_point_id: nextChargePoint };
    const made = await service.bus.call(chargers.create, input, caller);
    expect(await service.bus.call(chargers.create, input, caller)).toEqual(made);
  });

  it('have one power center and an identity of their own in the installation', async () => {
    const made = await make({ identity: 'CP-1' });
    const fields = { fields: { charge_point_id: [expect.stringContaining('already been taken')] } };
    await expect(make()).rejects.toMatchObject(fields);
    await service.chargePoint(nextChargePoint + 5000, 2);
    const input = { charge_point_id: nextChargePoint + 5000, identity: 'CP-1' };
    const taken = { fields: { identity: ['The identity has already been taken.'] } };
    await expect(service.bus.call(chargers.create, input, rival())).rejects.toMatchObject(taken);
    await service.bus.call(chargers.remove, { id: made.id }, owner());
    expect(await service.bus.call(chargers.create, input, rival())).toMatchObject({ identity: 'CP-1' });
    for (const identity of ['a b', 'é', 'x'.repeat(49), '/', 'a:b']) {
      await expect(make({ identity })).rejects.toMatchObject({ code: 'validation_failed' });
    }
  });

  it('do not have the token of a power center of another account as identity', async () => {
    const other = nextChargePoint + 5000;
    await service.chargePoint(other, 2);
    const taken = { fields: { identity: ['The identity has already been taken.'] } };
    const input = { charge_point_id: other, identity: `EV_CHARGER_${nextChargePoint}` };
    await expect(service.bus.call(chargers.create, input, rival())).rejects.toMatchObject(taken);
    expect(await make()).toMatchObject({ identity: input.identity });
    const removed = { id: nextChargePoint, account_id: 1 };
    await service.publish(`facts.stations.charge-points.removed.${nextChargePoint}`, removed);
    await until(async () => {
      const rows = await service.db.query('select 1 from charge_points where id = $1 and removed_at is not null', [
        nextChargePoint,
      ]);
      return rows.length > 0;
    }, 'the power center to be removed');
    expect(await service.bus.call(chargers.create, input, rival())).toMatchObject({ identity: input.identity });
  });

  it('need an identity of their own where the token of the power center cannot be one', async () => {
    await service.db.query(`update charge_points set token = 'a:b' where id = $1`, [nextChargePoint]);
    const needed = { code: 'validation_failed', fields: { identity: [expect.stringContaining('required')] } };
    await expect(make()).rejects.toMatchObject(needed);
    expect(await make({ identity: 'a-b' })).toMatchObject({ identity: 'a-b' });
  });

  it('are those of their account alone', async () => {
    const { id } = await make();
    for (const operation of [chargers.one, chargers.rotate, chargers.revoke, chargers.remove, chargers.messages]) {
      await expect(service.bus.call(operation as typeof chargers.one, { id }, rival())).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(service.bus.call(chargers.change, { id, policy: 'anybody' }, rival())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const foreign = service.bus.call(chargers.create, { charge_point_id: nextChargePoint }, rival());
    await expect(foreign).rejects.toMatchObject({ fields: { charge_point_id: [expect.any(String)] } });
    await expect(service.bus.call(chargers.one, { id: 999_999 }, owner())).rejects.toMatchObject({ code: 'not_found' });
    const { data } = await service.bus.call(chargers.table, {}, rival());
    expect(data.map((one) => one.id)).not.toContain(id);
  });

  it('are listed newest first, by state', async () => {
    const made = await make();
    const socket = await service.connect(made);
    const { data, meta } = await service.bus.call(chargers.table, { itemsPerPage: 1, state: 'connected' }, owner());
    expect(data.map(({ id }) => id)).toEqual([made.id]);
    expect(meta).toEqual({ per_page: 1, total: 1 });
    socket.terminate();
  });

  describe('messages', () => {
    const read = (id: number, more = {}, caller = owner()): Promise<ChargerMessages> =>
      service.bus.call(chargers.messages, { id, ...more }, caller);
    const flushed = () => service.service.app.get(MessageLog).flush();

    it('are listed newest first, page by page and by action, with what was wrong', async () => {
      const made = await make();
      const socket = await service.connect(made);
      await socket.boot();
      for (let n = 0; n < 3; n += 1) await socket.call('Heartbeat');
      await socket.call('StatusNotification', { connectorId: 1, status: 'Broken' });
      socket.send('{"not": "OCPP"}');
      await until(async () => {
        await flushed();
        return (await read(made.id)).data.length === 9;
      }, 'the messages to be logged');
      const first = await read(made.id, { itemsPerPage: 2 });
      const [sent, received] = first.data;
      expect(sent).toMatchObject({ direction: 'sent', kind: 'error', message_id: '-1' });
      expect(received).toMatchObject({ direction: 'received', kind: 'malformed', text: '{"not": "OCPP"}' });
      const second = await read(made.id, { itemsPerPage: 2, cursor: Number(first.meta.next) });
      expect(second.data[1]).toMatchObject({ action: 'StatusNotification', payload: { status: 'Broken' } });
      expect(second.data[1]?.problems).toContain('status_unknown');
      // Answers to heartbeats say nothing, and are left out.
      expect((await read(made.id, { action: 'Heartbeat' })).data).toHaveLength(3);
      socket.terminate();
    });

    it('are kept up to a number: the oldest go first', async () => {
      const made = await make();
      const socket = await service.connect(made);
      await service.db.query(
        `insert into messages (charger_id, account_id, at, direction, kind, message_id, payload, problems)
         select $1, 1, now(), 'received', 'call', n::text, '{}', '{}' from generate_series(1, $2::int) n`,
        [made.id, MAX_PER_CHARGER],
      );
      const log = service.service.app.get(MessageLog);
      const message = { chargerId: made.id, accountId: 1, at: Date.now(), direction: 'sent', kind: 'call' } as const;
      for (let n = 0; n < 1000; n += 1) log.add({ ...message, messageId: `new ${n}`, payload: {} });
      await flushed();
      await log.tidy();
      const [row] = await service.db.query(
        `select count(*)::int as n, count(*) filter (where message_id like 'new %')::int as new
         from messages where charger_id = $1`,
        [made.id],
      );
      expect(row).toEqual({ n: MAX_PER_CHARGER, new: 1000 });
      socket.terminate();
    });

    it('show no secrets, and cards to those alone who may see workers', async () => {
      const made = await make();
      const socket = await service.connect(made);
      await socket.call('Authorize', { idTag: '04A2B1C6' });
      const data = { vendorId: 'x', password: 'hunter2', location: 'ftp://user:pass@example.com/a' };
      await socket.call('DataTransfer', data);
      await flushed();
      const keyed = asUser({ accountId: 1, userId: 11, scope: ['chargers'] });
      const [all, without] = [await read(made.id), await read(made.id, {}, keyed)].map((one) => JSON.stringify(one));
      expect(all).toContain('04A2B1C6');
      expect(without).not.toContain('04A2B1C6');
      expect(all).not.toMatch(/hunter2|user:pass/);
      await service.db.query(`update messages set at = now() - interval '8 days' where charger_id = $1`, [made.id]);
      await until(async () => {
        await service.service.app.get(PartitionMaintenance).run();
        return (await read(made.id)).data.length === 0;
      }, 'messages past their retention to be removed');
      socket.terminate();
    });
  });
});
