import type { PriceUnit } from '@open-cpo/contracts';

/** A price that holds between two times of day, in USD. */
export interface TariffRange {
  readonly id: number;
  readonly price_usd: string;
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
  readonly ranges: readonly TariffRange[];
  readonly limit_type: PriceUnit | null;
  readonly limit_value: number;
}
