import { migrate, pendingChanges } from '@open-cpo/persistence';
import { DatabaseConfig } from '@open-cpo/platform';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { persistence } from './data-source';

describe('the tables of the auth service', () => {
  let database: TestDatabase;
  const options = () => persistence(Object.assign(new DatabaseConfig(), { databaseUrl: database.url }));

  beforeAll(async () => {
    database = await testDatabase('auth_tables');
  });

  afterAll(() => database.drop());

  it('are after all migrations what the entities say', async () => {
    await migrate({ ...options(), url: database.ownerUrl });
    expect(await pendingChanges(options())).toEqual([]);
  });
});
