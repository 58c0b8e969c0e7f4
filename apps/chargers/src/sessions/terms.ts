import type { OrderPayment, PriceUnit } from '@open-cpo/contracts';

/** What a session was asked for with, as it is kept with its command. */
export interface SessionTerms {
  readonly payment: OrderPayment;
  /** What the quantity counts; null where that is not known and nothing is limited. */
  readonly unit: PriceUnit | null;
  /** Decimal text, or `FULL`. */
  readonly requested_quantity: string;
  /** User id of the driver. */
  readonly driver_id: number | null;
  /** With cash: the card of the worker who takes it. */
  readonly rfid: string | null;
}
