import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../journal/journal';
import type { Databases } from './databases';
import { eventsDue } from './events';

const OUTBOX = 'select count(*) from outbox where sent_at is null';
const DEAD = 'select count(*) from outbox where dead_at is not null';
/** A guard against hanging: what a queue loses is requeued from its row after minutes. */
const DRAIN_TIMEOUT_MS = 900_000;

/** What has not come to rest yet, in words. */
async function waiting(journal: Journal, databases: Databases, services: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const look = async (service: string, what: string, sql: string): Promise<void> => {
    const count = await databases.number(service, sql);
    if (count > 0) found.push(`${count} ${what} of ${service}`);
  };
  for (const service of services) await look(service, 'rows in the outbox', OUTBOX);
  await look('auth', 'e-mails not sent', "select count(*) from emails where state = 'waiting'");
  await look('payouts', 'payouts pending', "select count(*) from payouts where status = 'pending'");
  await look('notifications', 'deliveries', "select count(*) from webhook_deliveries where status = 'pending'");
  for (const service of ['stations', 'orders']) {
    await look(service, 'exports', "select count(*) from export_requests where status in ('waiting', 'running')");
  }
  const told = journal.of('session').filter(({ acknowledged }) => acknowledged);
  const ids = told.map(({ mark }) => mark);
  const sql = 'select count(*) from orders where status = 1 and session_id = any($1::text[])';
  const missing = told.length - (await databases.number('orders', sql, [ids]));
  if (missing > 0) found.push(`${missing} sessions not yet orders`);
  const untold = await eventsDue(ids, databases);
  if (untold > 0) found.push(`${untold} orders without an event`);
  const posted = await databases.number(
    'payouts',
    "select count(*) from ledger_transactions where kind = 'order_completed'",
  );
  const priced = await databases.number(
    'orders',
    'select count(*) from orders where status = 1 and (price_usd > 0 or fees_usd > 0)',
  );
  if (priced > posted) found.push(`${priced - posted} orders not yet in the ledger`);
  return found;
}

/** Waits until queues and outboxes are empty and every event has arrived; answers what did not. */
export async function drained(journal: Journal, databases: Databases, services: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + DRAIN_TIMEOUT_MS;
  for (;;) {
    const left = await waiting(journal, databases, services).catch((error: unknown) => [String(error)]);
    if (left.length === 0) break;
    if (Date.now() > deadline) return left;
    await pause(200);
  }
  const dead: string[] = [];
  for (const service of services) {
    const count = await databases.number(service, DEAD);
    if (count > 0) dead.push(`${count} rows set aside in the outbox of ${service}`);
  }
  return dead;
}
