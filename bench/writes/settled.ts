import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { StackError } from '../../tools/stack/terminal';

/** Milliseconds to wait for the last effect. */
const GUARD_MS = 300_000;
const UNSENT = 'select 1 from outbox where sent_at is null and dead_at is null limit 1';

/** Whose events are waited for: outboxes by their databases, and the streams that they go to. */
export interface Flow {
  readonly databases: readonly string[];
  readonly streams: readonly string[];
}

/**
 * Waits until every event has left and had its effect. An effect may lead to further events: it is over when nothing is under way
 * twice, and nothing was published in between.
 */
export class Settled {
  private constructor(
    private readonly clients: readonly Client[],
    private readonly manager: JetStreamManager,
    private readonly streams: readonly string[],
  ) {}

  static async of(nats: NatsConnection, { databases, streams }: Flow): Promise<Settled> {
    const clients = databases.map((connectionString) => new Client({ connectionString }));
    await Promise.all(clients.map((client) => client.connect()));
    return new Settled(clients, await jetstreamManager(nats), streams);
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }

  /** @throws StackError after minutes */
  async wait(): Promise<void> {
    let before = '';
    for (const end = Date.now() + GUARD_MS; Date.now() < end; await pause(50)) {
      const published = await this.published();
      const answers = await Promise.all(this.clients.map((client) => client.query(UNSENT)));
      const isQuiet = answers.every(({ rows }) => rows.length === 0) && (await this.consumed());
      if (isQuiet && published === before) return;
      before = isQuiet ? published : '';
    }
    throw new StackError('Not every event was consumed in time.');
  }

  /** The last positions of the streams. */
  private async published(): Promise<string> {
    const infos = await Promise.all(this.streams.map((stream) => this.manager.streams.info(stream)));
    return infos.map(({ state }) => state.last_seq).join();
  }

  private async consumed(): Promise<boolean> {
    for (const stream of this.streams) {
      for await (const { num_pending, num_ack_pending } of this.manager.consumers.list(stream)) {
        if (num_pending + num_ack_pending > 0) return false;
      }
    }
    return true;
  }
}
