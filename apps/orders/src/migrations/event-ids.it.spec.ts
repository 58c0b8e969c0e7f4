import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { database } from '../data-source';

describe('the ids of events', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('orders_event_ids');
    await migrate(database(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('are added to a database that ran the earlier migration when it had none', async () => {
    await db.query(`delete from migrations where name = 'EventIds1796066400000'`);
    await db.query('alter table sessions drop column start_event_id, drop column end_event_id');
    expect(await migrate(database(db.ownerUrl))).toEqual(['EventIds1796066400000']);
    const columns = await db.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'sessions' and column_name like '%event_id'`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(['end_event_id', 'start_event_id']);
  });
});
