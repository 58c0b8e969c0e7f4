import {
  type Caller,
  type Cell,
  EXPORTS,
  type ExportPlan,
  type ExportState,
  may,
  PERMISSIONS,
} from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { asUser } from '@open-cpo/testing';
import { make, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

const exports = EXPORTS['power-centers'];

describe('the export of power centers', () => {
  let stations: Stations;
  beforeAll(async () => {
    stations = await startStations('stations_exports');
  });
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    await stations.db.query('truncate export_requests');
  });

  const start = (caller: Caller): Promise<ExportState> => stations.bus.call(exports.start, {}, caller);

  /** What a worker gets to write. */
  async function written(caller: Caller): Promise<{ plan: ExportPlan; rows: Cell[][] }> {
    const { id: exportId } = await start(caller);
    const run = { exportId, run: 'run-1' };
    const plan = await stations.bus.call(exports.begin, run, internalCaller());
    return { plan, rows: await allRows<Cell[]>(stations.bus.stream(exports.rows, run, internalCaller())) };
  }
  const valueIn = ({ plan, rows }: { plan: ExportPlan; rows: Cell[][] }, title: string, row = 0): Cell | undefined =>
    rows[row]?.[plan.columns.findIndex((column) => column.title === title)];

  it('has every power center of the owner and none of another one, newest first', async () => {
    await make(stations, { title: 'First' });
    await make(stations, { title: 'Second' });
    await make(stations, { title: 'Rival' }, rival());
    const mine = await written(owner());
    expect([valueIn(mine, 'Title', 0), valueIn(mine, 'Title', 1), mine.rows.length]).toEqual(['Second', 'First', 2]);
    const theirs = await written(rival());
    expect([valueIn(theirs, 'Title'), theirs.rows.length]).toEqual(['Rival', 1]);
  });

  it('shows amounts in the owner’s currency and moments in their time zone', async () => {
    const { id } = await make(stations, { title: 'Tassala' });
    await stations.db.query(
      `update charge_points set price_amount = 2, price_currency = 'USD', price_usd = 2, total_earnings_usd = 10,
        created_at = '2025-01-08T23:30:00Z' where id = $1`,
      [id],
    );
    const sheet = await written(owner());
    expect(valueIn(sheet, 'Price')).toBe('272.42');
    expect(valueIn(sheet, 'Earnings')).toBe('1362.09');
    expect([valueIn(sheet, 'Currency'), sheet.plan.currency]).toEqual(['DZD', 'DZD']);
    expect(valueIn(sheet, 'Created')).toBe('2025-01-09 00:30:00');
    expect(valueIn(sheet, 'Status')).toBe('Unavailable');
  });

  it('speaks Arabic to those who prefer it', async () => {
    await make(stations);
    const { plan, rows } = await written({ ...owner(), language: 'ar' });
    expect(plan).toMatchObject({ language: 'ar', title: 'محطات الشحن' });
    expect(plan.columns.map(({ title }) => title)).toContain('الأرباح');
    expect(rows[0]).toContain('غير متاحة');
    expect(plan.columns.every(({ title }) => /[\u0600-\u06ff]/.test(title))).toBe(true);
  });

  it('has a value for every column', async () => {
    await make(stations);
    const { plan, rows } = await written(owner());
    expect(rows[0]).toHaveLength(plan.columns.length);
  });

  it('is known by its kind, and to nobody else', async () => {
    const { id } = await start(owner());
    expect(id).toMatch(/^power-centers-[\da-f-]{36}$/);
    await expect(stations.bus.call(exports.one, { exportId: id }, rival())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const colleague = asUser({ accountId: 1, userId: 99 });
    await expect(stations.bus.call(exports.one, { exportId: id }, colleague)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('leaves its job in the outbox', async () => {
    const { id } = await start(owner());
    const jobs = await stations.db.query(`select name, payload from outbox where kind = 'job'`);
    expect(jobs).toEqual([{ name: 'exports', payload: { exportId: id } }]);
  });

  it('is an own permission', () => {
    expect(PERMISSIONS).toContain('power-centers.export');
    expect(may('viewer', 'power-centers.export')).toBe(false);
  });
});
