import { randomUUID } from 'node:crypto';
import {
  type Caller,
  importColumnsOf,
  type ImportJob,
  type ImportRef,
  type ImportRow,
  type Operation,
  orderImports,
} from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { ImportRequests } from '@open-cpo/persistence';
import { tokenOf } from '../test/charge-point';
import {
  empty,
  knowChargePoints,
  type Orders,
  ordersWhere,
  owner,
  pageOf,
  rebuild,
  rival,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { start as sessionStarts } from '../test/session';

type Cells = Record<string, string>;

const GOOD: Cells = {
  session_id: 'S-1',
  power_center: 'CP:1',
  connector_number: '1',
  started_at: '2015-06-30T23:30:00',
  ended_at: '2015-07-01T00:15:30+01:00',
  energy_kwh: '7.5',
  price: '912.50',
  earning: '775.63',
  currency: 'DZD',
  rate: '99.5',
  unit: 'energy',
};

describe('imports of orders', () => {
  let own: Orders;
  beforeAll(async () => {
    own = await startOrders('orders_imports');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(async () => {
    await empty(own);
    await own.db.query('truncate imports, import_errors, imported_rows');
  });

  const begun = async (caller: Caller, dry_run = false) => {
    const file = { object: `import-${randomUUID()}`, size: 1000, digest: 'x', dry_run };
    const { id: importId } = await own.bus.call(orderImports.start, file, caller);
    const ref = { importId, run: randomUUID() };
    await own.bus.call(orderImports.begin, ref, internalCaller());
    const batch = (from: number, rows: readonly ImportRow[], by: Caller = caller) =>
      own.bus.call(orderImports.batch, { ...ref, from, rows: [...rows], bytes: 500, unknown_columns: ['notes'] }, by);
    const end = async () => {
      await own.bus.call(orderImports.finished, ref, internalCaller());
      return own.bus.call(orderImports.one, { importId }, caller);
    };
    return { ref, object: file.object, batch, end };
  };
  const lined = (cells: readonly Cells[], first = 2): ImportRow[] =>
    cells.map((one, at) => ({ line: first + at, cells: one }));
  const imported = async (cells: readonly Cells[], { caller = owner(), dry_run = false } = {}): Promise<ImportJob> => {
    const { batch, end } = await begun(caller, dry_run);
    await batch(0, lined(cells));
    return end();
  };
  const errorsOf = async ({ id: importId }: ImportJob, caller = owner()) =>
    own.bus.call(orderImports.errors, { importId }, caller);
  const counts = ({ rows, created, unchanged, failed }: ImportJob) => ({ rows, created, unchanged, failed });

  it('accept the example of the template, at a power center of the account', async () => {
    const columns = importColumnsOf('orders');
    const example = Object.fromEntries(columns.map(({ name, example: cell }) => [name, cell]));
    const job = await imported([{ ...example, power_center: 'CP:1' }], { dry_run: true });
    expect(counts(job)).toEqual({ rows: 1, created: 1, unchanged: 0, failed: 0 });
  });

  it('become orders with the amounts and the rate that were given, of which nobody is told', async () => {
    expect(await imported([GOOD])).toMatchObject({
      status: 'finished',
      progress: 100,
      rows: 1,
      created: 1,
      unknown_columns: ['notes'],
    });
    const { data } = await pageOf(own);
    expect(data).toMatchObject([
      {
        charge_point_id: 1,
        status: 1,
        price: '912.50',
        earning: '775.63',
        app_fees: '136.87',
        quantity: '7.5000',
        unit_price: '121.67',
        charging_session_time: '45.5000',
        charging_session_energy: '7.5000',
        fees: '0.00',
      },
    ]);
    const [order] = await own.db.query('select * from orders');
    expect(order).toMatchObject({ payment: 'settled', rate: '99.50000000', price_usd: '9.17085427', account_id: 1 });
    expect(await publishedEvents(own, 'orders.completed')).toMatchObject([
      { imported: true, payment: 'settled', day: '2015-07-01' },
    ]);
    expect(await publishedEvents(own, 'orders.started')).toEqual([]);
    expect(await rebuild(own)).toBe(0);
  });

  it('change nothing a second time, and say so', async () => {
    const other = { ...GOOD, session_id: 'S-2' };
    await imported([GOOD, other]);
    const before = await own.db.query('select * from orders order by id');
    expect(counts(await imported([GOOD, { ...GOOD, price: '912.5' }, other]))).toEqual({
      rows: 3,
      created: 0,
      unchanged: 2,
      failed: 1,
    });
    const changed = await imported([{ ...GOOD, price: '913' }]);
    expect(await errorsOf(changed)).toEqual([
      { line: 2, errors: { session_id: ['This row has been imported before with other values.'] } },
    ]);
    expect(await own.db.query('select * from orders order by id')).toEqual(before);
  });

  it('name what is wrong with each row, and take the others', async () => {
    const rows: Cells[] = [
      { ...GOOD, energy_kwh: '-1', price: 'much', started_at: '2015-02-30T10:00:00' },
      { ...GOOD, session_id: 'b', power_center: 'CP:3' },
      { ...GOOD, session_id: 'c', currency: 'XXX' },
      { ...GOOD, session_id: 'd', rate: '0', earning: '913' },
      { ...GOOD, session_id: 'e', ended_at: '2015-06-30T22:00:00' },
      { ...GOOD, session_id: 'f', energy_kwh: '5000' },
      { ...GOOD, session_id: 'g', started_at: '2999-01-01T00:00:00Z', ended_at: '2999-01-01T01:00:00Z' },
      { ...GOOD, session_id: 'h', started_at: '1015-06-30T23:30:00', ended_at: '1015-07-01T00:15:00' },
      { power_center: tokenOf(1) },
      { ...GOOD, session_id: 'good', power_center: tokenOf(2) },
    ];
    const real = await imported(rows);
    const errors = await errorsOf(real);
    expect(counts(real)).toEqual({ rows: 10, created: 1, unchanged: 0, failed: 9 });
    expect(errors.map(({ line, errors }) => [line, ...Object.keys(errors)])).toEqual([
      [2, 'started_at', 'energy_kwh', 'price'],
      [3, 'power_center'],
      [4, 'currency'],
      [5, 'earning', 'rate'],
      [6, 'ended_at'],
      [7, 'energy_kwh'],
      [8, 'started_at', 'ended_at'],
      [9, 'started_at'],
      [10, 'session_id', 'started_at', 'ended_at', 'energy_kwh', 'price'],
    ]);
    expect(await own.bus.call(orderImports.errors, { importId: real.id, after: 8 }, owner())).toHaveLength(2);
    expect(await pageOf(own)).toMatchObject({ data: [{ charge_point_id: 2 }] });
  });

  it('are tried without writing anything, with the same errors', async () => {
    const { batch, end } = await begun(owner(), true);
    const rows = [GOOD, { ...GOOD, session_id: 'b', price: '-' }, GOOD, { ...GOOD, price: '2' }];
    await batch(0, lined(rows));
    await batch(4, lined([GOOD, { ...GOOD, price: '3' }], 6));
    const dry = await end();
    expect(counts(dry)).toEqual({ rows: 6, created: 1, unchanged: 2, failed: 3 });
    for (const table of ['orders', 'sessions', 'account_totals', 'charge_point_days'])
      expect(await own.db.query(`select * from ${table}`)).toEqual([]);
    expect(await publishedEvents(own, 'orders.completed')).toEqual([]);
    const real = await imported([...rows, GOOD, { ...GOOD, price: '3' }]);
    expect([counts(real), await errorsOf(real)]).toEqual([counts(dry), await errorsOf(dry)]);
  });

  it('count a batch once that is told again', async () => {
    const { ref, batch, end } = await begun(owner());
    await batch(0, lined([GOOD]));
    await batch(0, lined([GOOD]));
    await expect(
      own.bus.call(orderImports.batch, { ...ref, run: 'older', from: 1, rows: lined([GOOD]), bytes: 1 }, owner()),
    ).rejects.toMatchObject({ code: 'not_found' });
    await own.bus.call(orderImports.begin, { ...ref, run: ref.run }, internalCaller());
    expect(counts(await end())).toEqual({ rows: 1, created: 1, unchanged: 0, failed: 0 });
  });

  it('leave a session alone that a charging back end has told of', async () => {
    await sessionStarts(own, 'S-1');
    await ordersWhere(own, 'true');
    const found = await imported([GOOD]);
    expect(await errorsOf(found)).toEqual([
      { line: 2, errors: { session_id: ['The session id has already been taken.'] } },
    ]);
  });

  it('are nobody else’s to see, to change or to end', async () => {
    const { ref, batch } = await begun(owner());
    await batch(0, lined([GOOD]));
    const { importId } = ref;
    await expect(batch(1, lined([GOOD]), rival())).rejects.toMatchObject({ code: 'not_found' });
    const { one, errors, cancel } = orderImports;
    for (const operation of [one, errors, cancel] as Operation<ImportRef, unknown, 'read' | 'write'>[])
      await expect(own.bus.bytes(operation, { importId }, rival())).rejects.toMatchObject({ code: 'forbidden' });
    expect(await own.bus.call(orderImports.list, {}, rival())).toEqual([]);
    const theirs = { ...GOOD, power_center: 'CP:3', currency: 'JOD', rate: '0.7' };
    expect(counts(await imported([theirs], { caller: rival() }))).toMatchObject({ created: 1 });
    expect(await own.db.query('select account_id from orders order by id')).toEqual([
      { account_id: 1 },
      { account_id: 2 },
    ]);
  });

  it('name what was wrong with a row in its file, once a line', async () => {
    const { batch, end } = await begun(owner());
    const errors = { row: ['The row has more cells than the header.'] };
    await batch(0, [{ line: 2, cells: GOOD, errors }]);
    await batch(1, [{ line: 2, cells: {}, errors }]);
    const job = await end();
    expect([counts(job), await errorsOf(job)]).toEqual([
      { rows: 2, created: 0, unchanged: 0, failed: 2 },
      [{ line: 2, errors }],
    ]);
  });

  it('have their file removed, however they end', async () => {
    const [first, second] = [await begun(owner()), await begun(rival())];
    await first.end();
    const third = await begun(owner());
    await own.bus.call(orderImports.cancel, { importId: second.ref.importId }, rival());
    await own.service.app.get(ImportRequests).withdraw({ userId: 11, accountId: 1, role: 'owner', active: false });
    const jobs = await own.db.query<{ payload: object }>(
      `select payload from outbox where key like '%-file' order by id`,
    );
    const of = ({ ref: { importId }, object }: typeof first) => ({ payload: { importId, object } });
    expect(jobs).toEqual([of(first), of(second), of(third)]);
  });

  it('are forgotten after ninety days, and with their account, in small parts', async () => {
    const requests = own.service.app.get(ImportRequests);
    await imported([GOOD]);
    const { ref } = await begun(owner(), true);
    await begun(rival());
    const fill = async (id: string) => {
      await own.db.query(`insert into import_errors select $1, n, '{}' from generate_series(1, 6000) n`, [id]);
      await own.db.query(
        `insert into imported_rows select 1, 'orders', dry, 'K' || n, '' from generate_series(1, 6000) n, unnest($1::text[]) dry`,
        [['', 'ended', id]],
      );
    };
    await fill(ref.importId);
    const left = async () => {
      const count = (table: string) => `(select count(*)::int from ${table}) as ${table}`;
      const all = `select ${['imports', 'import_errors', 'imported_rows'].map(count).join(', ')}`;
      return (await own.db.query(all))[0];
    };
    await requests.tidy();
    expect(await left()).toEqual({ imports: 3, import_errors: 6000, imported_rows: 12_001 });
    await own.db.query(`update imports set created_at = now() - interval '91 days' where id = $1`, [ref.importId]);
    await requests.tidy();
    expect(await left()).toEqual({ imports: 2, import_errors: 0, imported_rows: 6001 });
    await requests.forget(1);
    expect(await left()).toEqual({ imports: 1, import_errors: 0, imported_rows: 0 });
  });

  it('end when they are cancelled, and the next one goes on', async () => {
    const { ref, batch } = await begun(owner());
    await batch(0, lined([GOOD]));
    const next = await own.bus.call(
      orderImports.start,
      { object: `import-${randomUUID()}`, size: 10, digest: 'x' },
      owner(),
    );
    const job = { importId: next.id, run: 'r' };
    await expect(own.bus.call(orderImports.begin, job, internalCaller())).rejects.toMatchObject({ code: 'not_found' });
    await own.bus.call(orderImports.cancel, { importId: ref.importId }, owner());
    await expect(batch(1, lined([GOOD]))).rejects.toMatchObject({ code: 'not_found' });
    expect(await own.bus.call(orderImports.begin, job, internalCaller())).toMatchObject({ rows: 0, batch: 500 });
    expect(await own.bus.call(orderImports.list, {}, owner())).toMatchObject([
      { id: next.id, status: 'running' },
      { id: ref.importId, status: 'cancelled', created: 1 },
    ]);
  });

  it('are in the audit trail with their file and their cancellation, but for dry runs', async () => {
    const { ref } = await begun(owner());
    await own.bus.call(orderImports.cancel, { importId: ref.importId }, owner());
    const dry = await begun(owner(), true);
    await own.bus.call(orderImports.cancel, { importId: dry.ref.importId }, owner());
    const ids = [ref.importId, dry.ref.importId];
    const entries = await own.db.query(
      `select action, account_id, subject_id, after from audit_log where subject = 'import' and subject_id = any($1) order by id`,
      [ids],
    );
    const entry = { account_id: 1, subject_id: ref.importId };
    expect(entries).toEqual([
      { ...entry, action: 'imports.create', after: { kind: 'orders', size: 1000, digest: 'x' } },
      { ...entry, action: 'imports.cancel', after: { kind: 'orders', rows: 0 } },
    ]);
  });
});
