import type { ClientBase, Pool, QueryConfig } from 'pg';
import { type Answer, askPrepared, type RlsSettings } from '../connection/prepared';
import { breaksConnection } from '../errors/translate';
import { accountWithin } from '../rls/rls';
import { cursorIn, type RowOptions } from './cursor';
import type { Scope } from './scope';

/** A value as the driver takes it. */
export type Param = string | number | boolean | bigint | Date | Uint8Array | null | undefined | readonly Param[];

export type Query = QueryConfig<Param[]> & { readonly rowMode?: 'array' };

/** Asks outside of a transaction. */
export function asked(client: ClientBase, query: Query, rls?: RlsSettings): Promise<Answer> {
  const { name = '', text, values = [], rowMode } = query;
  return name || rls ? askPrepared(client, { name, text, values, rowMode, rls }) : client.query(query);
}

/** Asks on a connection of the pool; one that broke is never used again. */
export async function onConnection(pool: Pool, ask: (client: ClientBase) => Promise<Answer>): Promise<Answer> {
  const client = await pool.connect();
  let broken = false;
  try {
    return await ask(client);
  } catch (error) {
    broken = breaksConnection(error);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Plans depend on the role, so that the same text in another role is another statement. */
export function statementIn({ underRls }: Scope, { name = '', text, values = [], rowMode }: Query) {
  const limited = underRls && name !== '' && accountWithin() !== undefined;
  return { name: limited ? `rls:${name}` : name, text, values, rowMode };
}

/** Queries inside a transaction, with the statements that are posted and not sent yet. */
export async function askedIn(scope: Scope, query: Query): Promise<Answer> {
  const { posted, client } = scope;
  // A text without values may be several statements, which the extended protocol does not take.
  const mayGoAlong = query.name !== undefined || (query.values?.length ?? 0) > 0;
  if (mayGoAlong && !posted.isEmpty) return (await posted.ask([statementIn(scope, query)]))[0] as Answer;
  return posted.alone(() => asked(client, query.name === undefined ? query : statementIn(scope, query)));
}

/** The batches of a cursor inside a transaction, after the posted statements. */
export async function* rowsIn<T extends object>(
  { posted, client }: Scope,
  text: string,
  params: readonly Param[],
  options: RowOptions,
): AsyncGenerator<readonly T[], void> {
  await posted.sent();
  yield* cursorIn<T>(client, text, params, options);
}
