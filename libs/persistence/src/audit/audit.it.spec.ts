import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { Audit, migrate } from '../index';

let database: TestDatabase;
let replica: Replica;
let audit: Audit;

beforeAll(async () => {
  database = await testDatabase('audit');
  const options = { name: 'audit', url: database.url };
  await migrate(options);
  replica = await startReplica(options);
  audit = replica.app.get(Audit);
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

const entry = {
  action: 'prices.update',
  subject: 'charge-point',
  id: 7,
  before: { price: '1.00' },
  after: { price: '2.00' },
};

describe('the audit log', () => {
  it('says who changed what, before and after', async () => {
    const by = caller({ requestId: 'r-1' }, { userId: 3, accountId: 4 });
    await replica.transactions.run(() => audit.write(entry, by));
    const [row] = await database.query('select * from audit_log');
    expect(row).toMatchObject({
      account_id: 4,
      user_id: 3,
      request_id: 'r-1',
      action: 'prices.update',
      subject: 'charge-point',
      subject_id: '7',
      before: { price: '1.00' },
      after: { price: '2.00' },
    });
  });

  it('takes what nobody in particular did, and creations and removals', async () => {
    const stranger = caller({ identity: undefined });
    await replica.transactions.run(async () => {
      await audit.write({ ...entry, before: undefined }, stranger);
      await audit.write({ ...entry, after: null }, stranger);
    });
    const rows = await database.query(
      'select account_id, user_id, before, after from audit_log where account_id is null',
    );
    expect(rows).toEqual([
      { account_id: null, user_id: null, before: null, after: { price: '2.00' } },
      { account_id: null, user_id: null, before: { price: '1.00' }, after: null },
    ]);
  });

  it('has no entry for a change that was undone, and takes none outside of a change', async () => {
    const [before] = await database.query('select count(*) from audit_log');
    const undone = replica.transactions.run(async () => {
      await audit.write(entry, caller());
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await expect(audit.write(entry, caller())).rejects.toThrow('transaction');
    expect(await database.query('select count(*) from audit_log')).toEqual([before]);
  });

  it.each([
    'update audit_log set user_id = 9',
    'delete from audit_log',
    'truncate audit_log',
    'delete from audit_log where false',
  ])('refuses: %s', async (statement) => {
    await expect(database.query(statement)).rejects.toThrow('audit_log takes new rows only');
  });
});
