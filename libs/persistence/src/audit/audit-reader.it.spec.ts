import type { AuditSlice } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { migrate } from '../index';
import { auditStatement } from './audit-reader';

const FILL = `
  insert into audit_log (at, account_id, user_id, request_id, action, subject, subject_id, chain, seq, hash)
  select timestamptz '2026-01-01' + n * interval '1 second', 1 + n % 3, n % 50, 'r', 'action.' || n % 40,
    'subject-' || n % 10, n % 1000, 1, n, '' from generate_series(1, 30000) n`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('audit_reader');
  await migrate({ name: 'audit_reader', url: database.ownerUrl });
  await database.force(`set session_replication_role = replica; ${FILL}`);
  await database.query('analyze audit_log');
});
afterAll(() => database?.drop());

const limit = 16;
const position = { before_at: Date.UTC(2026, 0, 1, 4) * 1000, before_id: 500 };

describe('a slice of the audit log', () => {
  it.each<[string, Partial<AuditSlice>, string]>([
    ['the newest', {}, 'audit_log_account_at'],
    ['those before a position', position, 'audit_log_account_at'],
    ['those of a span', { from: '2026-01-01T01:00:00Z', to: '2026-01-01T02:00:00Z' }, 'audit_log_account_at'],
    ['those of a user', { user_id: 7 }, 'audit_log_account_user'],
    ['those of a user before a position', { user_id: 7, ...position }, 'audit_log_account_user'],
    ['those of an action', { action: 'action.7' }, 'audit_log_account_action'],
    ['those about a subject', { subject: 'subject-7', subject_id: '7' }, 'audit_log_account_subject'],
  ])('%s is read from an index, in order', async (_what, filters, index) => {
    const { text, params } = auditStatement({ ...filters, limit }, 1);
    const rows = await database.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...params]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(`${index} on audit_log_0`);
    // In the partition that holds the rows: the others are empty. A sort of a few rows is none.
    expect(plan).not.toMatch(/Seq Scan on audit_log_0|Sort {2}\(cost=\S+ rows=\d{2}/);
  });

  it('begins after its position, to the microsecond', async () => {
    const { text, params } = auditStatement({ ...position, limit }, 1);
    const [first] = await database.query<{ at: string; position: number }>(text, [...params]);
    expect(first?.at).toBe('2026-01-01T03:59:57.000000Z');
    expect(first?.position).toBe(position.before_at - 3_000_000);
  });
});
