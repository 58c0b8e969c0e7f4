import type { ClientBase, Pool } from 'pg';
import type { Param } from './transactions';

export interface RowOptions {
  /** Rows fetched at once. */
  readonly batch?: number;
  /** A list, which is checked to be bound to its account: does without the wall. */
  readonly list?: boolean;
}

let cursors = 0;

/** The batches of a cursor inside a transaction that is under way. */
export async function* cursorIn<T extends object>(
  client: ClientBase,
  text: string,
  params: readonly Param[],
  { batch = 500 }: RowOptions,
): AsyncGenerator<readonly T[], void> {
  const name = `rows_${(cursors += 1)}`;
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, params as Param[]);
  try {
    for (let full = true; full;) {
      const { rows } = await client.query<T>(`FETCH ${batch} FROM ${name}`);
      if (rows.length > 0) yield rows;
      full = rows.length === batch;
    }
  } finally {
    // Where this fails the transaction has failed before, and its own error is the one to tell.
    await client.query(`CLOSE ${name}`).catch(() => undefined);
  }
}

/** A cursor with a connection and a read-only transaction of its own, behind a wall or, where it is '', not. */
export async function* cursorOf<T extends object>(
  pool: Pool,
  text: string,
  params: readonly Param[],
  options: RowOptions,
  wall: string,
): AsyncGenerator<readonly T[], void> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`BEGIN READ ONLY; ${wall}`);
    yield* cursorIn<T>(client, text, params, options);
  } catch (error) {
    broken = true;
    throw error;
  } finally {
    client.release(broken || !(await ended(client)));
  }
}

async function ended(client: ClientBase): Promise<boolean> {
  try {
    await client.query('COMMIT');
    return true;
  } catch {
    return false;
  }
}
