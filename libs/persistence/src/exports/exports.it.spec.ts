import { Injectable, Module } from '@nestjs/common';
import {
  type Cell,
  exportEnded,
  EXPORTS,
  type ExportState,
  type ExportWritten,
  LARGE_EXPORT,
  type StartExport,
} from '@open-cpo/contracts';
import { Broadcast, internalCaller } from '@open-cpo/messaging';
import {
  asUser,
  startTestService,
  testBroker,
  type TestBroker,
  testDatabase,
  type TestDatabase,
  type TestService,
  until,
} from '@open-cpo/testing';
import { migrate } from '../migrations/migrate';
import { PersistenceModule } from '../persistence.module';
import { ExportRequests } from './export-requests';
import type { ExportSource, ExportViewer, SourceColumn } from './export-source';
import { ExportsModule } from './exports.module';
import { ExportsTable1700000002000 } from './exports-table';

interface Paint {
  readonly n: number;
}
let estimate = 3;

/** Three rows an account, numbered by it. */
@Injectable()
class Paints implements ExportSource<Paint> {
  readonly title = { en: 'Paints', ar: 'ألوان' };
  readonly columns: readonly SourceColumn<Paint>[] = [
    { title: { en: 'Number', ar: 'رقم' }, type: 'integer', width: 10, of: ({ n }) => n },
    { title: { en: 'Zone', ar: 'منطقة' }, type: 'text', width: 10, of: (_, { timeZone }) => timeZone },
  ];
  estimate = () => Promise.resolve(estimate);
  statement = ({ accountId }: ExportViewer) => ({
    text: 'select $1::int * 10 + n as n from generate_series(1, 3) n',
    params: [accountId],
  });
}

const { start, one, cancel, begin, rows, heard, finished, failed } = EXPORTS.orders;
const ada = asUser({ accountId: 1, userId: 11, currency: 'DZD', timeZone: 'Africa/Algiers' });
const bob = { ...ada, identity: { ...ada.identity, userId: 12 } } as typeof ada;
const rival = asUser({ accountId: 2, userId: 21, currency: 'DZD', timeZone: 'Africa/Algiers' });
const FILE = { object: 'object', size: '5432', digest: 'a'.repeat(64), rows: 3 };

describe('an export', () => {
  let broker: TestBroker;
  let db: TestDatabase;
  let service: TestService;

  beforeAll(async () => {
    [broker, db] = await Promise.all([testBroker(), testDatabase('exports')]);
    const options = { name: 'orders', url: db.url, migrations: [ExportsTable1700000002000] };
    await migrate({ ...options, url: db.ownerUrl });
    @Module({
      imports: [PersistenceModule.forRoot(options), ExportsModule.forRoot({ orders: Paints, feedback: Paints })],
    })
    class Service {}
    service = await startTestService({
      broker,
      module: Service,
      serves: [EXPORTS.orders, EXPORTS.feedback],
      name: 'orders',
    });
  });
  afterAll(async () => {
    await service.stop();
    await broker.stop();
    await db.drop();
  });
  beforeEach(async () => {
    estimate = 3;
    await db.query('truncate export_requests, outbox');
  });

  const ask = (caller = ada, input: StartExport = {}): Promise<ExportState> => service.bus.call(start, input, caller);
  const look = (exportId: string, caller = ada): Promise<ExportState> => service.bus.call(one, { exportId }, caller);
  const work = (exportId: string, run = 'run-1') => service.bus.call(begin, { exportId, run }, internalCaller());
  const beat = (exportId: string, rows: number, run = 'run-1') =>
    service.bus.call(heard, { exportId, run, rows }, internalCaller());
  const finish = (exportId: string, run = 'run-1') => {
    const written: ExportWritten = { exportId, run, ...FILE };
    return service.bus.call(finished, written, internalCaller());
  };
  const read = async (exportId: string, run = 'run-1'): Promise<Cell[][]> => {
    const parts: string[] = [];
    const stream = service.bus.stream(rows, { exportId, run }, internalCaller());
    for await (const { bytes } of stream) parts.push(Buffer.from(bytes).toString());
    return JSON.parse(`[${parts.join(',')}]`) as Cell[][];
  };
  const jobs = async (): Promise<string[]> => {
    const found = await db.query<{ name: string; payload: { exportId: string } }>(
      `select name, payload from outbox where kind = 'job' order by id`,
    );
    return found.map(({ name, payload }) => `${name} ${payload.exportId}`);
  };
  const gone = { code: 'not_found' };

  it('goes from waiting over running to finished', async () => {
    const { id, ...state } = await ask();
    expect(state).toEqual({ kind: 'orders', status: 'waiting', progress: 0, rows: null, file: null });
    expect(id).toMatch(/^orders-[\da-f-]{36}$/);
    await work(id);
    await beat(id, 2);
    expect(await look(id)).toMatchObject({ status: 'running', progress: 66, rows: 2 });
    await finish(id);
    const file = { object: 'object', size: 5432, digest: FILE.digest, format: 'xlsx' };
    expect(await look(id)).toEqual({ id, kind: 'orders', status: 'finished', progress: 100, rows: 3, file });
  });

  it('publishes its end, whichever it is', async () => {
    const ended: string[] = [];
    const stop = service.app
      .get(Broadcast, { strict: false })
      .subscribe(exportEnded, ({ exportId }) => void ended.push(exportId));
    const { id: written } = await ask();
    await work(written);
    await finish(written);
    const { id: broken } = await ask(ada, { format: 'csv' });
    await work(broken);
    await service.bus.call(failed, { exportId: broken, run: 'run-1', reason: 'no disk' }, internalCaller());
    const { id: cancelled } = await ask(ada, { format: 'csv-semicolon' });
    await service.bus.call(cancel, { exportId: cancelled }, ada);
    await until(() => ended.length === 3);
    expect(ended).toEqual([written, broken, cancelled]);
    stop();
  });

  it('says what is to be written, and gives the rows of its owner alone', async () => {
    const { id } = await ask(ada, { format: 'csv' });
    expect(await work(id)).toEqual({
      kind: 'orders',
      format: 'csv',
      language: 'en',
      currency: 'DZD',
      title: 'Paints',
      columns: [
        { title: 'Number', type: 'integer', width: 10 },
        { title: 'Zone', type: 'text', width: 10 },
      ],
    });
    expect(await read(id)).toEqual([11, 12, 13].map((n) => [n, 'Africa/Algiers']));
  });

  it('leaves a job with its id in the outbox, large ones in a queue of their own', async () => {
    const { id } = await ask();
    estimate = LARGE_EXPORT + 1;
    const { id: large } = await ask(rival);
    expect(await jobs()).toEqual([`exports ${id}`, `exports-large ${large}`]);
  });

  it('is joined by whoever asks for the same, who may then have it', async () => {
    const { id } = await ask();
    await expect(look(id, bob)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await ask(bob)).id).toBe(id);
    expect((await ask()).id).toBe(id);
    expect((await look(id, bob)).id).toBe(id);
    expect(await jobs()).toHaveLength(1);
  });

  it('is one, however many ask at the same moment', async () => {
    const ids = (await Promise.all(Array.from({ length: 8 }, () => ask()))).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });

  it('in another form waits for the end of the one before it', async () => {
    const { id } = await ask();
    const { id: other } = await ask(ada, { format: 'csv' });
    expect(other).not.toBe(id);
    await expect(work(other)).rejects.toMatchObject(gone);
    expect(await jobs()).toEqual([`exports ${id}`]);
    await work(id);
    await finish(id);
    expect(await jobs()).toEqual([`exports ${id}`, `exports ${other}`]);
    await work(other);
  });

  it.each(['fails', 'is cancelled'])('lets the next one begin when it %s', async (end) => {
    const { id } = await ask();
    const { id: other } = await ask({ ...ada, language: 'ar' });
    await work(id);
    if (end === 'fails') await service.bus.call(failed, { exportId: id, run: 'run-1', reason: 'x' }, internalCaller());
    else await service.bus.call(cancel, { exportId: id }, ada);
    expect(await jobs()).toEqual([`exports ${id}`, `exports ${other}`]);
    expect((await look(id)).status).toBe(end === 'fails' ? 'failed' : 'cancelled');
  });

  it('that failed can be written after all', async () => {
    const { id } = await ask();
    await work(id);
    await service.bus.call(failed, { exportId: id, run: 'run-1', reason: 'x' }, internalCaller());
    await work(id, 'run-2');
    expect(await look(id)).toMatchObject({ status: 'running' });
    await finish(id, 'run-2');
    expect((await look(id)).status).toBe('finished');
    await expect(work(id, 'run-3')).rejects.toMatchObject(gone);
  });

  it('that failed is left alone once its owner has asked for the next one', async () => {
    const { id } = await ask();
    await work(id);
    await service.bus.call(failed, { exportId: id, run: 'run-1', reason: 'x' }, internalCaller());
    const { id: next } = await ask();
    await expect(work(id, 'run-2')).rejects.toMatchObject(gone);
    await work(next);
  });

  it('is begun anew when it is asked for after its end', async () => {
    const { id } = await ask();
    await work(id);
    await finish(id);
    expect((await ask()).id).not.toBe(id);
  });

  it('does not listen to a run that was taken over', async () => {
    const { id } = await ask();
    await work(id, 'run-1');
    await work(id, 'run-2');
    await expect(beat(id, 1, 'run-1')).rejects.toMatchObject(gone);
    await expect(read(id, 'run-1')).rejects.toMatchObject(gone);
    await expect(finish(id, 'run-1')).rejects.toMatchObject(gone);
    await finish(id, 'run-2');
    await expect(finish(id, 'run-2')).rejects.toMatchObject(gone);
    await expect(work(id, 'run-3')).rejects.toMatchObject(gone);
  });

  it('that was cancelled is told so to the worker, and its file is not to be had', async () => {
    const { id } = await ask();
    await work(id);
    await service.bus.call(cancel, { exportId: id }, ada);
    await expect(beat(id, 1)).rejects.toMatchObject(gone);
    await expect(finish(id)).rejects.toMatchObject(gone);
    expect(await look(id)).toMatchObject({ status: 'cancelled', file: null });
  });

  it('goes on for the others when one of them cancels', async () => {
    const { id } = await ask();
    await ask(bob);
    await service.bus.call(cancel, { exportId: id }, ada);
    await work(id);
    await finish(id);
    expect((await look(id, bob)).status).toBe('finished');
    await expect(look(id, ada)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('belongs to those who asked: nobody else sees or cancels it', async () => {
    const { id } = await ask();
    for (const stranger of [rival, bob]) {
      await expect(look(id, stranger)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(service.bus.call(cancel, { exportId: id }, stranger)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(look(`orders-${id}`)).rejects.toMatchObject(gone);
    expect((await look(id)).status).toBe('waiting');
  });

  it('ends after a day', async () => {
    const { id } = await ask();
    await work(id);
    await finish(id);
    await db.query(`update export_requests set expires_at = now() - interval '1 second'`);
    await expect(look(id)).rejects.toMatchObject(gone);
  });

  it('is refused to those who ask for too many', async () => {
    for (let i = 0; i < 60; i += 1) {
      const { id } = await ask();
      await service.bus.call(cancel, { exportId: id }, ada);
    }
    await expect(ask()).rejects.toMatchObject({ code: 'too_many_requests' });
    expect((await ask(rival)).status).toBe('waiting');
  });

  it('is one at a time for an account, over all kinds, and keeps no other account waiting', async () => {
    const { id } = await ask();
    const { id: feedback } = await service.bus.call(EXPORTS.feedback.start, {}, ada);
    for (const format of ['csv', 'csv-semicolon'] as const) await ask(ada, { format });
    await work(id);
    const taken = service.bus.stream(rows, { exportId: id, run: 'run-1' }, internalCaller());
    const { id: other } = await ask(rival);
    expect(await jobs()).toEqual([`exports ${id}`, `exports ${other}`]);
    await work(other);
    expect(await read(other)).toHaveLength(3);
    await finish(other);
    await taken.return(undefined);
    await finish(id);
    expect((await jobs()).at(-1)).toBe(`exports ${feedback}`);
  });

  it('is refused to an account whose files fill its share of the store, and to no other one', async () => {
    const { id } = await ask();
    await work(id);
    await service.bus.call(
      finished,
      { exportId: id, run: 'run-1', ...FILE, size: String(1024 ** 3) },
      internalCaller(),
    );
    await expect(ask()).rejects.toMatchObject({ code: 'too_many_requests', retryAfter: 3600 });
    expect((await ask(rival)).status).toBe('waiting');
    await db.query(`update export_requests set ended_at = now() - interval '26 hours' where id = $1`, [id]);
    expect((await ask()).status).toBe('waiting');
  });

  it.each([
    ['removed', { active: false }],
    ['made a viewer', { role: 'viewer' }],
  ] as const)('of a member who is %s ends, and its file is not to be had', async (_, change) => {
    const requests = service.app.get(ExportRequests, { strict: false });
    const { id: written } = await ask(bob);
    await work(written);
    await finish(written);
    const { id: running } = await ask(bob, { format: 'csv' });
    await work(running);
    const { id: shared } = await ask(bob, { format: 'csv-semicolon' });
    const { id: joined } = await ask(ada, { format: 'csv-semicolon' });
    expect(joined).toBe(shared);
    await requests.withdraw({ userId: 12, accountId: 1, role: 'manager', active: true, ...change });
    for (const id of [written, running, shared])
      await expect(look(id, bob)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(beat(running, 1)).rejects.toMatchObject(gone);
    await expect(finish(running)).rejects.toMatchObject(gone);
    // What somebody else asked for as well goes on for them.
    expect((await look(shared)).status).toBe('waiting');
    expect((await jobs()).at(-1)).toBe(`exports ${shared}`);
  });

  it('of a manager stays theirs when anything else changes', async () => {
    const requests = service.app.get(ExportRequests, { strict: false });
    const { id } = await ask(bob);
    await requests.withdraw({ userId: 12, accountId: 1, role: 'manager', active: true });
    await requests.withdraw({ userId: 12, accountId: 2, role: 'manager', active: false });
    expect((await look(id, bob)).status).toBe('waiting');
  });

  it('comes back when the queue has lost it', async () => {
    const { id } = await ask();
    await db.query(`truncate outbox`);
    const requests = service.app.get(ExportRequests, { strict: false });
    expect(await requests.tidy()).toBe(0);
    await db.query(`update export_requests set heard_at = now() - interval '2 minutes'`);
    expect(await requests.tidy()).toBe(1);
    expect(await jobs()).toEqual([`exports ${id}`]);
  });

  it('that nobody could write within hours has failed, and the next one begins', async () => {
    const { id } = await ask();
    const { id: other } = await ask(ada, { format: 'csv' });
    await db.query(`update export_requests set created_at = now() - interval '4 hours' where id = $1`, [id]);
    await service.app.get(ExportRequests, { strict: false }).tidy();
    expect((await look(id)).status).toBe('failed');
    expect(await jobs()).toEqual([`exports ${id}`, `exports ${other}`]);
  });

  it('is forgotten after a week', async () => {
    await ask();
    await db.query(`update export_requests set status = 'finished', created_at = now() - interval '8 days'`);
    await service.app.get(ExportRequests, { strict: false }).tidy();
    expect(await db.query('select 1 from export_requests')).toEqual([]);
  });
});
