import type { PriceUnit } from '@open-cpo/contracts';

/** A price as it was entered, beside what it was in USD then. */
export interface EnteredPrice {
  readonly usd: string;
  /** Null where unknown. */
  readonly amount: string | null;
  readonly currency: string | null;
}

/** A price that holds between two times of day. */
export interface TariffRange {
  readonly id: number;
  readonly price_usd: string;
  readonly amount?: string | null;
  readonly currency?: string | null;
  /** HH:MM in the power center's zone. */
  readonly starting: string;
  /** 23:59 is the end of the day. */
  readonly ending: string;
}

/** What a session costs at a power center; an order keeps the one that was in force when it began. */
export interface Tariff {
  readonly unit: PriceUnit;
  readonly time_zone: string;
  readonly base_usd: string;
  readonly base_amount?: string | null;
  readonly base_currency?: string | null;
  readonly ranges: readonly TariffRange[];
  readonly limit_type: PriceUnit | null;
  readonly limit_value: number;
  /** Stations has confirmed these as the prices of that moment; else they are the last that were received. */
  readonly confirmed?: boolean;
}
