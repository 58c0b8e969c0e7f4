import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { Client } from 'pg';
import { AuditProof, ENTRIES } from '../audit/audit-proof';
import { Leadership } from '../connection/leadership';
import { migrateBeforePartitions } from '../fixture/old-schema';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { Audit, migrate, PartitionMaintenance } from '../index';
import { PENDING, SENT } from '../outbox/outbox-table';

const FILL_OUTBOX = `
  insert into outbox (kind, name, aggregate, key, payload, secret, occurred_at, sent_at)
  select 'fact', 'facts.test.things.changed.' || n, 'things ' || n, 'key-' || n, '{}', false,
    now() - interval '10 days', now() - interval '10 days' from generate_series(1, $1::int) n`;

/** What the release before partitions asks to remove what is stale. */
const OLD_HOUSEKEEPING = `delete from outbox where ctid = any(array(
  select ctid from outbox where sent_at < now() - interval '7 days' limit 1000))`;

let database: TestDatabase;
let replica: Replica | undefined;
beforeEach(async () => {
  database = await testDatabase('partitions');
  await migrateBeforePartitions('partitions', database);
});
afterEach(async () => {
  await replica?.stop();
  replica = undefined;
  await database.drop();
});

const upgrade = () => migrate({ name: 'partitions', url: database.ownerUrl });
const start = async (): Promise<Replica> => {
  replica = await startReplica({ name: 'partitions', url: database.url });
  const leadership = replica.app.get(Leadership);
  await until(() => leadership.held);
  return replica;
};
const names = async (table: string): Promise<string[]> => {
  const text = `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by inhrelid`;
  return (await database.query<{ name: string }>(text, [table])).map(({ name }) => name);
};
const count = async (from: string): Promise<number> =>
  Number((await database.query<{ n: string }>(`select count(*) as n from ${from}`))[0]?.n);
const writeAudit = (n: number) =>
  `insert into audit_log (account_id, request_id, action, subject, subject_id, after)
   select 1 + n % 2, 'r', 'things.update', 'thing', n, '{}' from generate_series(1, ${n}) n`;
const setIds = (table: string, next: number) =>
  database.query(`select setval(pg_get_serial_sequence('${table}', 'id'), ${next}, false)`);

describe('partitioning a table that is in use', () => {
  it('keeps rows, ids, indexes, policies and rights', async () => {
    const state = `select (select json_agg(row_to_json(p) order by policyname) from (
        select policyname, roles, cmd, qual, with_check from pg_policies where tablename = $1 and schemaname = 'public') p) as policies,
      (select json_agg(indexname || ':' || replace(indexdef, 'ON ONLY', 'ON') order by indexname)
        from pg_indexes where tablename = $1 and schemaname = 'public') as indexes,
      (select json_agg(privilege_type || ':' || grantee order by privilege_type, grantee)
        from information_schema.role_table_grants where table_name = $1 and table_schema = 'public'
        and grantee <> current_user) as rights`;
    await database.query(FILL_OUTBOX, [100]);
    const [before] = await database.query(state, ['outbox']);
    await upgrade();
    const [after] = await database.query(state, ['outbox']);
    expect(after).toEqual(before);
    expect(await names('outbox')).toEqual([
      'partitions.outbox_0',
      'partitions.outbox_default',
      'partitions.outbox_2000000',
    ]);
    expect(await count('outbox')).toBe(100);
    await database.query(FILL_OUTBOX, [1]);
    expect(await database.query('select max(id)::int as id from outbox')).toEqual([{ id: 101 }]);
  });

  it('refuses no write of a service that is at work, and the chain of its audit log holds', async () => {
    const options = { name: 'partitions', url: database.url };
    const client = new Client({ connectionString: options.url });
    await client.connect();
    let [stop, written] = [false, 0];
    const load = (async () => {
      // Prepared, as a service has its statements.
      while (!stop || written < 50) {
        await client.query('begin');
        await client.query({ name: 'audit', text: writeAudit(3) });
        await client.query({ name: 'outbox', text: FILL_OUTBOX, values: [2] });
        await client.query('commit');
        written += 1;
      }
    })();
    await until(() => written > 20);
    await upgrade();
    const upgraded = written;
    await until(() => written > upgraded + 20);
    stop = true;
    await load;
    await client.end();
    expect(await count('outbox')).toBe(written * 2);
    expect(await count('audit_log')).toBe(written * 3);
    const { app } = await start();
    expect(await app.get(AuditProof).part({})).toMatchObject({ entries: written * 3, discrepancy: null });
  });

  it('waits for what holds the table without holding up the others', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from outbox');
    const upgraded = upgrade();
    await database.query(FILL_OUTBOX, [1]);
    await client.query('commit');
    await client.end();
    await upgraded;
    expect(await count('outbox')).toBe(1);
  });

  it('lets no statement of the release before delete rows of other partitions', async () => {
    await upgrade();
    await database.query(FILL_OUTBOX, [3]);
    await setIds('outbox', 2_000_000);
    await database.query(`insert into outbox (kind, name, aggregate, key, payload, secret)
      select 'job', 'q', 'a', n::text, '{}', false from generate_series(1, 3) n`);
    const { transactions } = await start();
    await expect(transactions.query(OLD_HOUSEKEEPING)).rejects.toThrow('is not identified by its ctid');
    expect(await count('outbox')).toBe(6);
  });
});

describe('partitions', () => {
  beforeEach(upgrade);

  it('are reached through their table alone, by its rights and its row-level security', async () => {
    await database.query(writeAudit(10));
    const { transactions } = await start();
    await expect(transactions.query('select 1 from partitions.audit_log_0')).rejects.toThrow(
      'permission denied for schema',
    );
    await expect(transactions.query('select create_partitions()')).resolves.toEqual([]);
    await expect(transactions.query(`select drop_partition('audit_log', now())`)).rejects.toThrow(
      'not dropped by the service',
    );
    await expect(transactions.query('delete from audit_log')).rejects.toThrow('permission denied');
    const asCallers = <T>(text: string) =>
      transactions.run(async () => {
        await transactions.query(`set local app.account = '1'`);
        await transactions.query(`set local role "${new URL(database.url).username}_callers"`);
        return transactions.query<T & object>(text);
      });
    expect(await asCallers('select distinct account_id from audit_log')).toEqual([{ account_id: 1 }]);
    await expect(asCallers('select create_partitions()')).rejects.toThrow('permission denied');
  });

  it('are read by their indexes', async () => {
    for (const [outbox, audit] of [
      [1, 1],
      [2_000_000, 10_000_000],
    ] as const) {
      await setIds('outbox', outbox);
      await setIds('audit_log', audit);
      await database.query(FILL_OUTBOX, [5000]);
      await database.query(writeAudit(3000));
    }
    await database.query('update outbox set sent_at = null where id % 1000 = 0');
    await database.query('analyze outbox, audit_log');
    const plan = async (text: string, values: unknown[]): Promise<string> => {
      const rows = await database.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const pending = await plan(PENDING, ['fact']);
    expect(pending).toMatch('Index Scan using outbox_pending on outbox_0');
    expect(pending).toMatch('Index Scan using outbox_2000000_kind_id_idx on outbox_2000000');
    const sent = await plan(SENT, [[5, 6]]);
    expect(sent).toMatch('using outbox_pkey on outbox_0');
    // Ids say in which partition rows are.
    expect(sent).not.toMatch('outbox_2000000');
    const proof = await plan(ENTRIES, [1, 100, 50]);
    expect(proof).toMatch('Index Scan using audit_log_chain_seq on audit_log_0');
    expect(proof).toMatch('Index Scan using audit_log_10000000_chain_seq_id_idx on audit_log_10000000');
  });

  it('follow each other, and a chain of the audit log goes on across them', async () => {
    const { app, transactions } = await start();
    const audit = app.get(Audit);
    const write = () =>
      transactions.run(() =>
        audit.write({ action: 'a.b', subject: 'member', id: 1, after: { name: 'Amina' } }, caller()),
      );
    await write();
    await setIds('audit_log', 9_999_999);
    for (let n = 0; n < 3; n += 1) await write();
    expect(await count('partitions.audit_log_0')).toBe(2);
    expect(await count('partitions.audit_log_10000000')).toBe(2);
    expect(await app.get(AuditProof).part({})).toMatchObject({ entries: 4, discrepancy: null });
    expect(await count(`audit_entries where after = '{"name": "Amina"}'`)).toBe(4);
    for (const statement of ['update %s set user_id = 9', 'delete from %s', 'truncate %s']) {
      const text = statement.replace('%s', 'partitions.audit_log_10000000');
      await expect(database.query(text)).rejects.toThrow('permission denied');
      await expect(database.force(text)).rejects.toThrow('audit_log takes new rows only');
    }
    await database.force(`set session_replication_role = replica;
      update audit_log set user_id = 9 where id = 10000000; reset session_replication_role`);
    expect((await app.get(AuditProof).part({})).discrepancy).toMatch('was changed');
  });

  it('are made ahead; the default partition takes what has none, and new ones begin beyond', async () => {
    const { app, transactions } = await start();
    const state = () => transactions.first(`select * from partition_state() where name = 'outbox'`);
    await setIds('outbox', 1_500_000);
    await database.query(FILL_OUTBOX, [1]);
    await app.get(PartitionMaintenance).run();
    expect(await names('outbox')).toContain('partitions.outbox_3000000');
    await setIds('outbox', 7_000_000);
    await database.query(FILL_OUTBOX, [2]);
    expect(await state()).toMatchObject({ default_rows: 2, ahead: expect.closeTo(-3, 1) });
    await app.get(PartitionMaintenance).run();
    expect(await state()).toMatchObject({ ahead: expect.closeTo(2.1, 1) });
    expect(await names('outbox')).toContain('partitions.outbox_7100002');
    await setIds('outbox', 7_100_002);
    await database.query(FILL_OUTBOX, [1]);
    expect(await count('partitions.outbox_7100002')).toBe(1);
  });

  it('are dropped when all of their rows are past retention, and not before', async () => {
    const { app } = await start();
    await database.query(FILL_OUTBOX, [5]);
    await setIds('outbox', 2_000_000);
    await database.query(FILL_OUTBOX, [5]);
    await database.query(`update outbox set dead_at = now(), sent_at = null where id = 3`);
    await database.query(`update outbox set sent_at = now() - interval '8 days' where id = 2`);
    // The open partition loses its rows one by one; of the other, those that waited for a dead row.
    expect(await app.get(PartitionMaintenance).run()).toBe(8);
    expect(await database.query('select id::int from outbox order by id')).toEqual([{ id: 2 }, { id: 3 }]);
    expect(await names('outbox')).toContain('partitions.outbox_0');
    await database.query(`update outbox set dead_at = null, sent_at = now() - interval '8 days' where id = 3`);
    expect(await app.get(PartitionMaintenance).run()).toBe(0);
    expect(await names('outbox')).not.toContain('partitions.outbox_0');
    expect(await count('outbox')).toBe(0);
  });
});
