import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { Client } from 'pg';
import { askPrepared, type Statement } from './prepared';
import { clientConfig } from './settings';

interface Bound {
  describe(portal: object): void;
  parse(statement: object): void;
}

const PLANES = 'select id, name, weight, seats, flown, bigint, built_at from planes where id <= $1 order by id';

describe('a statement with a name', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await testDatabase('prepared');
    await database.query(`create table planes (id int primary key, name text, weight numeric, seats int[], flown boolean,
      bigint int8, built_at timestamptz)`);
    await database.query(`insert into planes values (1, 'É', 12.50, '{1,2}', true, 5000000000, '2026-01-02T03:04:05Z'),
      (2, null, null, null, null, null, null)`);
  });
  beforeEach(async () => {
    client = new Client(clientConfig({ name: 'prepared', url: database.ownerUrl }));
    await client.connect();
  });
  afterEach(() => client.end());
  afterAll(() => database?.drop());

  const ask = (statement: Partial<Statement> & { text: string }) =>
    askPrepared(client, { name: 'planes', values: [], ...statement });
  const connection = () => (client as unknown as { connection: Bound }).connection;

  it('answers what the driver answers, the first time and after', async () => {
    for (const rowMode of [undefined, 'array'] as const) {
      const { rows, fields, rowCount } = await client.query({ text: PLANES, values: [2], rowMode: rowMode as 'array' });
      for (let time = 0; time < 3; time += 1) {
        const answer = await ask({ text: PLANES, values: [2], rowMode });
        expect(answer).toEqual({ rows, fields, rowCount });
        expect(Object.keys(answer.rows[0] as object)).toEqual(Object.keys(rows[0] as object));
      }
    }
  });

  it('is parsed and described once a connection', async () => {
    const described = jest.spyOn(connection(), 'describe');
    const parsed = jest.spyOn(connection(), 'parse');
    for (let time = 0; time < 3; time += 1) await ask({ text: PLANES, values: [1] });
    expect(described).toHaveBeenCalledTimes(1);
    expect(parsed).toHaveBeenCalledTimes(1);
  });

  it('knows its columns though the first answer was empty', async () => {
    expect((await ask({ text: PLANES, values: [0] })).rows).toEqual([]);
    expect((await ask({ text: PLANES, values: [1] })).rows).toMatchObject([{ id: 1, name: 'É', weight: '12.50' }]);
  });

  it('takes the values that the driver takes', async () => {
    const text =
      'select $1::int as a, $2::text as b, $3::timestamptz as c, $4::int[] as d, $5::boolean as e, $6::bytea as f';
    const values = [7, "'; drop table planes; --", new Date(0), [1, null, 3], false, Buffer.from([0, 255])];
    const [row] = (await ask({ text, values })).rows as [Record<string, unknown>];
    expect(Object.values(row)).toEqual(values);
  });

  it('that changes rows counts them, with and without telling of them', async () => {
    const silent = { name: 'silent', text: 'update planes set weight = weight where id <= $1', values: [2] };
    expect(await askPrepared(client, silent)).toEqual({ rows: [], fields: [], rowCount: 2 });
    expect(await askPrepared(client, silent)).toEqual({ rows: [], fields: [], rowCount: 2 });
    const telling = { name: 'telling', text: 'insert into planes (id) values ($1) returning id', values: [3] };
    expect(await askPrepared(client, telling)).toMatchObject({ rows: [{ id: 3 }], rowCount: 1 });
    await client.query('delete from planes where id = 3');
  });

  it('that fails tells PostgreSQL’s own error, and the connection goes on', async () => {
    const text = 'select 10 / $1::int as share';
    await expect(ask({ text, values: [0] })).rejects.toMatchObject({ code: '22012' });
    expect((await ask({ text, values: [5] })).rows).toEqual([{ share: 2 }]);
    await expect(ask({ text, values: [0] })).rejects.toMatchObject({ code: '22012' });
    await expect(askPrepared(client, { name: 'none', text: 'select nothing', values: [] })).rejects.toMatchObject({
      code: '42703',
    });
    expect((await ask({ text, values: [2] })).rows).toEqual([{ share: 5 }]);
  });

  it('does not share its name', async () => {
    await ask({ text: PLANES, values: [1] });
    await expect(ask({ text: 'select 1' })).rejects.toThrow('Two statements have the name planes.');
    expect((await ask({ text: PLANES, values: [1] })).rows).toHaveLength(1);
  });

  it('whose values cannot be sent is refused, and the connection goes on', async () => {
    const endless: Record<string, unknown> = {};
    endless.itself = endless;
    await expect(ask({ text: 'select $1::json as j', values: [endless] })).rejects.toThrow(/circular/);
    expect((await ask({ text: 'select $1::json as j', values: [null] })).rows).toEqual([{ j: null }]);
  });

  it('is never read in a form that its columns no longer have', async () => {
    await database.query('create table crews (id int, size int)');
    await database.query('insert into crews values (1, 2)');
    const statement = { name: 'crews', text: 'select * from crews', values: [] };
    expect((await askPrepared(client, statement)).rows).toEqual([{ id: 1, size: 2 }]);
    await database.query('alter table crews alter column size type text');
    await expect(askPrepared(client, statement)).rejects.toMatchObject({ code: '0A000' });
  });

  it('ends within the time that a query has, and with its connection', async () => {
    const hasty = new Client({ ...clientConfig({ name: 'hasty', url: database.ownerUrl }), query_timeout: 50 });
    await hasty.connect();
    hasty.on('error', () => undefined);
    const slow = { name: 'slow', text: 'select pg_sleep(60)', values: [] };
    await expect(askPrepared(hasty, slow)).rejects.toThrow('Query read timeout');
    const ended = new Client(clientConfig({ name: 'ended', url: database.ownerUrl }));
    await ended.connect();
    ended.on('error', () => undefined);
    const asked = askPrepared(ended, slow);
    const broken = expect(asked).rejects.toThrow();
    await database.administer(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name in ('ended', 'hasty')`);
    await broken;
  });
});
