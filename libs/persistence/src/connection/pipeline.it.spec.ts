import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { Client } from 'pg';
import { askInOneTrip } from './pipeline';
import { askPrepared } from './prepared';
import { clientConfig } from './settings';

interface Bound {
  describe(portal: object): void;
  parse(statement: object): void;
}

const ADD = { name: 'add', text: 'insert into planes (id, name) values ($1, $2)' };
const NAMES = { name: 'names', text: 'select name from planes order by id', values: [] };

describe('statements of one round trip', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await testDatabase('pipeline');
    await database.query('create table planes (id int primary key, name text)');
  });
  beforeEach(async () => {
    await database.query('truncate planes');
    client = new Client(clientConfig({ name: 'pipeline', url: database.ownerUrl }));
    await client.connect();
  });
  afterEach(() => client.end());
  afterAll(() => database?.drop());

  const add = (id: number, name: string | null = 'A') => ({ ...ADD, values: [id, name] });
  const rows = async () => (await client.query<{ id: number }>('select id from planes order by id')).rows;

  it('are answered each for itself, in their order', async () => {
    const answers = await askInOneTrip(client, [
      { name: 'begin', text: 'BEGIN', values: [] },
      add(1),
      NAMES,
      add(2, 'B'),
      NAMES,
      { name: '', text: 'select $1::int as n', values: [7] },
      { name: 'commit', text: 'COMMIT', values: [] },
    ]);
    expect(answers.map(({ command, rowCount }) => [command, rowCount])).toEqual([
      ['BEGIN', null],
      ['INSERT', 1],
      ['SELECT', 1],
      ['INSERT', 1],
      ['SELECT', 2],
      ['SELECT', 1],
      ['COMMIT', null],
    ]);
    expect([answers[2]?.rows, answers[4]?.rows, answers[5]?.rows]).toEqual([
      [{ name: 'A' }],
      [{ name: 'A' }, { name: 'B' }],
      [{ n: 7 }],
    ]);
  });

  it('are parsed and described once a connection, and known to statements of their own', async () => {
    const { connection } = client as unknown as { connection: Bound };
    const [described, parsed] = [jest.spyOn(connection, 'describe'), jest.spyOn(connection, 'parse')];
    for (const id of [1, 3, 5]) await askInOneTrip(client, [add(id), add(id + 1), NAMES]);
    expect((await askPrepared(client, NAMES)).rows).toHaveLength(6);
    expect([described.mock.calls.length, parsed.mock.calls.length]).toEqual([2, 2]);
  });

  it('end at the first that fails, with its error, and the connection goes on', async () => {
    await expect(askInOneTrip(client, [add(1), add(1), add(2)])).rejects.toMatchObject({ code: '23505' });
    // Without a transaction around them they are one of their own.
    expect(await rows()).toEqual([]);
    await expect(askInOneTrip(client, [{ name: 'no', text: 'select nothing', values: [] }])).rejects.toMatchObject({
      code: '42703',
    });
    await askInOneTrip(client, [add(3), NAMES]);
    expect(await rows()).toEqual([{ id: 3 }]);
  });

  it('are not sent where a value cannot be, or a name stands for two texts', async () => {
    const endless: Record<string, unknown> = {};
    endless.itself = endless;
    const bad = { name: 'json', text: 'select $1::json as j', values: [endless] };
    await expect(askInOneTrip(client, [add(1), bad])).rejects.toThrow(/circular/);
    await expect(askInOneTrip(client, [add(1), { ...NAMES, name: 'add' }])).rejects.toThrow('Two statements');
    expect(await rows()).toEqual([]);
  });

  it('fail when the connection ends', async () => {
    client.on('error', () => undefined);
    const asked = askInOneTrip(client, [add(1), { name: 'slow', text: 'select pg_sleep(60)', values: [] }]);
    const broken = expect(asked).rejects.toThrow();
    await database.administer(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pipeline'`,
    );
    await broken;
    expect(await database.query('select 1 from planes')).toEqual([]);
  });
});
