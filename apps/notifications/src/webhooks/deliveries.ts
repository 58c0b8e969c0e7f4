import { Injectable } from '@nestjs/common';
import { deliverEvent, type OwnersEvent } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import type { Kept } from '../feed/feed.repository';
import * as sql from './webhooks.queries';

/** An event for one endpoint. */
export interface Outgoing {
  readonly account_id: number;
  readonly webhook_id: number;
  readonly event: Pick<OwnersEvent, 'id' | 'occurred_at' | 'data'> & { type: string; sequence: number | null };
}

interface Listening {
  readonly id: number;
  readonly account_id: number;
  readonly events: readonly string[];
  readonly since: Date;
}

/** Puts events on their way to endpoints: a row each, which is the truth, and a job that holds its number. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Tells every endpoint that wants to know, in the transaction in which the events are kept. */
  async fanOut(kept: readonly Kept[]): Promise<void> {
    if (kept.length === 0) return;
    const accounts = [...new Set(kept.map(({ account_id }) => account_id))];
    const listening = await this.transactions.query<Listening>(sql.LISTENING, [accounts], 'webhooks.listening');
    const outgoing = listening.flatMap((webhook) =>
      kept.filter((event) => wants(webhook, event)).map((event) => toldTo(webhook, event)),
    );
    await this.queue(outgoing);
  }

  /** Answers the numbers of the deliveries. */
  async queue(outgoing: readonly Outgoing[]): Promise<number[]> {
    if (outgoing.length === 0) return [];
    const rows = outgoing.map(({ account_id, webhook_id, event }) => {
      const { id: event_id, type, sequence } = event;
      return { account_id, webhook_id, event_id, type, sequence, body: JSON.stringify(event) };
    });
    const queued = await this.transactions.query<{ id: number }>(sql.QUEUE, [JSON.stringify(rows)], 'deliveries.queue');
    for (const { id } of queued) await this.ask(id);
    return queued.map(({ id }) => id);
  }

  /** `again` distinguishes a further request from those that the queue has completed. */
  async ask(id: number, again = ''): Promise<void> {
    await this.outbox.job(deliverEvent, again ? `${id}-${again}` : String(id), { id });
  }
}

const wants = ({ account_id, events, since }: Listening, event: Kept): boolean =>
  event.account_id === account_id &&
  (events.length === 0 || events.includes(event.type)) &&
  Date.parse(event.occurred_at) >= since.getTime();

function toldTo({ id, account_id }: Listening, { account_id: _, ...event }: Kept): Outgoing {
  return { account_id, webhook_id: id, event };
}
