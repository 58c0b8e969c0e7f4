import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { doubleBegins } from '../checks/field';
import { Journal, onceEach } from '../journal/journal';

/** Messages that wait before the careless variant writes them. */
const WRITTEN_TOGETHER = 20;
const MESSAGES = 110;

/** Ends of sessions at a server that dies: it stores each before it answers, or answers and stores some together. */
export async function storageOff(pool: Pool, safe: boolean): Promise<string[]> {
  await pool.query('drop table if exists twin_ends; create table twin_ends (mark text not null)');
  const journal = new Journal();
  const store = (marks: readonly string[]): Promise<unknown> =>
    pool.query('insert into twin_ends select unnest($1::text[])', [marks]);
  let waiting: string[] = [];
  for (let n = 0; n < MESSAGES; n += 1) {
    const entry = journal.begin('end of a session', randomUUID());
    entry.tries = 1;
    if (safe) await store([entry.mark]);
    else waiting.push(entry.mark);
    entry.acknowledged = true;
    if (waiting.length === WRITTEN_TOGETHER) await store(waiting.splice(0));
  }
  // It dies here: what waits is gone.
  waiting = [];
  const { rows } = await pool.query<{ mark: string; count: string }>('select mark, count(*) from twin_ends group by 1');
  return onceEach(journal.of('end of a session'), new Map(rows.map(({ mark, count }) => [mark, Number(count)])));
}

/** Begins of sessions whose answer gets lost now and then: the charger says the same again, under a new message id. */
export async function contentOff(pool: Pool, safe: boolean): Promise<string[]> {
  await pool.query(
    'drop table if exists twin_begins; create table twin_begins (id integer generated always as identity, key text unique)',
  );
  const begun = new Set<number>();
  const take = async (content: string, messageId: string): Promise<number> => {
    const key = createHash('sha256')
      .update(safe ? content : messageId)
      .digest('hex');
    await pool.query('insert into twin_begins (key) values ($1) on conflict do nothing', [key]);
    const { rows } = await pool.query<{ id: number }>('select id from twin_begins where key = $1', [key]);
    return rows[0]?.id ?? 0;
  };
  for (let n = 0; n < 50; n += 1) {
    const content = JSON.stringify({ connectorId: 1, idTag: '04A1B2C3', meterStart: n * 5000 });
    if (n % 5 === 0) await take(content, randomUUID());
    begun.add(await take(content, randomUUID()));
  }
  const { rows } = await pool.query<{ id: number }>('select id from twin_begins order by id');
  return doubleBegins(
    begun,
    rows.map(({ id }) => id),
    'a charger',
  );
}

/** A charger that comes back while its old connection lives: the end of that one is published last, and ends the new one where the two are not distinguished. */
export async function generationOff(pool: Pool, safe: boolean): Promise<string[]> {
  await pool.query(
    'drop table if exists twin_sockets; create table twin_sockets (charger int primary key, generation int, connected boolean)',
  );
  const connect = async (charger: number): Promise<number> => {
    const { rows } = await pool.query<{ generation: number }>(
      `insert into twin_sockets as s values ($1, 1, true)
       on conflict (charger) do update set generation = s.generation + 1, connected = true returning generation`,
      [charger],
    );
    return rows[0]?.generation ?? 0;
  };
  const ended = (charger: number, generation: number): Promise<unknown> =>
    pool.query('update twin_sockets set connected = false where charger = $1 and (generation = $2 or not $3)', [
      ...[charger, generation, safe],
    ]);
  for (let charger = 1; charger <= 10; charger += 1) {
    const old = await connect(charger);
    await connect(charger);
    await ended(charger, old);
  }
  const { rows } = await pool.query<{ charger: number }>('select charger from twin_sockets where not connected');
  return rows.map(({ charger }) => `charger ${charger} counts as disconnected, and has a connection`);
}
