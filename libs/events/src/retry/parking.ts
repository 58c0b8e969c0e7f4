/** An event on its way into the retry lane. */
export interface NewParkedEvent {
  readonly eventId: string;
  /** Events with the same key are handled one after the other, in the order in which they came. */
  readonly key: string | null;
  readonly subject: string;
  readonly occurredAt: string;
  /** When the stream stored it, in microseconds since 1970. */
  readonly storedAt: number | null;
  readonly data: Uint8Array;
  /** Tries that have failed so far. */
  readonly attempts: number;
  readonly reason: string | null;
  /** Milliseconds before its next try. */
  readonly after: number;
}

/** An event that waits in the retry lane; taking it has counted a try, durably. */
export interface ParkedEvent {
  readonly id: number;
  readonly eventId: string;
  readonly subject: string;
  readonly occurredAt: string;
  readonly storedAt: number | null;
  readonly data: Uint8Array;
  /** Tries, with the one that begins now. */
  readonly attempts: number;
  /** Tries in which the process ended. */
  readonly deaths: number;
  readonly reason: string | null;
}

/** Why an event is not handled yet. */
export interface Postponement {
  readonly id: number;
  readonly reason: string;
  readonly after: number;
  /** False for trouble around us, which does not count as a try. */
  readonly counted: boolean;
}

/**
 * The retry lane of a consumer: events that failed, or during which a process ended, wait here instead of in the stream,
 * so that they hold up no other event.
 */
export interface Parking {
  /** Stores events; those that are stored already stay as they are. */
  park(consumer: string, events: readonly NewParkedEvent[]): Promise<void>;
  /** Stores events again: those that are stored already are retried, also while they are in hand. */
  parkAgain(consumer: string, events: readonly NewParkedEvent[]): Promise<void>;
  /** Events that are due: several that were never tried here, or else one that was. */
  take(consumer: string, most: number): Promise<ParkedEvent[]>;
  postpone(postponements: readonly Postponement[]): Promise<void>;
  /** Events that were handled, or dead-lettered. */
  remove(ids: readonly number[]): Promise<void>;
  /** Whether any event waits. */
  any(consumer: string): Promise<boolean>;
  /** Whether an event with this key waits. */
  holds(consumer: string, key: string): Promise<boolean>;
}

/** What a service with a database provides. */
export const PARKING = Symbol('open-cpo:parking');
