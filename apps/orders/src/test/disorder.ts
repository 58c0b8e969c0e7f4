import { until } from '@open-cpo/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { KillableSystem } from './killable';

interface Message {
  readonly id: string;
}

/** A number that looks random, always the same for the same two. */
function scattered(seed: number, place: number): number {
  const mixed = Math.imul(seed ^ Math.imul(place + 1, 0x9e3779b9), 0x85ebca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (again ^ (again >>> 16)) >>> 0;
}

/** Messages in no order, some of them published again under another id, which must change nothing. */
export function inDisorder<M extends Message>(messages: readonly M[], repeatable: readonly M[], seed: number): M[] {
  const again = repeatable
    .filter((_, place) => scattered(seed + 1, place) % 3 === 0)
    .map((message) => ({ ...message, id: `${message.id}-again` }));
  return [...messages, ...again]
    .map((message, place) => ({ message, key: scattered(seed, place) }))
    .sort((a, b) => a.key - b.key)
    .map(({ message }) => message);
}

const COMPLETED = `select count(*) from outbox where name like 'facts.orders.orders.completed.%'`;

/**
 * Publishes a part, up to the crash: while events come in, when they have been received (1), or when orders are complete (2).
 * In a list, or who waits for it waits for the part as well.
 */
export async function struck(
  { orders: { db } }: KillableSystem,
  when: number,
  tell: () => Promise<unknown>,
): Promise<[Promise<unknown>]> {
  const text = [`select 0 as count`, `select count(*) from inbox`, COMPLETED][when % 3] ?? '';
  const count = async () => Number((await db.query<{ count: string }>(text))[0]?.count);
  const before = await count();
  const told = tell();
  if (when % 3 > 0) await until(async () => (await count()) > before, 'something to happen');
  return [told];
}

/** Ids of events in the dead letter queue, with their reasons. */
export async function deadLetters(nats: NatsConnection): Promise<Map<string, string>> {
  const { streams } = await jetstreamManager(nats);
  const info = await streams.info('DEAD').catch(() => undefined);
  const found = new Map<string, string>();
  // A stream without messages begins at 0, which no message has.
  for (let seq = Math.max(info?.state.first_seq ?? 1, 1); seq <= (info?.state.last_seq ?? 0); seq += 1) {
    const letter = await streams.getMessage('DEAD', { seq });
    if (letter) found.set(letter.header.get('event-id'), letter.header.get('reason'));
  }
  return found;
}
