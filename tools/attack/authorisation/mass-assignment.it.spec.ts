import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { MARKS, marked, valueFor } from './mass-assignment';

describe('a column that was assigned', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('marks');
    await database.query('create table things (id int, name text, price numeric, at timestamptz, listed boolean)');
    await database.query(`insert into things values (1, 'ours', 2, now(), true)`);
  });
  afterAll(() => database?.drop());
  const found = (): Promise<string[]> => marked({ name: 'stations', url: database.ownerUrl });

  it('is not there at first', async () => {
    expect(await found()).toEqual([]);
  });

  it.each([
    ['id', 'integer'],
    ['name', 'text'],
    ['price', 'numeric'],
    ['at', 'timestamp with time zone'],
  ])('is found by its mark: %s', async (column, type) => {
    await database.query(`update things set "${column}" = $1`, [valueFor(type)]);
    expect(await found()).toEqual(['stations.things']);
    await database.query(`update things set "${column}" = null`);
    expect(await found()).toEqual([]);
  });

  it('has a mark that nothing else has', () => {
    expect(new Set(MARKS).size).toBe(3);
  });
});
