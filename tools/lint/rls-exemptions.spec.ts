/* eslint-disable @nx/enforce-module-boundaries -- the statements of services, as they build them */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import * as orders from '../../apps/orders/src/orders/orders.queries';

const root = join(__dirname, '../..');
const sources = ['apps', 'libs/persistence/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/test\/|\/fixture\//.test(file))
    .map((file) => `${folder}/${file}`),
);

/** Calls that leave row-level security, in files of `apps`, and why each may. The library's own are below. */
const EXEMPT_READS: Readonly<Record<string, string>> = {
  'apps/orders/src/orders/orders.repository.ts': 'the list of orders and one order: in the benchmark of reads',
};
const ACROSS_ACCOUNTS: Readonly<Record<string, string>> = {
  'apps/auth/src/api-keys/api-keys.repository.ts': 'a key by its id: another account’s is refused',
  'apps/auth/src/countries/countries.repository.ts': 'a catalogue',
  'apps/auth/src/emails/email-limits.ts': 'the e-mails of a recipient, from any account',
  'apps/auth/src/emails/outgoing-emails.ts': 'callers see no e-mails, not even those that they cause',
  'apps/auth/src/members/invitations.handler.ts': 'invitations to the caller’s address are other accounts’',
  'apps/auth/src/members/inviting.ts': 'whether an address has a login',
  'apps/auth/src/members/members.repository.ts': 'a member by id: another account’s is refused',
  'apps/auth/src/notices/notices.ts': 'owners of an account that the caller is leaving or joining',
  'apps/auth/src/second-factors/passkeys/passkeys.repository.ts': 'a challenge is used once, by any user',
  'apps/auth/src/users/known-devices.repository.ts': 'asked at a login, before there is an account',
  'apps/auth/src/users/users.repository.ts': 'a user by address, or by the id in their own token',
  'apps/chargers/src/chargers/chargers.repository.ts':
    '403 or 404 for a charger of another account; an identity is unique in the installation',
  'apps/chargers/src/commands/commands.repository.ts': 'an order to stop: another account’s is refused',
  'apps/chargers/src/refused/refused.repository.ts': 'a refused entry by id: another account’s is refused',
  'apps/notifications/src/webhooks/webhooks.repository.ts': 'a webhook by id: another account’s is refused',
  'apps/orders/src/charge-points/charge-points.repository.ts': 'whose a power center is: another account’s is refused',
  'apps/orders/src/imports/order.importer.ts': 'callers see no sessions',
  'apps/orders/src/orders/orders.repository.ts': 'readings of the session of an order of the account',
  'apps/stations/src/categories/categories.repository.ts': 'a category by id: another account’s is refused',
  'apps/stations/src/charge-points/charge-points.repository.ts': 'a power center by id: another account’s is refused',
  'apps/stations/src/groups/groups.repository.ts': 'a group by id: another account’s is refused',
  'apps/stations/src/maps/maps.repository.ts': 'a power center on the map by id: another account’s is refused',
  'apps/stations/src/range-prices/range-prices.repository.ts': 'a range price by id: another account’s is refused',
  'apps/stations/src/sites/countries.ts': 'a catalogue',
  'apps/stations/src/sites/sites.repository.ts': 'a site by id: another account’s is refused',
  'apps/stations/src/stats/stats.repository.ts': 'sales of a power center: another account’s is refused',
  'apps/workforce/src/workers/workers.repository.ts': 'a worker by id: another account’s is refused',
  'libs/persistence/src/exports/export-requests.ts': 'an export by id: another account’s is refused',
  'libs/persistence/src/imports/import-requests.ts': 'an import by id: another account’s is refused',
};
/** Lists begin with their account, which `boundTo` checks for each. */
const LISTS = ['all-of.ts', 'page-of.ts', 'reach.ts'].map((file) => `libs/persistence/src/lists/${file}`);
const LIBRARY = 'libs/persistence/src/transactions/transactions.ts';

const filesWith = (call: RegExp): string[] =>
  sources.filter((file) => file !== LIBRARY && call.test(readFileSync(join(root, file), 'utf8'))).sort();

interface Node {
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** Every node of a kind below another one. */
const allOf = (node: Node, kind: string): Node[] => [
  ...(isNode(node[kind]) ? [node[kind]] : []),
  ...childrenOf(node).flatMap((child) => allOf(child, kind)),
];

/** `x.account_id = $1`, alone or beside other conditions that must hold as well. */
function isBound(condition: unknown): boolean {
  if (!isNode(condition)) return false;
  const { BoolExpr: logic, A_Expr: comparison } = condition as { BoolExpr?: Node; A_Expr?: Node };
  if (logic) return logic.boolop === 'AND_EXPR' && (logic.args as unknown[]).some(isBound);
  if (!comparison || JSON.stringify(comparison.name) !== '[{"String":{"sval":"="}}]') return false;
  const column = JSON.stringify(comparison.lexpr);
  return /"sval":"account_id"\}\}\]/.test(column) && isNode(comparison.rexpr) && numberOf(comparison.rexpr) === 1;
}

const numberOf = (node: Node): number | undefined => (node.ParamRef as { number?: number } | undefined)?.number;

/** Whether one of its SELECTs binds what it reads to the account. */
const bindsAccount = (sql: string): boolean =>
  allOf(parseSync(sql) as unknown as Node, 'SelectStmt').some(({ whereClause }) => isBound(whereClause));

describe('reads without row-level security', () => {
  beforeAll(() => loadModule());

  it('are in the files that are listed with a reason', () => {
    expect(filesWith(/\.(exempt|askExempt|rowsExempt)\b[<(]/)).toEqual([...Object.keys(EXEMPT_READS), ...LISTS].sort());
  });

  it('across accounts are in the files that are listed with a reason', () => {
    expect(filesWith(/\.(firstAcrossAccounts|asService)\b[<(]/)).toEqual(Object.keys(ACROSS_ACCOUNTS).sort());
  });

  it.each([
    orders.ONE.text,
    orders.MATCHING.text,
    orders.COUNT,
    orders.near('o.id desc', 15),
    orders.all('o.id desc'),
    ...(['all', 'many', 'few'] as const).map((way) => orders.page(way, 'o.id desc', 15)),
  ])('compare the account in their WHERE clause: %#', (sql) => {
    expect(bindsAccount(sql)).toBe(true);
  });

  it('of orders are all looked at', () => {
    const others = ['RAW_COLUMNS', 'SHOWN', 'OF_CHARGE_POINT', 'OTHERS', 'CLOSED', 'SESSION_OF', 'READINGS'];
    expect(
      Object.keys(orders)
        .filter((name) => !others.includes(name))
        .sort(),
    ).toEqual(['ONE', 'MATCHING', 'COUNT', 'near', 'all', 'page'].sort());
  });

  it.each([
    'select account_id, id from orders where id = $1',
    'select id from orders where account_id = $1 or id = $2',
    'select id from orders where account_id = $2 and id = $1',
    'select id from orders where not account_id = $1',
    'select id from orders where account_id <> $1',
    `select id from orders where title = 'account_id = $1'`,
  ])('would be noticed if they did not: %s', (sql) => {
    expect(bindsAccount(sql)).toBe(false);
  });
});
