import { MOST_READINGS, orders } from '@open-cpo/contracts';
import { empty, knowChargePoints, type Orders, ordersWhere, owner, rival, startOrders } from '../test/orders';
import { after, end, meter, start } from '../test/session';
import { PRICED_READINGS } from '../sessions/sessions.queries';
import { SessionsRepository } from '../sessions/sessions.repository';
import { READINGS } from './orders.queries';

describe('the readings of an order', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('readings');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(() => empty(own));

  const read = (id: number, caller = owner()) => own.bus.call(orders.readings, { orderID: id }, caller);
  const orderOf = async (session: string): Promise<number> => {
    const [row] = (await ordersWhere(own, `session_id = '${session}' and status = 1`)) as unknown as { id: number }[];
    return row?.id ?? 0;
  };
  const fill = (session: string, count: number) =>
    own.db.query(
      `insert into session_readings (session_id, read_at, wh)
       select $1, $2::timestamptz + n * interval '1 second', n from generate_series(1, $3::int) n`,
      [session, after(0), count],
    );

  it('go from its begin to its end, in kWh since the begin, and never back', async () => {
    await start(own, 'curve', { meter_wh: 1000 });
    await meter(own, 'curve', 20, 3500);
    await meter(own, 'curve', 10, 2000);
    await end(own, 'curve', 30, 5000);
    const id = await orderOf('curve');
    await own.db.query('insert into session_readings (session_id, read_at, wh) values ($1, $2, 3000)', [
      'curve',
      after(25),
    ]);
    const found = await read(id);
    expect(found).toEqual({
      total: 5,
      readings: [
        { at: '2025-01-08T07:33:27.000000Z', energy: '0.0000' },
        { at: '2025-01-08T07:43:27.000000Z', energy: '1.0000' },
        { at: '2025-01-08T07:53:27.000000Z', energy: '2.5000' },
        { at: '2025-01-08T07:58:27.000000Z', energy: '2.5000' },
        { at: '2025-01-08T08:03:27.000000Z', energy: '4.0000' },
      ],
    });
  });

  it('are few of many, with the first and the last one', async () => {
    await start(own, 'long');
    await end(own, 'long', 400, 20_000);
    const id = await orderOf('long');
    for (const [more, shown] of [
      [MOST_READINGS - 2, MOST_READINGS],
      [MOST_READINGS - 1, MOST_READINGS / 2 + 2],
      [20_000, 489],
    ] as const) {
      await own.db.query('delete from session_readings');
      await fill('long', more);
      const { total, readings } = await read(id);
      expect([total, readings.length]).toEqual([more + 2, shown]);
      expect([readings[0]?.energy, readings.at(-1)?.energy]).toEqual(['0.0000', '20.0000']);
    }
  });

  it('that price it are few of many, with the first and the last one', async () => {
    const sessions = own.service.app.get(SessionsRepository);
    for (const [count, chosen] of [
      [PRICED_READINGS, PRICED_READINGS],
      [PRICED_READINGS + 1, PRICED_READINGS + 1],
      [3 * PRICED_READINGS, PRICED_READINGS + 1],
      [102_000, PRICED_READINGS + 1],
    ] as const) {
      await own.db.query('delete from session_readings');
      await fill('many', count);
      await fill('few', 2);
      const found = await sessions.readings(['many', 'few', 'none']);
      const many = found.get('many') ?? [];
      expect([found.size, found.get('few')?.length, many.length]).toEqual([2, 2, chosen]);
      expect([many[0]?.wh, many.at(-1)?.wh].map(Number)).toEqual([1, count]);
      const times = many.map(({ at }) => at.getTime());
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });

  it('are empty without meter values, and of the account alone', async () => {
    await start(own, 'silent', { meter_wh: null });
    await end(own, 'silent', 5);
    const id = await orderOf('silent');
    expect(await read(id)).toEqual({ total: 0, readings: [] });
    await expect(read(id, rival())).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(2_000_000_000)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are found by their index', async () => {
    await own.db.query(`insert into session_readings (session_id, read_at, wh)
      select 's' || n % 500, now() + n * interval '1 second', n from generate_series(1, 50000) n`);
    await own.db.query('analyze session_readings');
    const rows = await own.db.query(`explain ${READINGS}`, ['s7', MOST_READINGS]);
    const plan = rows.map((row) => String(Object.values(row)[0])).join('\n');
    expect(plan).toMatch(/session_readings_pkey/);
    expect(plan).not.toMatch(/Seq Scan on session_readings/);
  });
});
