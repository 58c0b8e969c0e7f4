import type { OrderPayment, OrderStatus, PriceUnit } from '@open-cpo/contracts';
import type { Tariff } from '../charge-points/tariff';
import type { Flag } from '../plausibility/flags';

/** A part of the session that cost the same; amounts in USD, as decimal texts, beside those of the order's currency. */
export interface StoredSlice {
  readonly quantity: string;
  readonly price: string;
  readonly total: string;
  readonly price_amount?: string;
  readonly total_amount?: string;
  readonly startingTime: string;
  readonly endingTime: string;
}

/** What a session comes to; decimals are texts with as many digits as their columns have. */
export interface OrderFigures {
  readonly charging_session_time: string;
  readonly charging_session_energy: string;
  readonly quantity: string;
  readonly unit_price_usd: string;
  readonly price_usd: string;
  readonly fees_usd: string;
  readonly earning_usd: string;
  readonly prices: readonly StoredSlice[];
  /** The same in `amounts_currency`: exact, while USD has eight decimals. Null in orders from before they were kept. */
  readonly unit_price_amount: string | null;
  readonly price_amount: string | null;
  readonly earning_amount: string | null;
  readonly amounts_currency: string | null;
}

/** What operators look at. */
export interface ForReview {
  /** What is implausible of it, or worth an operator's while. */
  readonly flags: readonly Flag[];
  /** It waits for an operator, and is no money until then. */
  readonly held: boolean;
  /** An operator has looked at it: nothing holds it any more. */
  readonly released: boolean;
  /** What its connector can deliver; null where unknown. */
  readonly power_kw: number | null;
  /** When it was first completed, by our clock. */
  readonly completed_at: Date | null;
  /** Readings that it was priced by: fewer never price it again. */
  readonly readings: number | null;
  /** It was published that its session has reached a limit. */
  readonly limit_told: boolean;
}

/** An order as it is stored. */
export interface OrderRow extends OrderFigures, ForReview {
  readonly id: number;
  readonly session_id: string;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly charge_point_connector_id: number | null;
  readonly connector_number: number | null;
  /** The driver; null for the owner. */
  readonly user_id: number | null;
  readonly fleet_id: number | null;
  readonly payment: OrderPayment;
  readonly worker_id: number | null;
  readonly unit: PriceUnit;
  readonly requested_quantity: string;
  /** What that counts; null: `unit`. */
  readonly requested_unit: PriceUnit | null;
  readonly status: OrderStatus;
  /** How often it was completed. */
  readonly revision: number;
  /** The decision of an operator, or of an import, is final: later events of the session change nothing. */
  readonly closed_by: 'event' | 'silence' | 'operator' | 'import' | null;
  readonly tariff: Tariff;
  /** Frozen when it is first completed, like the rate and the currency. */
  readonly earning_rate: string | null;
  readonly flat_fee_usd: string | null;
  readonly currency: string | null;
  readonly rate: string | null;
  /** Local day of the power center on which it ended. */
  readonly day: string | null;
  readonly feedback_exist: boolean;
  readonly delivered_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}
