import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A currency with its rate. */
@Entity('currencies')
@Check('currencies_usd_rate_check', 'usd_rate > 0')
export class CurrencyEntity {
  /** ISO 4217. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'currencies_pkey' })
  code: string;

  /** Minor digits by ISO 4217. */
  @Column({ type: 'smallint' })
  decimals: number;

  /** Units for one US dollar. */
  @Column({ name: 'usd_rate', type: 'numeric', precision: 20, scale: 8 })
  usdRate: string;

  /** The revision of the table with which the rate came. */
  @Column({ type: 'integer' })
  revision: number;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;
}
