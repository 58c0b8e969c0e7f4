import type { OrderPayment, OrderStatus, PriceUnit } from '@open-cpo/contracts';
import type { Tariff } from '../charge-points/tariff';

/** A part of the session that cost the same; amounts in USD, as decimal texts. */
export interface StoredSlice {
  readonly quantity: string;
  readonly price: string;
  readonly total: string;
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
}

/** An order as it is stored. */
export interface OrderRow extends OrderFigures {
  readonly id: number;
  readonly session_id: string;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly charge_point_connector_id: number | null;
  readonly connector_number: number | null;
  readonly user_id: number;
  readonly fleet_id: number | null;
  readonly payment: OrderPayment;
  readonly worker_id: number | null;
  readonly unit: PriceUnit;
  readonly requested_quantity: string;
  readonly status: OrderStatus;
  /** How often it was completed. */
  readonly revision: number;
  /** An operator's word is the last one: what sessions tell afterwards changes nothing. */
  readonly closed_by: 'event' | 'silence' | 'operator' | null;
  readonly tariff: Tariff;
  /** Frozen when it is first completed, like the rate and the currency. */
  readonly earning_rate: string | null;
  readonly currency: string | null;
  readonly rate: string | null;
  /** Local day of the power center on which it ended. */
  readonly day: string | null;
  readonly feedback_exist: boolean;
  readonly delivered_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}
