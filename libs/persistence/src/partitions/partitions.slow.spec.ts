import { environment } from '@open-cpo/platform';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { Client } from 'pg';
import { auditStatement } from '../audit/audit-reader';
import { clientConfig } from '../connection/settings';
import { migrateBeforePartitions } from '../fixture/old-schema';
import { migrate } from '../index';
import { PENDING, SENT } from '../outbox/outbox-table';

/** Of the outbox; the audit log has a tenth. `PARTITION_ROWS=10000000` measures what the documents say. */
const ROWS = Number(environment().PARTITION_ROWS ?? 100_000);
const ENTRIES = Math.ceil(ROWS / 10);
const CHUNK = 500_000;
const WRITERS = 4;
const READERS = 2;
const WRITES_AROUND = 50;

const OUTBOX = `
  insert into outbox (kind, name, aggregate, key, payload, secret, sent_at)
  select 'fact', 'facts.orders.orders.changed.1', 'orders 1', n, '{"id": 1, "note": "${'x'.repeat(150)}"}', false, now()
  from generate_series($1::int, $2::int) n`;
const AUDIT = `
  insert into audit_log (at, account_id, user_id, request_id, action, subject, subject_id, after, chain, seq, hash)
  select now() - n * interval '1 second', n % 5000, n % 50, 'r', 'orders.update', 'order', n, '{"revision": 1}', 100, n,
    sha256(n::text::bytea) from generate_series($1::int, $2::int) n`;

const INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('outbox', 'audit_log') and indexname not like '%_pkey'`;

const WRITE_AUDIT = `
  insert into audit_log (account_id, user_id, request_id, action, subject, subject_id, after)
  values ($1, 1, 'r', 'orders.update', 'order', '1', '{"revision": 2}')`;
const WRITE_OUTBOX = `
  insert into outbox (kind, name, aggregate, key, payload, secret)
  values ('fact', 'facts.orders.orders.changed.1', 'orders ' || $1::int, gen_random_uuid(), '{"id": 1}', false) returning id`;

/** Milliseconds of each piece of work, and what was refused. */
class Measured {
  readonly took: number[] = [];
  readonly refused: string[] = [];

  async add(work: () => Promise<unknown>): Promise<void> {
    const begun = performance.now();
    await work().catch((error: unknown) => this.refused.push(String(error)));
    this.took.push(performance.now() - begun);
  }

  get figures(): string {
    const sorted = [...this.took].sort((a, b) => a - b);
    const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
    return `${sorted.length} done, ${this.refused.length} refused, median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
  }
}

describe(`partitioning an outbox of ${ROWS} rows and an audit log of ${ENTRIES} under load`, () => {
  let database: TestDatabase;
  const clients: Client[] = [];

  beforeAll(async () => {
    database = await testDatabase('partitions_load');
    await migrateBeforePartitions('partitions_load', database);
    await database.force('set session_replication_role = replica');
    // Indexes are made afterwards, which takes a fraction of the time.
    const indexes = await database.query<{ name: string; definition: string }>(INDEXES);
    for (const { name } of indexes) await database.query(`drop index ${name}`);
    for (const [text, rows] of [
      [OUTBOX, ROWS],
      [AUDIT, ENTRIES],
    ] as const) {
      for (let from = 1; from <= rows; from += CHUNK) {
        await database.query(text, [from, Math.min(rows, from + CHUNK - 1)]);
      }
    }
    for (const { definition } of indexes) await database.query(definition);
    await database.force('reset session_replication_role; analyze');
  }, 7_200_000);
  afterAll(async () => {
    for (const client of clients) await client.end();
    await database?.drop();
  });

  const connect = async (): Promise<Client> => {
    const client = new Client(clientConfig({ name: 'partitions_load', url: database.url }));
    await client.connect();
    clients.push(client);
    return client;
  };
  const writing = (client: Client, account: number) => async () => {
    await client.query('begin');
    try {
      await client.query({ name: 'audit', text: WRITE_AUDIT, values: [account] });
      const { rows } = await client.query<{ id: string }>({ name: 'outbox', text: WRITE_OUTBOX, values: [account] });
      await client.query('commit');
      await client.query({ name: 'sent', text: SENT, values: [rows.map(({ id }) => id)] });
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  };
  const reading = (client: Client, account: number) => async () => {
    await client.query({ name: 'pending', text: PENDING, values: ['fact'] });
    const { text, params } = auditStatement({ limit: 16 }, account);
    await client.query(text, [...params]);
  };

  it('refuses nothing', async () => {
    const [before, during, after, reads] = [new Measured(), new Measured(), new Measured(), new Measured()];
    let phase: Measured | undefined = before;
    const loops = Array.from({ length: WRITERS + READERS }, async (_, n) => {
      const client = await connect();
      const work = n < WRITERS ? writing(client, n) : reading(client, n);
      while (phase) await (n < WRITERS ? phase : reads).add(work);
    });
    await until(() => before.took.length >= WRITES_AROUND);
    phase = during;
    const begun = performance.now();
    await migrate({ name: 'partitions_load', url: database.ownerUrl });
    const seconds = (performance.now() - begun) / 1000;
    phase = after;
    await until(() => after.took.length >= WRITES_AROUND);
    phase = undefined;
    await Promise.all(loops);
    process.stdout.write(
      `Partitioned ${ROWS} rows of the outbox and ${ENTRIES} of the audit log in ${seconds.toFixed(1)} s.\n` +
        `Writes before: ${before.figures}\nWrites during: ${during.figures}\nWrites after: ${after.figures}\n` +
        `Reads: ${reads.figures}\n`,
    );
    expect([before, during, after, reads].flatMap(({ refused }) => refused)).toEqual([]);
    const written = [before, during, after].reduce((sum, { took }) => sum + took.length, 0);
    const [rows] = await database.query(
      `select (select count(*)::int from outbox) as outbox, (select count(*)::int from audit_log) as audit`,
    );
    expect(rows).toEqual({ outbox: ROWS + written, audit: ENTRIES + written });
  }, 7_200_000);
});
