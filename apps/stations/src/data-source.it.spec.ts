import { migrate, pendingChanges } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { AMENITIES } from './catalogues/amenities';
import { CHARGER_TYPES } from './catalogues/charger-types';
import { CONNECTORS } from './catalogues/connectors';
import { database } from './data-source';

describe('the database of power centers', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('stations_schema');
    await migrate(database(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('is what the entities say', async () => {
    expect(await pendingChanges(database(db.url))).toEqual([]);
  });

  it.each([
    ['connector_types', CONNECTORS],
    ['charger_types', CHARGER_TYPES],
    ['amenities', AMENITIES],
  ])('has all of the catalogue %s', async (table, entries) => {
    expect(await db.query(`select * from ${table} order by id`)).toEqual(entries);
  });

  it('can be taken back to nothing and built again', async () => {
    const { url, entities, migrations = [] } = database(db.ownerUrl);
    const source = await new DataSource({
      type: 'postgres',
      url,
      entities,
      migrations: [...migrations],
      migrationsTableName: 'migrations',
    }).initialize();
    for (const _ of migrations) await source.undoLastMigration();
    await source.destroy();
    const left = await db.query(
      `select 1 from pg_tables where tablename in ('charge_points', 'categories', 'amenities')`,
    );
    expect(left).toEqual([]);
    expect(await migrate(database(db.ownerUrl))).toHaveLength(migrations.length);
  });
});
