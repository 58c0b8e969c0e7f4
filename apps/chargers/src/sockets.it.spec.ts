import { connect } from 'node:net';
import { type Charger, chargers, type NewCharger } from '@open-cpo/contracts';
import { asUser, ConnectionRefused, until } from '@open-cpo/testing';
import { MAX_CONNECTORS } from './protocol/connector-states';
import { Presence } from './sockets/presence';
import { ConnectionsRepository } from './sockets/connections.repository';
import { Sockets } from './sockets/sockets';
import { type Chargers, owner, startChargers } from './test/chargers';

describe('connections of chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let nextChargePoint = 200;

  beforeAll(async () => {
    service = await startChargers('charger_sockets', { CHARGERS_ABSENCE_SECONDS: '1' });
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });

  const shown = (): Promise<Charger> => service.bus.call(chargers.one, { id: charger.id }, owner());
  const refusal = (more: object) =>
    service.connect(charger, more).then(
      () => 'connected',
      (error: unknown) => (error instanceof ConnectionRefused ? error.status : error),
    );
  const answerOf = async (more: object) =>
    service.connect(charger, more).catch(({ status, headers }: ConnectionRefused) => ({ status, headers }));

  it('need the identity and its password, as text or as bytes; an unknown one is answered as a wrong one', async () => {
    const { password } = charger.credential;
    const text = await service.connect(charger);
    const bytes = await service.connect(charger, { password: Buffer.from(password, 'hex') });
    expect(await refusal({ username: 'other' })).toBe(401);
    const wrong = await answerOf({ password: 'f'.repeat(40) });
    const unknown = await answerOf({ identity: 'unknown', password: 'f'.repeat(40) });
    expect(unknown).toEqual(wrong);
    expect(wrong).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="ocpp"' } });
    text.terminate();
    bytes.terminate();
  });

  it('are refused for a minute after five failures of an address, for this identity alone', async () => {
    for (let n = 0; n < 5; n += 1) expect(await refusal({ password: 'wrong' })).toBe(401);
    expect(await answerOf({})).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    await service.chargePoint(nextChargePoint + 5000);
    (await service.connect(await service.make(nextChargePoint + 5000))).terminate();
  });

  it('speak OCPP 2.0.1 and 1.6, the best of what is offered in any order, and the protocol is shown', async () => {
    for (const [protocols, spoken] of [
      [['ocpp1.6'], 'ocpp1.6'],
      [['ocpp2.0.1'], 'ocpp2.0.1'],
      [['ocpp1.6', 'ocpp2.0.1'], 'ocpp2.0.1'],
      [['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'], 'ocpp2.0.1'],
      [['ocpp2.1', 'ocpp1.5', 'OCPP1.6'], 'OCPP1.6'],
    ] as const) {
      const socket = await service.connect(charger, { protocols });
      expect(socket.socket.protocol).toBe(spoken);
      expect((await shown()).protocol).toBe(spoken.toLowerCase());
      socket.terminate();
    }
  });

  it.each([['ocpp2.1'], ['ocpp2.0'], ['ocpp1.5'], ['ocpp2.1, ocpp2.0, ocpp1.5'], ['mqtt']])(
    'are refused with %s alone, also where its owner assumes OCPP 1.6',
    async (offered) => {
      await service.bus.call(chargers.change, { id: charger.id, assume_ocpp16: true }, owner());
      // The client library ends a handshake without a subprotocol by itself.
      const asked = service.connect(charger, { protocols: offered.split(', ') });
      await expect(asked).rejects.toThrow('Server sent no subprotocol');
      expect((await shown()).state).toBe('never_connected');
    },
  );

  it('that name no protocol are taken for OCPP 1.6 where their owner says so', async () => {
    expect(await refusal({ protocols: [] })).toBe(400);
    await service.bus.call(chargers.change, { id: charger.id, assume_ocpp16: true }, owner());
    const silent = await service.connect(charger, { protocols: [] });
    expect(await silent.boot()).toMatchObject({ status: 'Accepted' });
    silent.terminate();
  });

  it('are taken over by the newest one; the end of the old one changes nothing', async () => {
    const first = await service.connect(charger);
    const second = await service.connect(charger);
    expect(await first.closed).toMatchObject({ code: 1008 });
    expect(await second.boot()).toMatchObject({ status: 'Accepted' });
    expect(await shown()).toMatchObject({ state: 'connected', disconnected_at: null });
    second.terminate();
  });

  it('are not taken over by a request that gets no socket, also with the right password', async () => {
    const socket = await service.connect(charger);
    const { identity, password } = charger.credential;
    const { port } = new URL(service.url.replace('ws', 'http'));
    const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
    const answer = await new Promise<string>((resolve) => {
      const raw = connect(Number(port), '127.0.0.1');
      const lines = [`GET /ocpp/${identity} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
      raw.write([...lines, 'Sec-WebSocket-Protocol: ocpp1.6', `Authorization: ${authorization}`, '', ''].join('\r\n'));
      raw.once('data', (data) => resolve(String(data)));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
    expect(await shown()).toMatchObject({ state: 'connected', disconnected_at: null });
    socket.terminate();
  });

  it('are not taken over by who cannot prove to be the charger', async () => {
    const socket = await service.connect(charger);
    expect(await refusal({ password: 'wrong' })).toBe(401);
    expect(await socket.call('Heartbeat')).toMatchObject({ currentTime: expect.any(String) });
    socket.terminate();
  });

  it('are taken over over replicas: a message of the old socket is not taken', async () => {
    const replica = await service.replica();
    try {
      const first = await service.connect(charger);
      const second = await service.connect(charger, { url: replica.url });
      // Without the look that closes it.
      first.send(JSON.stringify([2, '1', 'StartTransaction', { connectorId: 1, meterStart: 0, idTag: 'A' }]));
      expect(await first.closed).toMatchObject({ code: 1008 });
      expect((await shown()).open_transactions).toBe(0);
      expect(await second.boot()).toMatchObject({ status: 'Accepted' });
      second.terminate();
    } finally {
      await replica.stop();
    }
  });

  it.each(['rotate', 'revoke', 'remove'] as const)('are closed within seconds after: %s', async (operation) => {
    const socket = await service.connect(charger);
    await service.bus.call(chargers[operation] as typeof chargers.remove, { id: charger.id }, owner());
    expect(await socket.closed).toMatchObject({ code: 1008 });
    expect(await refusal({})).toBe(401);
  });

  it('are closed when the power center is removed', async () => {
    const socket = await service.connect(charger);
    const removed = { id: nextChargePoint, account_id: 1 };
    await service.publish(`facts.stations.charge-points.removed.${nextChargePoint}`, removed);
    expect(await socket.closed).toMatchObject({ code: 1008 });
    expect(await refusal({})).toBe(401);
  });

  it('are closed while the account is locked, and opened when it is unlocked', async () => {
    const account = 70 + nextChargePoint;
    await service.chargePoint(9000 + nextChargePoint, account);
    const made = await service.bus.call(
      chargers.create,
      { charge_point_id: 9000 + nextChargePoint },
      asUser({ accountId: account, userId: 71 }),
    );
    const socket = await service.connect(made);
    const other = await service.connect(charger);
    const locked = (value: boolean) =>
      service.publish(`facts.auth.accounts.locked.${account}`, { account_id: account, locked: value });
    await locked(true);
    expect(await socket.closed).toMatchObject({ code: 1008 });
    await expect(service.connect(made)).rejects.toMatchObject({ status: 401 });
    expect(await other.call('Heartbeat')).toMatchObject({ currentTime: expect.any(String) });
    await locked(false);
    const locks = () => service.db.query('select 1 from account_locks where account_id = $1', [account]);
    await until(async () => (await locks()).length === 0, 'the account to be unlocked');
    const again = await service.connect(made);
    expect(await again.boot()).toMatchObject({ status: 'Accepted' });
    again.terminate();
    other.terminate();
  });

  it('are closed when the account is closed, and its messages and settings are gone', async () => {
    await service.chargePoint(7001, 7);
    await service.db.query(
      `with made as (
         insert into chargers (account_id, charge_point_id, identity) values (7, 7001, 'closing') returning id)
       , logged as (
         insert into messages (charger_id, account_id, at, direction, kind, message_id, payload, problems)
         select id, 7, now(), 'received', 'call', '1', '{}', '{}' from made)
       , begun as (
         insert into transactions (id, charger_id, account_id, charge_point_id, session_id, start_key, payment, accepted,
           published, undecided, started_at, start_received_at, clock_offset_ms, late)
         select nextval('transaction_ids'), id, 7, 7001, 'closing', '', 'cash', false, false, true, now(), now(), 0, false
         from made)
       insert into settings (charger_id, key, readonly, secret, read_at) select id, 'closing', true, false, now() from made`,
    );
    await service.publish('facts.auth.accounts.closed.7', { account_id: 7, closed_at: new Date().toISOString() });
    await until(async () => {
      const rows = await service.db.query(
        `select 1 from chargers where identity = 'closing' and deleted_at is not null
           and not exists (select 1 from messages where account_id = 7)
           and not exists (select 1 from settings where key = 'closing')
           and not exists (select 1 from transactions where account_id = 7 and undecided)`,
      );
      return rows.length === 1;
    }, 'the charger and its messages to be removed');
  });

  it('stay open after messages that are none, and the process after frames that are too large', async () => {
    const socket = await service.connect(charger);
    await expect(socket.call('Fly')).rejects.toThrow('NotImplemented');
    await expect(socket.call('Reset')).rejects.toThrow('NotSupported');
    expect(await socket.call('DataTransfer', { vendorId: 'x' })).toEqual({ status: 'UnknownVendorId' });
    const answer = new Promise((resolve) => socket.socket.once('message', (data: Buffer) => resolve(String(data))));
    socket.send('[');
    expect(await answer).toMatch(/^\[4,"-1","FormationViolation",/);
    for (const depth of [500, 5000, 50_000]) {
      socket.send(`[2,"d","DataTransfer",{"vendorId":"x","data":${'['.repeat(depth)}${']'.repeat(depth)}}]`);
      socket.send(`[2,"d","StopTransaction",{"transactionId":1,"idTag":${'['.repeat(depth)}${']'.repeat(depth)}}]`);
    }
    expect(await socket.call('Authorize', { idTag: '\ud800\u0000' })).toEqual({ idTagInfo: { status: 'Invalid' } });
    socket.send('x'.repeat(300 * 1024));
    expect(await socket.closed).toMatchObject({ code: 1009 });
    (await service.connect(charger)).terminate();
  });

  it('are not begun by requests that are no upgrades, or whose path cannot be read', async () => {
    const { port } = new URL(service.url.replace('ws', 'http'));
    expect((await fetch(`http://127.0.0.1:${port}/ocpp/x`)).status).toBe(426);
    const raw = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      const lines = ['GET /ocpp/%E0%A4%A HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', '', ''];
      socket.write(lines.join('\r\n'));
      socket.once('data', (data) => resolve(String(data)));
    });
    expect(raw).toMatch(/^HTTP\/1.1 400/);
    expect(await refusal({ url: service.url.replace('/ocpp', '/other') })).toBe(404);
  });

  it('are published when they begin, and when they have been away for a while', async () => {
    const events = async () => (await service.published(charger, '')).map(({ subject }) => subject);
    const first = await service.connect(charger);
    first.terminate();
    const second = await service.connect(charger);
    await service.service.app.get(Presence).run();
    expect(await events()).toEqual(['charging.charger.connected']);
    second.terminate();
    await until(async () => (await shown()).state === 'disconnected', 'the charger to be disconnected');
    expect(await events()).toEqual(['charging.charger.connected', 'charging.charger.disconnected']);
    const again = await service.connect(charger);
    expect((await events()).at(-1)).toBe('charging.charger.connected');
    again.terminate();
  });

  it('report the states of their connectors: changes are published, 0 is the charger itself', async () => {
    const socket = await service.connect(charger);
    await socket.status(0, 'Available');
    for (const status of ['Available', 'Preparing', 'Charging', 'Faulted', 'Faulted']) await socket.status(1, status);
    await socket.call('StatusNotification', { connectorId: 2, status: 'Broken', errorCode: 'NoError' });
    const states = (await service.published(charger, 'connector.status')).map(({ payload }) => [
      payload.connector_number,
      payload.status,
    ]);
    expect(states).toEqual([
      [1, 'available'],
      [1, 'busy'],
      [1, 'unavailable'],
    ]);
    const { connectors } = await shown();
    expect(connectors.map(({ number, status }) => [number, status])).toEqual([
      [0, 'Available'],
      [1, 'Faulted'],
      [2, 'Broken'],
    ]);
    socket.terminate();
  });

  it('take a queue of more messages than are handled at once without losing one', async () => {
    const socket = await service.connect(charger);
    const { id } = await socket.start({ idTag: 'FFFF', meterStart: 0, timestamp: '2026-03-01T10:00:00Z' });
    const at = (n: number) => new Date(Date.UTC(2026, 2, 1, 11, 0, n)).toISOString();
    const answers = Array.from({ length: 240 }, (_, n) => socket.meter(id, n, at(n)));
    expect(await Promise.all(answers)).toHaveLength(240);
    // The readings of a refused card are published as soon as energy flows.
    const readings = (await service.published(charger, 'session.metered')).map(({ payload }) => payload.meter_wh);
    expect(readings).toEqual(Array.from({ length: 229 }, (_, n) => n + 11));
    socket.terminate();
  });

  it('are compared with their rows only when one of these may have changed', async () => {
    const socket = await service.connect(charger);
    const sockets = service.service.app.get(Sockets);
    const changed = jest.spyOn(service.service.app.get(ConnectionsRepository), 'changed');
    const compared = () =>
      until(async () => {
        await sockets.look();
        await changed.mock.results[0]?.value;
        return changed.mock.results.length > 0;
      }, 'the sockets to be compared');
    await compared();
    changed.mockClear();
    await sockets.look();
    expect(changed).not.toHaveBeenCalled();
    await service.db.query(`update chargers set policy = 'anybody' where id = $1`, [charger.id]);
    await compared();
    changed.mockRestore();
    socket.terminate();
  });

  it('report as many connectors as a charger can have', async () => {
    const socket = await service.connect(charger);
    for (let n = 0; n < MAX_CONNECTORS + 5; n += 1) await socket.status(n, 'Available');
    await socket.status(1, 'Faulted');
    const { connectors } = await shown();
    expect(connectors).toHaveLength(MAX_CONNECTORS);
    expect(connectors[1]).toMatchObject({ number: 1, status: 'Faulted' });
    socket.terminate();
  });

  it('keep what was seen of them', async () => {
    const socket = await service.connect(charger);
    await socket.status(1, 'Available', '2099-03-01T10:00:00');
    await socket.status(1, 'Charging', '2099-03-01T10:00:00');
    socket.terminate();
    await until(async () => (await shown()).quirks.time_without_zone === 2, 'the quirks to be written');
    expect((await shown()).clock_offset_seconds).toBeLessThan(-60);
    await service.service.app.get(Sockets).look();
  });
});

describe('connections without TLS', () => {
  it('are refused unless it is set, and taken from a load balancer that ended TLS', async () => {
    const env = { CHARGERS_PLAIN: 'false', TRUSTED_PROXIES: '127.0.0.0/8' };
    const service = await startChargers('charger_tls', env);
    try {
      await service.chargePoint(1);
      const charger = await service.make(1);
      await expect(service.connect(charger)).rejects.toMatchObject({ status: 403 });
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
      const socket = await service.connect(charger, { options: { headers } });
      expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
      socket.terminate();
    } finally {
      await service.stop();
    }
  });
});
