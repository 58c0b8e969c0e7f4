/** Header with the W3C trace context of what published an event. */
export const TRACEPARENT = 'traceparent';

/** An event on its way out of an outbox. */
export interface OutgoingEvent {
  /** `facts.<service>.<resource>.<event>.<aggregate id>` */
  readonly subject: string;
  /** Unique for ever; the stream drops a second one. */
  readonly eventId: string;
  /** JSON. */
  readonly payload: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  /** W3C trace context of what published it. */
  readonly traceparent?: string;
}

/** Hands events to the stream. */
export abstract class EventPublisher {
  /** Resolves when the stream has stored the event; rejects when it could not. */
  abstract publish(domainEvent: OutgoingEvent): Promise<void>;
}
