import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { database } from '../data-source';
import { AMENITIES } from './amenities';
import { CHARGER_TYPES } from './charger-types';
import { CONNECTORS } from './connectors';

describe('the catalogues of power centers', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('catalogues');
    await migrate(database(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it.each([
    ['connector_types', CONNECTORS],
    ['charger_types', CHARGER_TYPES],
    ['amenities', AMENITIES],
  ])('are all in the table %s', async (table, entries) => {
    expect(await db.query(`select * from ${table} order by id`)).toEqual(entries);
  });
});
