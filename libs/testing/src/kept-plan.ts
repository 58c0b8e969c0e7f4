import { Client } from 'pg';
import type { TestDatabase } from './database';

/** More executions than PostgreSQL plans one by one before it compares. */
const EXECUTIONS = 10;

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** How many of ten executions of a prepared statement used the generic plan. */
export async function executionsByKeptPlan({ url }: TestDatabase, statement: Statement | undefined): Promise<number> {
  const { text, values = [] } = statement ?? { text: '' };
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (let time = 0; time < EXECUTIONS; time += 1) await client.query({ name: 'kept', text, values: [...values] });
    const kept = `select generic_plans as times from pg_prepared_statements where name = 'kept'`;
    const { rows } = await client.query<{ times: string }>(kept);
    return Number(rows[0]?.times);
  } finally {
    await client.end();
  }
}
