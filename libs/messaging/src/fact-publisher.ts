/** A fact on its way out of an outbox. */
export interface OutgoingFact {
  /** `facts.<service>.<resource>.<event>.<aggregate id>` */
  readonly subject: string;
  /** Unique for ever; the stream drops a second one. */
  readonly eventId: string;
  /** JSON. */
  readonly payload: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  /** W3C trace context of what told it. */
  readonly traceparent?: string;
}

/** Hands facts to the stream. */
export abstract class FactPublisher {
  /** Resolves when the stream has stored the fact; rejects when it could not. */
  abstract publish(fact: OutgoingFact): Promise<void>;
}
