import type { ClientBase, QueryConfig, QueryResult } from 'pg';

/** One read in a transaction behind the wall. */
export async function behindWall(client: ClientBase, wall: string, query: QueryConfig): Promise<QueryResult> {
  try {
    await client.query(`BEGIN READ ONLY; ${wall}`);
    const result = await client.query(query);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The error to tell is the first one; where this fails, too, the connection is broken and not used again.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
