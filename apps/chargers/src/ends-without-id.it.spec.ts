import { chargerCommands, chargers, type NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const [WORKER, OTHER, REFUSED] = ['04A2B1C7', '04A2B1C8', 'FFFF'];
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Offline, a charger does not know the id of its transaction: it says -1, 0 or nothing. */
describe('an end without an id', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 2700;

  beforeAll(async () => {
    service = await startChargers('charger_ends_without_id');
    [WORKER, OTHER].forEach((card) => CARDS.set(card, 'known'));
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const open = async () => (await service.bus.call(chargers.one, { id: charger.id }, owner())).open_transactions;
  const ends = async () =>
    (await service.published(charger, 'session.completed')).map(({ payload: { session_id, meter_wh } }) => [
      Number(String(session_id).split('.')[2]),
      meter_wh,
    ]);
  const start = async (connectorId: number, ago: number, more = {}) =>
    (await socket.start({ connectorId, idTag: WORKER, meterStart: 1000, timestamp: minutesAgo(ago), ...more })).id;

  it('changes nothing when it is repeated, also over another connection', async () => {
    const offline = await start(1, 60);
    const end = { timestamp: minutesAgo(30) };
    const live = await start(2, 59);
    await socket.stop(-1, 2000, { ...end, idTag: WORKER });
    expect(await ends()).toHaveLength(1);
    await socket.stop(-1, 2000, { ...end, idTag: WORKER });
    socket.terminate();
    socket = await service.connect(charger);
    await socket.stop(0, 2000, { ...end, idTag: WORKER });
    expect([await open(), await ends()]).toEqual([1, [[live, 2000]]]);
    await socket.stop(offline, 3000);
    expect(await ends()).toEqual([
      [live, 2000],
      [offline, 3000],
    ]);
  });

  it('is that of the session with its card, also where another one is newer', async () => {
    const own = await start(1, 60);
    await start(2, 30, { idTag: OTHER });
    await socket.stop(-1, 2000, { idTag: WORKER });
    expect(await ends()).toEqual([[own, 2000]]);
  });

  it('with another card is that of the newest session', async () => {
    await start(1, 60);
    const newest = await start(2, 30);
    await socket.stop(-1, 2000, { idTag: OTHER });
    expect(await ends()).toEqual([[newest, 2000]]);
  });

  it('is not that of a session whose register was higher: it is kept', async () => {
    const own = await start(1, 60, { meterStart: 1000 });
    const newer = await start(2, 30, { meterStart: 500_000 });
    await socket.stop(-1, 2000);
    expect(await ends()).toEqual([[own, 2000]]);
    expect(await socket.stop(-1, 3000)).toEqual({});
    expect([await open(), await ends()]).toEqual([1, [[own, 2000]]]);
    const kept = await service.db.query('select action from kept_messages where charger_id = $1', [charger.id]);
    expect(kept).toEqual([{ action: 'StopTransaction' }]);
    await socket.stop(newer, 501_000);
  });

  it.each([
    ['restarted', 400, 600],
    ['is not known', undefined, -1],
    ['is said to be 0', undefined, 0],
  ])('is that of the open session where its register %s', async (_name, reading, meterStop) => {
    const id = await start(1, 60, { meterStart: 500_000 });
    if (reading !== undefined) await socket.meter(id, reading, minutesAgo(10));
    await socket.stop(-1, meterStop);
    expect((await ends()).map(([session]) => session)).toEqual([id]);
  });

  it('repeats no end of an earlier session where it says no time', async () => {
    for (const meterStop of [2000, 2000]) {
      const id = await start(1, 60, { meterStart: meterStop - 1000, timestamp: undefined });
      await socket.call('StopTransaction', { transactionId: -1, meterStop });
      expect((await ends()).at(-1)).toEqual([id, meterStop]);
    }
  });

  it('comes with readings of another session than the open one: those of before its begin are not its', async () => {
    const live = await start(1, 10, { meterStart: 5000 });
    await socket.meter(-1, 3000, minutesAgo(40));
    await socket.meter(-1, 5500, minutesAgo(5));
    const metered = (await service.published(charger, 'session.metered')).map(({ payload }) => payload.meter_wh);
    expect(metered).toEqual([5500]);
    await socket.stop(live, 6000);
  });

  it('is not waited for of a session that began before one at its connector, in whatever order they were told', async () => {
    const later = await start(1, 10, { meterStart: 5000 });
    const earlier = await start(1, 60);
    expect(await open()).toBe(1);
    await socket.stop(earlier, 4000, { timestamp: minutesAgo(20) });
    await socket.stop(later, 6000);
    expect(await ends()).toEqual([
      [earlier, 4000],
      [later, 6000],
    ]);
  });

  it('is that of the session with its card, also where the registers of another one are nearer', async () => {
    const relative = await start(1, 60, { meterStart: 500_000 });
    await start(2, 30, { idTag: OTHER });
    await socket.stop(-1, 5000, { idTag: WORKER });
    expect(await ends()).toEqual([[relative, 5000]]);
  });

  it('is that of the session which a command began with its tag', async () => {
    socket.answers.set('RemoteStartTransaction', () => ({ status: 'Accepted' }));
    await service.bus.call(chargerCommands.send, { id: charger.id, type: 'start', connector: 1 }, owner());
    const call = await until(async () => socket.calls.find(({ action }) => /^RemoteStart/.test(action)), 'the call');
    const tag = String(call.payload.idTag);
    const now = () => new Date().toISOString();
    const own = await start(1, 0, { idTag: tag, timestamp: now() });
    await start(2, 0, { idTag: OTHER, timestamp: now() });
    await socket.stop(-1, 4000, { idTag: tag });
    expect(await ends()).toEqual([[own, 4000]]);
  });

  it('is not that of a refused card while there is a session', async () => {
    const own = await start(1, 60);
    await start(2, 30, { idTag: REFUSED, meterStart: 500 });
    await socket.stop(-1, 9000);
    expect(await ends()).toEqual([[own, 9000]]);
  });

  it.each([
    ['card', { idTag: WORKER }],
    ['time alone', {}],
  ])('is that of a session which another one overtook, by its %s', async (_name, card) => {
    const first = await start(1, 60);
    const other = await start(2, 50, { idTag: OTHER });
    const second = await start(1, 20, { meterStart: 2000 });
    await socket.stop(-1, 2000, { ...card, timestamp: minutesAgo(30) });
    expect(await ends()).toEqual([[first, 2000]]);
    await socket.stop(-1, 3000, { idTag: WORKER });
    await socket.stop(-1, 4000);
    expect(await ends()).toEqual([
      [first, 2000],
      [second, 3000],
      [other, 4000],
    ]);
  });

  it.each([
    ['no register', 0],
    ['the register of both', 3000],
  ])(
    'is kept where another one with the same time and %s has come, and a second session is open',
    async (_name, wh) => {
      const end = { timestamp: minutesAgo(10), reason: 'PowerLoss' };
      await start(1, 60);
      const newest = await start(2, 50, { idTag: OTHER });
      await socket.stop(-1, wh, end);
      await socket.stop(-1, wh, end);
      expect([await open(), (await ends()).map(([id]) => id)]).toEqual([1, [newest]]);
      const kept = await service.db.query('select reason from kept_messages where charger_id = $1', [charger.id]);
      expect(kept).toEqual([{ reason: expect.stringContaining('same end') }]);
    },
  );

  it.each<[string, { named?: boolean; idTag?: string }, object]>([
    ['another reason', { idTag: WORKER }, { idTag: WORKER, reason: 'PowerLoss' }],
    ['a card', { named: true }, { idTag: WORKER }],
    ['no id', { named: true }, {}],
  ])('that is repeated with %s ends no other session', async (_name, { named, ...first }, again) => {
    const own = await start(1, 60);
    await start(2, 50, { idTag: OTHER });
    const timestamp = minutesAgo(20);
    await socket.stop(named ? own : -1, 2000, { ...first, timestamp });
    await socket.stop(-1, 2000, { ...again, timestamp });
    expect([await open(), await ends()]).toEqual([1, [[own, 2000]]]);
  });

  it('with the card of another session than one that ended so is its own', async () => {
    const [first, second] = [await start(1, 60), await start(2, 50, { idTag: OTHER })];
    const timestamp = minutesAgo(20);
    await socket.stop(-1, 2000, { idTag: WORKER, timestamp });
    await socket.stop(-1, 2000, { idTag: OTHER, timestamp });
    expect(await ends()).toEqual([
      [first, 2000],
      [second, 2000],
    ]);
  });

  it.each([
    ['cards', WORKER, undefined],
    ['one card', WORKER, WORKER],
  ])('is that of the nearest register: two connectors with meters of their own and %s', async (_name, card, shown) => {
    const a = await start(1, 60, { meterStart: 100_000 });
    const b = await start(2, 30, { meterStart: 2000, idTag: card });
    await socket.meter(a, 104_900, minutesAgo(12));
    await socket.meter(b, 2500, minutesAgo(12));
    const idTag = shown === undefined ? {} : { idTag: shown };
    await socket.stop(-1, 105_000, { ...idTag, timestamp: minutesAgo(10) });
    await socket.stop(-1, 3000, { ...idTag, timestamp: minutesAgo(5) });
    expect(await ends()).toEqual([
      [a, 105_000],
      [b, 3000],
    ]);
  });

  it('is that of the nearest register of a session also where both count from their begin', async () => {
    const [a, b] = [await start(1, 60, { meterStart: 0 }), await start(2, 30, { meterStart: 0 })];
    await socket.meter(a, 9000, minutesAgo(12));
    await socket.meter(b, 500, minutesAgo(12));
    await socket.stop(-1, 9100, { idTag: WORKER, timestamp: minutesAgo(10) });
    await socket.stop(-1, 700, { idTag: WORKER, timestamp: minutesAgo(5) });
    expect(await ends()).toEqual([
      [a, 9100],
      [b, 700],
    ]);
  });

  it('is not that of a session whose readings have passed its register, also with its card', async () => {
    const id = await start(2, 30, { meterStart: 500_000 });
    await socket.meter(id, 503_000, minutesAgo(12));
    await socket.stop(-1, 3000, { idTag: WORKER, timestamp: minutesAgo(10) });
    await socket.stop(id, 510_000);
    expect(await ends()).toEqual([[id, 510_000]]);
  });

  it('gives way to the one that names its session, and is kept', async () => {
    const [, b] = [await start(1, 60), await start(2, 30)];
    await socket.stop(-1, 2000, { idTag: WORKER, timestamp: minutesAgo(10) });
    await socket.stop(b, 7000);
    const told = await service.published(charger, 'session.completed');
    expect(told.map(({ payload: { session_id, meter_wh, assumed } }) => [session_id, meter_wh, assumed])).toEqual([
      [`ocpp.${charger.id}.${b}`, 2000, true],
      [`ocpp.${charger.id}.${b}`, 7000, undefined],
    ]);
    const kept = await service.db.query('select transaction_id, payload from kept_messages where charger_id = $1', [
      charger.id,
    ]);
    expect(kept).toEqual([{ transaction_id: b, payload: expect.stringContaining('2000') }]);
  });

  it('that gave way ends no other session when it is repeated', async () => {
    const first = { idTag: OTHER, timestamp: minutesAgo(10) };
    const [, b] = [await start(1, 60), await start(2, 30, { idTag: OTHER })];
    await socket.stop(-1, 2000, first);
    await socket.stop(b, 2100, { timestamp: minutesAgo(8) });
    await socket.stop(-1, 2000, { ...first, idTag: undefined });
    expect([await open(), (await ends()).map(([id]) => id)]).toEqual([1, [b, b]]);
  });

  it.each([
    [2000, 0],
    [4000, 1],
  ])(
    'with an id and %i Wh, of a session that an earlier release has ended, is kept where it is another',
    async (wh, n) => {
      const id = await start(1, 60);
      const timestamp = minutesAgo(10);
      await socket.stop(id, 2000, { timestamp });
      await service.db.query('update transactions set stop_key = null, end_assumed = null where id = $1', [id]);
      await socket.stop(id, wh, { timestamp });
      expect(await service.db.query('select 1 from kept_messages where charger_id = $1', [charger.id])).toHaveLength(n);
    },
  );

  it('gives way once: an end that names its session is final, whatever its reason is called', async () => {
    const id = await start(1, 60);
    await socket.stop(id, 2000, { reason: 'EndLost', timestamp: minutesAgo(10) });
    await socket.stop(id, 3000, { timestamp: minutesAgo(5) });
    expect(await ends()).toEqual([[id, 2000]]);
  });

  it('ends a session also where a reading of the same moment follows', async () => {
    const id = await start(1, 60);
    const timestamp = minutesAgo(-0.5);
    await socket.stop(-1, 2000, { timestamp });
    await socket.meter(id, 2000, timestamp);
    expect(await open()).toBe(0);
  });

  it('does not end a session that goes on: a reading shows it', async () => {
    const id = await start(1, 60);
    await socket.stop(-1, 2000, { timestamp: minutesAgo(10) });
    await socket.meter(id, 2500, minutesAgo(-0.5));
    expect(await open()).toBe(1);
  });

  it.each([
    ['was refused', REFUSED],
    ['lost its end', OTHER],
  ])('is not that of a session of which nothing was heard for days, and which %s', async (_name, idTag) => {
    await start(2, 6 * 24 * 60, { idTag });
    await socket.stop(-1, 52_000);
    expect([await open(), await ends()]).toEqual([1, []]);
  });

  it('that is repeated a moment later ends no other session', async () => {
    const own = await start(1, 60);
    await start(2, 50, { idTag: OTHER });
    await socket.stop(own, 2000, { timestamp: minutesAgo(20), idTag: WORKER });
    await socket.stop(-1, 2000, { timestamp: minutesAgo(19.9), idTag: WORKER });
    expect([await open(), await ends()]).toEqual([1, [[own, 2000]]]);
  });

  it('with an id is kept where its session has ended otherwise, and is not where it is repeated', async () => {
    const id = await start(1, 60);
    const end = { timestamp: minutesAgo(50) };
    await socket.stop(id, 2000, end);
    await socket.stop(id, 2000, end);
    const kept = () => service.db.query('select 1 from kept_messages where charger_id = $1', [charger.id]);
    expect(await kept()).toEqual([]);
    await socket.stop(id, 9000, { timestamp: minutesAgo(5) });
    expect([await ends(), await kept()]).toEqual([[[id, 2000]], [expect.anything()]]);
  });

  it('is kept when many readings are', async () => {
    await socket.stop(77_777, 5000);
    await service.db.query(
      `insert into kept_messages (charger_id, account_id, action, content_key, transaction_id, reason, payload, received_at)
       select $1, 1, 'MeterValues', decode(md5(n::text), 'hex'), 77777, 'None.', '{}', now() from generate_series(1, 1005) n`,
      [charger.id],
    );
    await socket.meter(88_888, 5000);
    const counted = `select action, count(*)::int as n from kept_messages where charger_id = $1 group by 1 order by 1`;
    expect(await service.db.query(counted, [charger.id])).toEqual([
      { action: 'MeterValues', n: 999 },
      { action: 'StopTransaction', n: 1 },
    ]);
  });

  it('comes after readings without one, which are not those of a refused card at its connector', async () => {
    const own = await start(1, 60);
    await start(1, 30, { idTag: REFUSED, meterStart: 3000 });
    await socket.meter(-1, 3500, minutesAgo(20));
    await socket.meter(-1, 4500, minutesAgo(10));
    await socket.stop(own, 5000);
    const started = await service.published(charger, 'session.started');
    expect(started.map(({ payload }) => payload.session_id)).toEqual([`ocpp.${charger.id}.${own}`]);
    expect(await service.published(charger, 'session.metered')).toHaveLength(2);
  });
});
