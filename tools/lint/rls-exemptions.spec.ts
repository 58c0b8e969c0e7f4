/* eslint-disable @nx/enforce-module-boundaries -- the statements of services, as they build them */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { type AcrossAccounts, declaredAcrossAccounts } from '../../libs/persistence/src/rls/across-accounts';
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
const EXEMPT = { ONE: orders.ONE.text, MATCHING: orders.MATCHING.text, COUNT: orders.COUNT.text };
/** Files that work as the service itself for a caller, and why. */
const AS_SERVICE: Readonly<Record<string, string>> = {
  'apps/auth/src/countries/countries.repository.ts': 'a catalogue',
  'apps/auth/src/emails/email-limits.ts': 'the e-mails of a recipient, from any account',
  'apps/auth/src/emails/outgoing-emails.ts': 'callers see no e-mails, not even those that they cause',
  'apps/auth/src/members/invitations.handler.ts': 'invitations to the caller’s address are other accounts’',
  'apps/auth/src/notices/notices.ts': 'owners of an account that the caller is leaving or joining',
  'apps/auth/src/second-factors/passkeys/passkeys.repository.ts': 'a challenge is used once, by any user',
  'apps/chargers/src/chargers/chargers.repository.ts': 'an identity is unique in the installation',
  'apps/orders/src/imports/order.importer.ts': 'callers see no sessions',
  'apps/orders/src/orders/orders.repository.ts': 'readings of the session of an order of the account',
  'apps/stations/src/sites/countries.ts': 'a catalogue',
  'apps/stations/src/stats/stats.repository.ts': 'sales of a power center: another account’s is refused',
};
/** Lists begin with their account, which `boundTo` checks for each. */
const LISTS = ['all-of.ts', 'keyed-page.ts', 'page-of.ts', 'reach.ts'].map(
  (file) => `libs/persistence/src/lists/${file}`,
);
const LIBRARY = 'libs/persistence/src/transactions/transactions.ts';

const source = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesWith = (call: RegExp): string[] =>
  sources.filter((file) => file !== LIBRARY && call.test(source(file))).sort();

const DECLARATION = /\b(?:ownedRead|acrossAccounts)\(/g;
const DECLARING = filesWith(/\b(?:ownedRead|acrossAccounts)\(/);
/** Every read across accounts, of all services. */
function declared(): readonly AcrossAccounts[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- whichever files there are
  for (const file of DECLARING) require(join(root, file));
  return declaredAcrossAccounts();
}

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

/** Whether a column `account_id` of a table is in its select list. */
function answersAccount(sql: string): boolean {
  const [statement] = (parseSync(sql) as unknown as { stmts: { stmt: { SelectStmt: { targetList: Node[] } } }[] })
    .stmts;
  return (statement?.stmt.SelectStmt.targetList ?? []).some(({ ResTarget: target }) => {
    const { name, val } = target as { name?: string; val: Node };
    return name === undefined && /"sval":"account_id"\}\}\]/.test(JSON.stringify(val.ColumnRef ?? null));
  });
}

describe('reads without row-level security', () => {
  beforeAll(() => loadModule());

  it('are in the files that are listed with a reason', () => {
    expect(filesWith(/\.(exempt|askExempt|rowsExempt)\b[<(]/)).toEqual([...Object.keys(EXEMPT_READS), ...LISTS].sort());
  });

  it('as the service are in the files that are listed with a reason', () => {
    expect(filesWith(/\.asService\b[<(]/)).toEqual(Object.keys(AS_SERVICE).sort());
  });

  it('across accounts are declared once a module is loaded, where tests find each of them', () => {
    const declarations = DECLARING.flatMap((file) => source(file).match(DECLARATION) ?? []);
    expect(declared()).toHaveLength(declarations.length);
  });

  it('across accounts answer the account of their row to be compared, or say why not', () => {
    const silent = declared().filter(({ text, why }) => !why && !answersAccount(text));
    expect(silent.map(({ text }) => text)).toEqual([]);
  });

  it.each(['select * from a', 'select a.id from a where account_id = 1', 'select $1 as account_id', 'select 1'])(
    'would be noticed without the account: %s',
    (sql) => expect(answersAccount(sql)).toBe(false),
  );

  it.each(Object.values(EXEMPT))('compare the account in their WHERE clause: %#', (sql) => {
    expect(bindsAccount(sql)).toBe(true);
  });

  it('are all looked at', () => {
    const asked = Object.keys(EXEMPT_READS).flatMap((file) =>
      [...source(file).matchAll(/\.(?:exempt|askExempt|rowsExempt)<.*?>\(sql\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...new Set(asked)].sort()).toEqual(Object.keys(EXEMPT).sort());
    const calls = Object.keys(EXEMPT_READS).flatMap((file) => source(file).match(/\.\w*[eE]xempt\b/g) ?? []);
    expect(calls).toHaveLength(asked.length);
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
