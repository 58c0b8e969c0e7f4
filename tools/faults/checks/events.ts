import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../journal/journal';
import { onceEach } from '../journal/journal';
import type { Databases } from './databases';

/**
 * A guard against hanging, in milliseconds: gateways look for events that they missed every five seconds, and a power
 * center may change its status when everything else has come to rest.
 */
const GUARD_MS = 600_000;

/** Whether it comes true within this time. */
async function soon(holds: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!holds() && Date.now() < deadline) await pause(100);
  return holds();
}

const ORDERS = `
  select id::text, session_id from orders where session_id = any($1::text[]) and status = 1`;

const EVENTS = `
  select data->>'id' as mark, count(*) from events
  where type = 'order.completed' and data->>'id' = any($1::text[]) group by 1`;

const HEAD = 'select coalesce(max(head), 0) from feeds where account_id = 1';
const KEPT = 'select id from events where account_id = 1 and sequence > $1';

/** How many of these sessions have become orders and not yet events. */
export async function eventsDue(sessions: readonly string[], databases: Databases): Promise<number> {
  const orders = await databases.rows<{ id: string }>('orders', ORDERS, [sessions]);
  const events = await databases.count(
    'notifications',
    EVENTS,
    orders.map(({ id }) => id),
  );
  return orders.length - events.size;
}

/** What a feed and an owner's server have observed. */
export interface Observed {
  readonly feed: { readonly last?: number; readonly problems: string[] };
  readonly times: ReadonlyMap<string, number>;
  /** The sequence after which the server was told. */
  readonly since: number;
  /** Milliseconds to wait for what has not been observed yet. */
  readonly timeoutMs?: number;
}

/** Every session that was acknowledged has become one event, which the feed was told once and the webhook at least once. */
export async function eventsDelivered(journal: Journal, databases: Databases, observed: Observed): Promise<string[]> {
  const entries = journal.of('session');
  const orders = await databases.rows<{ id: string; session_id: string }>('orders', ORDERS, [
    entries.map(({ mark }) => mark),
  ]);
  const ids = orders.map(({ id }) => id);
  const events = await databases.count('notifications', EVENTS, ids);
  const bySession = new Map(orders.map(({ id, session_id }) => [session_id, events.get(id) ?? 0]));
  const lostOrTwice = onceEach(entries, bySession).map((text) => `event ${text}`);
  return [...lostOrTwice, ...(await followed(databases, observed)), ...(await delivered(databases, observed))];
}

async function followed(databases: Databases, { feed, timeoutMs = GUARD_MS }: Observed): Promise<string[]> {
  const head = await databases.number('notifications', HEAD);
  const caughtUp = await soon(() => (feed.last ?? -1) >= head, timeoutMs);
  const problems = feed.problems.splice(0);
  return caughtUp ? problems : [...problems, `the feed ends at ${feed.last}, the account at ${head}`];
}

async function delivered(databases: Databases, { times, since, timeoutMs = GUARD_MS }: Observed): Promise<string[]> {
  const kept = await databases.rows<{ id: string }>('notifications', KEPT, [since]);
  await soon(() => kept.every(({ id }) => times.has(id)), timeoutMs);
  const missing = kept.filter(({ id }) => !times.has(id));
  return missing.length > 0 ? [`${missing.length} of ${kept.length} events never came to the webhook`] : [];
}
