import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type HotRead, hotReadsIn } from './sql-of';

const root = join(__dirname, '../..');
const sources = readdirSync(join(root, 'apps'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/test\/|\/fixture\//.test(file))
  .map((file) => join(root, 'apps', file));

/** What changes rows runs in a transaction: a caller's is behind the wall, the others are the service's own work. */
const changes = ({ sql }: HotRead): boolean => /\b(insert into|update|delete from)\b/i.test(sql);
const reads = sources.flatMap(hotReadsIn).filter((read) => !changes(read));
const bound = ({ sql }: HotRead): boolean => /account_?id|owner_id/i.test(sql);

/** Reads that name no account, and why they need not. */
const NO_ACCOUNT: Readonly<Record<string, string>> = {
  'countries.all': 'a catalogue',
  'countries.name': 'a catalogue',
  'currencies.all': 'a catalogue',
  'currencies.table': 'a catalogue',
  'charge-points.references': 'asks three catalogues which ids exist',
  'cash.currencies': 'in the transaction of a write',
  'emails.waiting': 'asked by the worker, for no caller',
  'feedback.given': 'in the transaction of an event',
  'figures.connectors': 'in the transaction of an event',
  'figures.ended': 'in the transaction of an event',
  'ledger.lock': 'locks numbers, reads no table',
  name: 'in the transaction of a write',
  'orders.by-id': 'in the transaction of an event',
  'orders.of-sessions': 'in the transaction of an event',
  'range-prices.of': 'asked after the power center was found to be the account’s',
  'registrations.latest': 'asked for strangers, by the address that they prove',
  'sessions.last-readings': 'in the transaction of an event',
  'sessions.readings': 'in the transaction of an event',
  'sites.elsewhere': 'in the transaction of a write',
  'users.still': 'asked for strangers, while they prove who they are',
  'verifications.by-token': 'asked for strangers, by a secret that they hold',
};

describe('hot reads, which do without row-level security', () => {
  it('are found in the sources', () => {
    expect(reads.length).toBeGreaterThan(20);
    expect(reads.map(({ name }) => name)).toEqual(expect.arrayContaining(['orders.one', 'charge-points.one']));
  });

  it('name the account whose rows they are after, or are listed with a reason', () => {
    const unbound = reads.filter((read) => !bound(read)).map(({ name }) => name);
    expect([...new Set(unbound)].sort()).toEqual(Object.keys(NO_ACCOUNT).sort());
  });

  it('would be noticed if they did not', () => {
    const careless = { file: 'x.ts', name: 'orders.all', sql: 'select * from orders order by id' };
    expect(bound(careless)).toBe(false);
    expect(changes(careless)).toBe(false);
  });
});
