/** What the outbox holds: events for the stream, jobs for a queue. The two are relayed apart from each other. */
export type OutboxKind = 'fact' | 'job';

/** A row on its way. */
export interface OutboxRow {
  /** A 64-bit number. */
  readonly id: number;
  /** The event's subject with the aggregate's id; the job's queue. */
  readonly name: string;
  /** Rows of one aggregate leave in order. */
  readonly aggregate: string;
  /** The event's id; the job's id. */
  readonly key: string;
  /** JSON. */
  readonly payload: string;
  /** A job's attempts, backoff and spread; the W3C trace context of what asked, where traces are taken. */
  readonly options: OutboxSettings | null;
  readonly occurred_at: Date;
}

/** A row that was given up. */
export interface DeadRow {
  readonly id: number;
  readonly kind: OutboxKind;
  readonly name: string;
  readonly key: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

export interface OutboxSettings {
  readonly attempts?: number;
  readonly backoff?: number;
  /** Absent in rows of releases that had none. */
  readonly spread?: number;
  readonly traceparent?: string;
}
