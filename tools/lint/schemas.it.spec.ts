import { migrate, pendingChanges } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { SERVICES } from './services.spec-helper';

describe.each(Object.entries(SERVICES))('the database of %s', (name, optionsOf) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase(`schema_${name}`);
    await migrate(optionsOf(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('is what the entities say', async () => {
    expect(await pendingChanges(optionsOf(db.url))).toEqual([]);
  });
});
