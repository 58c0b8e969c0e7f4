import type { ClientBase, QueryConfig, QueryResult } from 'pg';

/** One read in a transaction behind the wall. */
export async function behindWall(client: ClientBase, wall: string, query: QueryConfig): Promise<QueryResult> {
  await client.query(`BEGIN READ ONLY; ${wall}`);
  try {
    return await client.query(query);
  } finally {
    await client.query('COMMIT');
  }
}
