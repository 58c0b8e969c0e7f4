import type { Operation } from '../document/operations';
import { type Database, withClient } from '../environment/databases';
import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import { type Means, resolved } from '../sending/target';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Values that stand nowhere else: found in a table, they were assigned. */
const NUMBER = 1_987_654_321;
const TEXT = 'mass-assigned-9f3c';
const MOMENT = '1987-06-05T04:03:02.000Z';
/** What the values look like in a table. */
export const MARKS = [String(NUMBER), TEXT, '1987-06-05 04:03:02'];

/** Sends with every write every column there is that the document does not name, and looks for them in every table. */
export async function attackColumns(
  operations: readonly Operation[],
  databases: readonly Database[],
  client: Client,
  means: Means,
  tally: Tally,
): Promise<void> {
  const columns = (await Promise.all(databases.map(({ url }) => columnsOf(url)))).flat();
  const hostile = Object.fromEntries(columns.map(({ column, type }) => [column, valueFor(type)]));
  const writes = operations.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));
  let accepted = 0;
  for (const operation of writes) {
    // What the document names is not smuggled.
    const named = (operation.body?.schema.properties ?? {}) as Record<string, unknown>;
    const extra = Object.fromEntries(Object.entries(hostile).filter(([column]) => !(column in named)));
    const body = JSON.stringify({ ...extra, ...operation.body?.example });
    const params = Object.fromEntries(
      operation.parameters.filter((one) => one.in === 'path').map(({ name }) => [name, '@own']),
    );
    const headers = { 'content-type': 'application/json' };
    const request = { kind: 'as documented' as const, who: 'owner' as const, params, query: '', headers, body };
    const { status } = await client.sendWithRetries(await resolved(operation, request, means));
    if (status === 401) means.people.renew('owner');
    tally.counted('mass assignment', status);
    if (status < 300) accepted += 1;
  }
  const found = (await Promise.all(databases.map((database) => marked(database)))).flat();
  const figures = `${Object.keys(hostile).length} columns with ${writes.length} writes, ${accepted} accepted; ${found.join(', ') || 'none assigned'}`;
  tally.checked('mass assignment of every column', found.length === 0 && accepted > 10, figures);
}

const COLUMNS = `select table_name as table, column_name as column, data_type as type from information_schema.columns
  join information_schema.tables using (table_schema, table_name)
  where table_schema = 'public' and table_type = 'BASE TABLE'`;

const columnsOf = (url: string): Promise<Column[]> =>
  withClient(url, async (client) => (await client.query<Column>(COLUMNS)).rows);

/** A value for a column of a type; of truth values there are too few to be told apart. */
export function valueFor(type: string): unknown {
  if (/int|numeric|double|real/.test(type)) return NUMBER;
  if (/timestamp|date/.test(type)) return MOMENT;
  if (type === 'boolean') return true;
  return TEXT;
}

/** Tables in which a mark of ours stands. */
export function marked({ name, url }: Database): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows: columns } = await client.query<Column>(COLUMNS);
    const found: string[] = [];
    for (const table of new Set(columns.map((one) => one.table))) {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from "${table}" t where ${MARKS.map((_, index) => `t::text like '%' || $${index + 1} || '%'`).join(' or ')}`,
        [...MARKS],
      );
      if (rows[0]?.count !== '0') found.push(`${name}.${table}`);
    }
    return found;
  });
}
