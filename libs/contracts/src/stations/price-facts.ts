import { domainEvent } from '../core/domain-event';
import { Choice, Id, Int, Json, Text } from '../fields';
import { PRICE_UNITS, type PriceUnit } from './charge-point-words';

/** A price that holds between two times of day. */
export interface PriceRangeTold {
  readonly id: number;
  /** Decimal text. */
  readonly price_usd: string;
  /** As it was entered; absent in events of earlier releases. */
  readonly amount?: string;
  readonly currency?: string;
  /** HH:MM in the power center's zone. */
  readonly starting: string;
  /** 23:59 is the end of the day. */
  readonly ending: string;
}

/** All that decides what a session costs at a power center, for sessions that begin from `valid_from` on. */
export class ChargePointPricesChanged {
  @Id() id: number;
  @Id() account_id: number;
  /** IANA name; the times of the ranges are in it. */
  @Text({ presence: 'required' }) time_zone: string;
  @Choice(PRICE_UNITS, { presence: 'required' }) price_unit: PriceUnit;
  /** What holds outside the ranges, as decimal text; "0" as long as no price was ever set. */
  @Text({ presence: 'required' }) price_usd: string;
  /** The same as it was entered, which is the price in its own currency whatever the rate table becomes. */
  @Text() price_amount?: string | null;
  @Text() price_currency?: string | null;
  @Choice(PRICE_UNITS) session_limit_type: PriceUnit | null;
  /** Minutes or kWh; 0 is no limit. */
  @Int({ min: 0, presence: 'required' }) session_limit_value: number;
  // Not `required`, for which an empty list is as good as none.
  /** By starting time; they do not overlap. */
  @Json() ranges: PriceRangeTold[];
  /** ISO 8601, by the database's clock. */
  @Text({ presence: 'required' }) valid_from: string;
}

/** In one order with the other events about the power center. */
export const chargePointPricesChanged = domainEvent('stations.charge-points.prices-changed', ChargePointPricesChanged);
