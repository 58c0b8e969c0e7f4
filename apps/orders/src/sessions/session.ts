import type { OrderPayment, PriceUnit } from '@open-cpo/contracts';

/** Whether the card of a cash session is still to be looked up with those who know the workers. */
export type CardState = 'none' | 'pending' | 'done';

/** What is known of a session; an end may be known before the beginning. */
export interface SessionRow {
  readonly session_id: string;
  readonly started_at: Date | null;
  /** The event whose start counts, and when the stream stored it, in microseconds since 1970; null for older releases. */
  readonly start_event_id: string | null;
  readonly start_stored_at: string | null;
  readonly charge_point_id: number | null;
  readonly token: string | null;
  readonly connector_number: number | null;
  readonly driver_id: number | null;
  readonly rfid: string | null;
  readonly payment: OrderPayment | null;
  readonly requested_quantity: string | null;
  /** What that counts; null with `FULL`, and where it was not reported: what the power center sells. */
  readonly requested_unit: PriceUnit | null;
  /** Registers of the meter, as decimal texts. */
  readonly start_wh: string | null;
  readonly ended_at: Date | null;
  /** Of its end, or of one that was assumed. */
  readonly end_wh: string | null;
  readonly end_event_id: string | null;
  readonly end_stored_at: string | null;
  /** When it ended for want of any word, or as its back end assumed. */
  readonly silent_at: Date | null;
  readonly card: CardState;
  readonly worker_id: number | null;
  readonly order_id: number | null;
  /** When its first event was received. */
  readonly first_heard_at: Date;
  /** Nothing is to be done for its order. */
  readonly settled: boolean;
}

/** A register of the meter at a moment. */
export interface Reading {
  readonly at: Date;
  readonly wh: string;
}

/** A session whose beginning is known. */
export type StartedSession = SessionRow & { readonly started_at: Date };

export const hasStarted = (session: SessionRow): session is StartedSession => session.started_at !== null;
