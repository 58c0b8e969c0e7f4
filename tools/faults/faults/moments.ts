import { setTimeout as pause } from 'node:timers/promises';
import type { Databases } from '../checks/databases';

/** A guard against hanging, in milliseconds. */
const GUARD_MS = 300_000;

/** Waits for a moment, looking often: it may be short. */
export async function moment(what: string, came: () => Promise<boolean> | boolean, guardMs = GUARD_MS): Promise<void> {
  const deadline = Date.now() + guardMs;
  while (!(await came())) {
    if (Date.now() > deadline) throw new Error(`there was no moment in which ${what}`);
    await pause(5);
  }
}

const STATUS = 'select status from export_requests order by created_at desc limit 1';

/** How far the newest export is. */
export async function exportStatus(databases: Databases): Promise<string> {
  const [newest] = await databases.rows<{ status: string }>('stations', STATUS);
  return newest?.status ?? '';
}

const HOLD = `
  select pg_advisory_xact_lock(hashtextextended('export ' || account_id::text || ' ' || kind, 0))
  from export_requests order by created_at desc limit 1`;

const WAITING = `
  select count(*) from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;

/** Does something while no export can end: its file may be stored, but nobody can be told. */
export async function whileNoneEnds(databases: Databases, work: () => Promise<void>): Promise<void> {
  const client = await databases.connection('stations');
  try {
    await client.query('begin');
    await client.query(HOLD);
    await work();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** Whether somebody would like to end one. */
export const oneWouldEnd = async (databases: Databases): Promise<boolean> =>
  (await databases.number('stations', WAITING)) > 0;
