import { CARDS, type Chargers, owner, startChargers, WORKFORCE } from './test/chargers';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { Sockets } from './sockets/sockets';
import { MAX_KEPT_MESSAGES } from './transactions/transaction.queries';

const WORKER = '04A2B1C6';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const hasSession = (id: number, transaction: number) => `ocpp.${id}.${transaction}`;

describe('sessions of chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 100;

  beforeAll(async () => {
    service = await startChargers('charger_sessions');
    CARDS.set(WORKER, 'known').set('0BAD', 'expired').set('DEAD', 'removed');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const sessions = async () => (await service.published(charger)).filter(({ subject }) => /session/.test(subject));
  const start = (more = {}) => socket.start({ idTag: WORKER, meterStart: 1000, ...more });
  const shown = () => service.bus.call(chargers.one, { id: charger.id }, owner());

  it('are published as those of every charging back end: begin, readings and end', async () => {
    expect(await socket.boot()).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(await socket.call('Heartbeat')).toEqual({ currentTime: expect.stringMatching(/^\d{4}-.*:\d\dZ$/) });
    expect(await socket.call('Authorize', { idTag: ' 04a2b1c6 ' })).toEqual({ idTagInfo: { status: 'Accepted' } });
    const { id, status } = await start();
    expect(status).toBe('Accepted');
    expect(await socket.meter(id, 1500)).toEqual({});
    expect((await shown()).open_transactions).toBe(1);
    expect(await socket.stop(id, 2500)).toEqual({});
    const session_id = hasSession(charger.id, id);
    const common = { version: 1, session_id };
    expect(await sessions()).toEqual([
      {
        subject: 'charging.session.started',
        payload: {
          ...common,
          charge_point_id: nextChargePoint,
          connector_number: 1,
          rfid: WORKER,
          payment: 'cash',
          meter_wh: 1000,
          time: expect.any(String),
        },
      },
      { subject: 'charging.session.metered', payload: { ...common, meter_wh: 1500, time: expect.any(String) } },
      { subject: 'charging.session.completed', payload: { ...common, meter_wh: 2500, time: expect.any(String) } },
    ]);
    expect(await shown()).toMatchObject({ vendor: 'Open CPO', state: 'connected', open_transactions: 0 });
    // They reach the stream.
    await until(async () => {
      const [row] = await service.db.query<{ n: number }>(
        `select count(*)::int as n from outbox where name like 'charging.%' and sent_at is null`,
      );
      return row?.n === 0;
    }, 'the events to be in the stream');
  });

  it('are recognised by their content: repetitions with other message ids are the same', async () => {
    const begin = { idTag: WORKER, meterStart: 5, timestamp: minutesAgo(1) };
    const first = await socket.start(begin);
    const again = await socket.start(begin);
    expect(again).toEqual(first);
    const other = await socket.start({ ...begin, connectorId: 2 });
    expect(other.id).toBeGreaterThan(first.id);
    const time = minutesAgo(0);
    await socket.meter(first.id, 100, time);
    await socket.meter(first.id, 100, time);
    await socket.stop(first.id, 200);
    await socket.stop(first.id, 300);
    const names = (await sessions()).map(({ subject }) => subject.split('.')[2]);
    expect(names).toEqual(['started', 'started', 'metered', 'completed']);
  });

  it('go on after a reconnection, without a new boot', async () => {
    const { id } = await start();
    socket.terminate();
    socket = await service.connect(charger);
    await socket.status(1, 'Available');
    await socket.meter(id, 1800);
    await socket.stop(id, 2000);
    expect((await sessions()).map(({ payload }) => payload.meter_wh)).toEqual([1000, 1800, 2000]);
  });

  it('of a charger that was offline keep their times', async () => {
    await socket.status(1, 'Available');
    const begin = minutesAgo(3000);
    const { id } = await start({ timestamp: begin });
    await socket.stop(id, 3000, { timestamp: minutesAgo(2900) });
    const [started, completed] = await sessions();
    expect(started?.payload.time).toBe(begin);
    const length = Date.parse(String(completed?.payload.time)) - Date.parse(begin);
    expect(Math.round(length / 60_000)).toBe(100);
    const [row] = await service.db.query('select late from transactions where id = $1', [id]);
    expect(row).toEqual({ late: true });
  });

  it('of a clock that was never set begin when they are received, and keep their length', async () => {
    const { id } = await start({ timestamp: '1970-01-01T00:10:00Z' });
    await socket.meter(id, 1100, '1970-01-01T00:10:00Z');
    const [started, metered] = await sessions();
    expect(Math.abs(Date.now() - Date.parse(String(started?.payload.time)))).toBeLessThan(60_000);
    expect(metered?.payload.time).toBe(started?.payload.time);
    expect(await shown()).toMatchObject({ open_transactions: 1 });
  });

  it.each([
    ['-1', -1],
    ['null', null],
    ['2^63-1', '9223372036854775807'],
  ])('that end with the id %s are the newest open one', async (_name, given) => {
    const { id } = await start();
    const payload = { meterStop: 1700, timestamp: new Date().toISOString(), transactionId: given };
    socket.send(JSON.stringify([2, 'x', 'StopTransaction', payload]).replace(/"(\d{19})"/, '$1'));
    await until(async () => (await shown()).open_transactions === 0, 'the transaction to end');
    expect((await sessions()).at(-1)?.payload).toMatchObject({
      session_id: hasSession(charger.id, id),
      meter_wh: 1700,
    });
  });

  it('are not ended by the id of another charger: the message is answered and kept', async () => {
    await service.chargePoint(nextChargePoint + 5000);
    const neighbour = await service.connect(await service.make(nextChargePoint + 5000));
    const { id } = await start();
    expect(await neighbour.stop(id, 9999)).toEqual({});
    expect(await neighbour.stop(id, 9999, { timestamp: minutesAgo(1) })).toEqual({});
    expect((await shown()).open_transactions).toBe(1);
    const kept = await service.db.query('select transaction_id from kept_messages where transaction_id = $1', [id]);
    expect(kept).toHaveLength(2);
    neighbour.terminate();
  });

  it('get no readings of a transaction that is not theirs: they are answered and kept', async () => {
    const { id } = await start();
    const unknown = 2 ** 31 - 5;
    expect(await socket.meter(unknown, 9000)).toEqual({});
    expect(await socket.meter(unknown, 9100)).toEqual({});
    // Without a transaction they are those of the connector.
    await socket.meter(-1, 1200);
    expect((await sessions()).map(({ payload }) => payload.meter_wh)).toEqual([1000, 1200]);
    const kept = await service.db.query('select action, payload from kept_messages where transaction_id = $1', [
      unknown,
    ]);
    expect(kept).toEqual([
      { action: 'MeterValues', payload: expect.stringContaining('"9000"') },
      { action: 'MeterValues', payload: expect.stringContaining('"9100"') },
    ]);
    await socket.stop(id, 1300);
  });

  it.each([
    ['StartTransaction', { transactionId: expect.any(Number), idTagInfo: { status: 'Invalid' } }],
    ['StopTransaction', {}],
    ['MeterValues', {}],
  ])('get no error for a payload of %s that is none: it is answered and kept', async (action, answer) => {
    const said = new Promise((resolve) => socket.socket.once('message', (data: Buffer) => resolve(String(data))));
    socket.send(JSON.stringify([2, 'list', action, [{ transactionId: 1 }]]));
    expect(JSON.parse(String(await said))).toEqual([3, 'list', answer]);
    const kept = await service.db.query('select action, payload, reason from kept_messages where charger_id = $1', [
      charger.id,
    ]);
    const payload = expect.stringContaining('[{"transactionId":1}]');
    expect(kept).toEqual([{ action, payload, reason: 'Error: The payload is not an object.' }]);
    await expect(socket.call('Heartbeat', [] as never)).rejects.toThrow('FormationViolation');
  });

  it('keep their times where statuses of an interruption come in a queue', async () => {
    const begin = minutesAgo(30);
    for (const status of ['Available', 'Preparing']) await socket.status(1, status, minutesAgo(60));
    const { id } = await start({ timestamp: begin });
    await socket.stop(id, 2000, { timestamp: minutesAgo(20) });
    expect((await sessions())[0]?.payload.time).toBe(begin);
  });

  it('are not ended by a status', async () => {
    const { id } = await start();
    await socket.status(1, 'Available');
    expect((await shown()).open_transactions).toBe(1);
    await socket.stop(id, 1000);
  });

  it('of refused cards are not published, unless energy flows', async () => {
    for (const [idTag, status] of [
      ['0BAD', 'Expired'],
      ['DEAD', 'Blocked'],
      ['FFFF', 'Invalid'],
    ]) {
      expect(await socket.call('Authorize', { idTag })).toEqual({ idTagInfo: { status } });
      const { id, status: said } = await start({ idTag, timestamp: new Date().toISOString() });
      expect(said).toBe(status);
      await socket.stop(id, 1000, { reason: 'DeAuthorized' });
    }
    expect(await sessions()).toEqual([]);
    const { id } = await start({ idTag: 'FFFF' });
    await socket.meter(id, 1500);
    await socket.stop(id, 1600);
    const names = (await sessions()).map(({ subject, payload }) => [subject, payload.meter_wh]);
    expect(names).toEqual([
      ['charging.session.started', 1000],
      ['charging.session.metered', 1500],
      ['charging.session.completed', 1600],
    ]);
  });

  it('may begin with any card, or none, where the policy is anybody: settled, since no money passes the platform', async () => {
    await service.bus.call(chargers.change, { id: charger.id, policy: 'anybody' }, owner());
    await until(async () => {
      const { idTagInfo } = await socket.call('Authorize', { idTag: 'FFFF' });
      return (idTagInfo as { status: string }).status === 'Accepted';
    }, 'the policy to be known to the socket');
    await start({ idTag: undefined });
    await start({ connectorId: 2 });
    const payments = (await sessions()).map(({ payload }) => [payload.rfid, payload.payment]);
    expect(payments).toEqual([
      [undefined, 'settled'],
      [WORKER, 'cash'],
    ]);
  });

  it('begin with cards that were known a day ago while workforce is not available', async () => {
    await socket.call('Authorize', { idTag: WORKER });
    WORKFORCE.available = false;
    try {
      expect((await start()).status).toBe('Accepted');
      expect((await start({ idTag: 'FFFF' })).status).toBe('Invalid');
    } finally {
      WORKFORCE.available = true;
    }
  });

  it('with a card that could not be asked for are cash where any card may begin one: orders look it up', async () => {
    await service.bus.call(chargers.change, { id: charger.id, policy: 'anybody' }, owner());
    await service.service.app.get(Sockets).look();
    WORKFORCE.available = false;
    try {
      expect((await start({ idTag: 'FFFE' })).status).toBe('Accepted');
      expect((await start({ idTag: undefined, connectorId: 2 })).status).toBe('Accepted');
    } finally {
      WORKFORCE.available = true;
    }
    expect((await sessions()).map(({ payload }) => [payload.rfid, payload.payment])).toEqual([
      ['FFFE', 'cash'],
      [undefined, 'settled'],
    ]);
  });

  it('keep messages that belong to none up to a number and a size', async () => {
    await service.db.query(
      `insert into kept_messages (charger_id, account_id, action, content_key, reason, payload, received_at)
       select $1, 1, 'StopTransaction', decode(md5(n::text), 'hex'), 'old', '{}', now() from generate_series(1, 1005) n`,
      [charger.id],
    );
    const count = async () => {
      const [row] = await service.db.query<{ n: number; old: number; bytes: number }>(
        `select count(*)::int as n, count(*) filter (where reason = 'old')::int as old,
           max(octet_length(payload)) as bytes from kept_messages where charger_id = $1`,
        [charger.id],
      );
      return row;
    };
    await socket.stop(2 ** 31 - 2, 1, { reason: 'é'.repeat(20_000) });
    expect(await count()).toEqual({ n: MAX_KEPT_MESSAGES, old: MAX_KEPT_MESSAGES - 1, bytes: expect.any(Number) });
    expect((await count())?.bytes).toBeLessThanOrEqual(8192);
    await socket.stop(2 ** 31 - 3, 1);
    expect(await count()).toMatchObject({ n: MAX_KEPT_MESSAGES, old: MAX_KEPT_MESSAGES - 2 });
  });

  it('get ids from one sequence, positive and never twice', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await start({ timestamp: minutesAgo(n) })).id);
    expect(new Set(ids).size).toBe(5);
    expect(ids.every((id) => Number.isInteger(id) && id > 0)).toBe(true);
  });
});
