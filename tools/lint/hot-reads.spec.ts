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
  'cash.currencies': 'in the transaction of a write',
  'charge-points.references': 'asks three catalogues which ids exist',
  'charge-points.tokens': 'asked for events of charging, by the token of the power center',
  'charge-points.zone': 'reads the names of time zones alone',
  'chargers.connectors': 'in the transaction of an event',
  'countries.all': 'a catalogue',
  'countries.name': 'a catalogue',
  'currencies.all': 'a catalogue',
  'currencies.table': 'a catalogue',
  'deletions.of-user': 'asked for the caller, by their own user',
  'emails.lately': 'in the transaction of a write, by the recipient',
  'emails.lock-recipient': 'locks an address, reads no table',
  'emails.waiting': 'asked by the worker, for no caller',
  'feedback.given': 'in the transaction of an event',
  'figures.connectors': 'in the transaction of an event',
  'figures.ended': 'in the transaction of an event',
  'figures.runs': 'in the transaction of a write, after the power center was found to be the account’s',
  'known-devices.has-any': 'asked at a login, for the user who proved who they are',
  'ledger.lock': 'locks numbers, reads no table',
  'login-sessions.live': 'asked for the caller, by their own user',
  name: 'in the transaction of a write',
  'orders.by-id': 'in the transaction of an event',
  'orders.completed-range': 'asked by an operator, for no caller',
  'orders.of-sessions': 'in the transaction of an event',
  'price-history.at': 'asked by orders, for no caller',
  'price-history.now': 'asks the clock, reads no table',
  'range-prices.of': 'asked after the power center was found to be the account’s',
  'registrations.latest': 'asked for strangers, by the address that they prove',
  'registrations.with-password': 'asked anonymously, by the address that is to be proved',
  'sessions.current': 'asked for a session that was found to be the user’s',
  'sessions.last-readings': 'in the transaction of an event',
  'sessions.login-of': 'asked for the caller, by their own user',
  'sessions.readings': 'in the transaction of an event',
  'sessions.state': 'asked for a token whose signature was checked',
  'sites.elsewhere': 'in the transaction of a write',
  'users.hold-credentials': 'in the transaction that issues tokens',
  'verifications.by-token': 'asked for strangers, by a secret that they hold',
};

describe('hot reads, which do without row-level security', () => {
  it('are found in the sources', () => {
    expect(reads.length).toBeGreaterThan(20);
    expect(reads.map(({ name }) => name)).toEqual(expect.arrayContaining(['orders.one']));
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
