import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Entry, Journal } from '../journal/journal';
import type { Client } from './client';
import { Pacer } from './pacer';
import type { Outcome, Tally } from './tally';

interface WriteKind {
  readonly service: string;
  readonly path: string;
  readonly body: (mark: string) => object;
  /** Milliseconds between two. */
  readonly every: number;
}

const hex = (mark: string): string => mark.replaceAll('-', '').slice(0, 16).toUpperCase();

/** Writes of owners whose effects can be counted by a mark. */
export const WRITES: Readonly<Record<string, WriteKind>> = {
  category: {
    service: 'stations',
    path: '/api/categories',
    body: (name) => ({ name, type: 'charging-site' }),
    every: 250,
  },
  worker: {
    service: 'workforce',
    path: '/api/workers',
    body: (mark) => ({
      first_name: 'Fault',
      last_name: 'Proof',
      email: `${mark}@faults.test`,
      rfid: hex(mark),
      expire_at: '2099-12-31',
    }),
    every: 400,
  },
  invitation: {
    service: 'auth',
    path: '/api/members',
    body: (mark) => ({ email: `${mark}@faults.test`, role: 'viewer' }),
    // One after the other within an account, by its lock: nobody invites more often.
    every: 2500,
  },
  payout: { service: 'payouts', path: '/api/payouts/request-payout', body: () => ({ payoutMethod: 1 }), every: 1500 },
};

/** Milliseconds before the next try: what the platform asked for, or a second, and some more by chance. */
export const retryDelayMs = ({ headers }: Outcome): number =>
  1000 * Number(headers.get('retry-after') ?? 1) + 500 * Math.random();

/** Repeats a write under its key until there is a definite answer, as clients are told to. */
export async function retryUntilDefinite(
  client: Client,
  kind: string,
  entry: Entry,
  tally: () => Tally,
  until: () => boolean,
) {
  const { service, path, body } = WRITES[kind] as WriteKind;
  const sent = { method: 'POST', body: body(entry.mark), headers: { 'idempotency-key': entry.mark } };
  while (!until()) {
    entry.tries += 1;
    const outcome = await client.ask(path, sent);
    // The same request is still under way: neither yes nor no.
    const waiting = outcome.status === 409;
    if (!waiting) tally().add(service, `POST ${path}`, outcome);
    if (outcome.ending === 'done') entry.acknowledged = true;
    entry.refused = outcome.ending === 'refused' && !waiting;
    if (outcome.ending === 'done' || entry.refused) return outcome.status;
    await pause(retryDelayMs(outcome));
  }
  return 0;
}

/** Writers of every kind, without end. */
export function writers(client: Client, journal: Journal, tally: () => Tally, over: () => boolean): Pacer[] {
  return Object.entries(WRITES).map(
    ([kind, { every }]) =>
      new Pacer(every, kind === 'payout' ? 1 : 10, async () => {
        await retryUntilDefinite(client, kind, journal.begin(kind, randomUUID()), tally, over);
      }),
  );
}
