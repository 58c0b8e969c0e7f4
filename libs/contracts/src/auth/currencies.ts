import { ApiProperty } from '../core/documentation';
import { domainEvent } from '../core/domain-event';
import { Nothing } from '../core/list-query';
import { operations, read } from '../core/operation';
import { Int, Json } from '../fields';

/** The whole rate table at one moment. */
export class RateTable {
  /** Grows with every change; an older table must not replace a newer one. */
  @ApiProperty() @Int({ min: 1, presence: 'required' }) revision: number;
  /** ISO 4217 code -> units of the currency for one US dollar, as decimal text. */
  @ApiProperty({ type: Object, example: { USD: '1', DZD: '136.209406' } })
  @Json({ presence: 'required' })
  rates: Record<string, string>;
}

export const currencies = operations('auth.currencies', {
  /** For a service that has received no table yet. */
  rates: read(Nothing, RateTable),
});

/** The rate table changed, or auth began; the aggregate is always `all`. */
export const ratesChanged = domainEvent('auth.currencies.rates-changed', RateTable);
