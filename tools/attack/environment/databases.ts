import { Client } from 'pg';

/** A service's database, and how to get in as its owner. */
export interface Database {
  readonly name: string;
  readonly url: string;
}

/** Does something with a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
