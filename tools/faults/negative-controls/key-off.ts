import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { Journal, onceEach } from '../journal/journal';

const TABLES = `
  create table twin_effects (mark text not null);
  create table twin_keys (key text primary key);`;

/** The platform's way of writing once, in small: the key and the effect are one transaction. */
async function write(pool: Pool, mark: string, safe: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const claimed = safe
      ? await client.query('insert into twin_keys values ($1) on conflict do nothing', [mark])
      : null;
    if (claimed?.rowCount !== 0) await client.query('insert into twin_effects values ($1)', [mark]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** A client whose answers get lost now and then, and who repeats under the same key as told. */
export async function keyOff(pool: Pool, safe: boolean): Promise<string[]> {
  await pool.query(`drop table if exists twin_effects, twin_keys; ${TABLES}`);
  const journal = new Journal();
  for (let index = 0; index < 100; index += 1) {
    const entry = journal.begin('control', randomUUID());
    const answersLost = index % 5 === 0 ? 1 : 0;
    for (entry.tries = 1; ; entry.tries += 1) {
      await write(pool, entry.mark, safe);
      if (entry.tries > answersLost) break;
    }
    entry.acknowledged = true;
  }
  const { rows } = await pool.query<{ mark: string; count: string }>(
    'select mark, count(*) from twin_effects group by 1',
  );
  return onceEach(journal.of('control'), new Map(rows.map(({ mark, count }) => [mark, Number(count)])));
}
