import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A service's own copy of a currency's rate, for what it computes in SQL and for a start without its neighbours. */
@Entity('currency_rates')
export class CurrencyRate {
  /** ISO 4217. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'currency_rates_pkey' })
  code: string;

  /** Units for one US dollar. */
  @Column({ type: 'numeric', precision: 20, scale: 8 })
  rate: string;

  /** The revision of the table that it came with. */
  @Column({ type: 'integer' })
  revision: number;
}
