import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { AccountRows, type Digest } from './account-rows';
import { type Cell, SERVICES } from './cell';
import type { Directory, Router } from './router';

const POLL_INTERVAL_MS = 10;
/** Milliseconds for which the account is frozen until its cell has published and handled everything, at most. */
const DRAIN_MS = 10_000;

export interface Move {
  readonly accountId: number;
  readonly from: Cell;
  readonly to: Cell;
  readonly directory: Directory;
  readonly router: Router;
  /** Whether writes of the account are refused meanwhile; a negative control goes without. */
  readonly freezes?: boolean;
  /** Milliseconds for which the account waits for its cell to be drained, at most. */
  readonly drainMs?: number;
  /** Comes between the verified copy and the flip; for tests. */
  readonly beforeFlip?: () => Promise<void>;
}

/** What was moved, and for how many milliseconds writes were refused. */
export interface Moved {
  readonly rows: number;
  readonly frozenMs: number;
  readonly digests: Readonly<Record<string, readonly Digest[]>>;
}

/** @throws Error when the account cannot be moved whole, or its cell is not drained in time; it stays where it is then */
export async function moveAccount({
  accountId,
  from,
  to,
  directory,
  router,
  freezes = true,
  drainMs = DRAIN_MS,
  beforeFlip,
}: Move): Promise<Moved> {
  const begun = performance.now();
  if (freezes) await router.freeze(accountId);
  try {
    if (freezes) await drained(from, drainMs);
    const digests: Record<string, readonly Digest[]> = {};
    for (const service of SERVICES) digests[service] = await copied(service, accountId, from, to);
    await beforeFlip?.();
    directory.put(accountId, to);
    const rows = Object.values(digests)
      .flat()
      .reduce((sum, one) => sum + one.rows, 0);
    return { rows, digests, frozenMs: performance.now() - begun };
  } finally {
    router.thaw(accountId);
  }
}

async function copied(service: string, accountId: number, from: Cell, to: Cell): Promise<readonly Digest[]> {
  const [source, target] = await Promise.all([from, to].map((cell) => AccountRows.open(cell.database(service).url)));
  if (!source || !target) throw new Error('A cell has no database.');
  try {
    const leftovers = await source.leftovers(accountId);
    if (leftovers.length > 0)
      throw new Error(`Events of the account were not handled: ${leftovers.join()} of ${service}.`);
    if (source.unknown.length > 0) throw new Error(`No rule says what of ${source.unknown.join()} is moved.`);
    await source.copyTo(target, accountId);
    const [before, after] = await Promise.all([source, target].map((one) => one.digests(accountId)));
    if (!isDeepStrictEqual(before, after)) throw new Error(`The copy of ${service} is not what the source has.`);
    return after ?? [];
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/**
 * Waits until all that follows from what was written has happened in the cell: outboxes have nothing to publish, consumers have
 * nothing left. Dead rows are not waited for: those of the account prevent its move, others do not concern it.
 * @throws Error when that takes longer than `limitMs`
 */
async function drained(cell: Cell, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  const nats = await connect({ servers: cell.broker.url });
  try {
    const manager = await jetstreamManager(nats);
    const pending = async (): Promise<number> => {
      let count = 0;
      for (const name of await manager.streams.names().next()) {
        for (const one of await manager.consumers.list(name).next()) count += one.num_pending + one.num_ack_pending;
      }
      return count;
    };
    const unsent = async (): Promise<number> => {
      const found = await Promise.all(
        SERVICES.map((service) =>
          cell.database(service).query('select 1 from outbox where sent_at is null and dead_at is null'),
        ),
      );
      return found.flat().length;
    };
    while ((await unsent()) + (await pending()) + (await unsent()) > 0) {
      if (performance.now() > deadline) throw new Error(`Cell ${cell.number} has not been drained in ${limitMs} ms.`);
      await pause(POLL_INTERVAL_MS);
    }
  } finally {
    await nats.close();
  }
}
