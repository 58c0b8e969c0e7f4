import { DecimalColumn, UsdColumn } from '@open-cpo/persistence';
import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { ChargePointEntity } from '../charge-points/charge-point.entity';

const moment = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;

/** A price of a power center for a part of its day. Those of one do not overlap: writers hold the power center's row. */
@Entity('charge_point_prices')
@Index('charge_point_prices_starting', ['charge_point_id', 'starting'], { unique: true })
@Check('charge_point_prices_order', '(ending > starting)')
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_prices_point' })
export class RangePriceEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) charge_point_id: number;
  /** As entered, so that it shows back exactly, beside what it was in USD. */
  @DecimalColumn(20, 2) price_amount: string;
  @Column({ type: 'text' }) price_currency: string;
  @UsdColumn() price_usd: string;
  /** On the power center's own clock. */
  @Column({ type: 'time' }) starting: string;
  /** 23:59 is the end of the day. */
  @Column({ type: 'time' }) ending: string;
  @CreateDateColumn(moment) created_at: Date;
  @UpdateDateColumn(moment) updated_at: Date;
}
