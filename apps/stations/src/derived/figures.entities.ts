import { DecimalColumn, type Earned, UsdColumn } from '@open-cpo/persistence';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ChargePointEntity } from '../charge-points/charge-point.entity';

/** An order as far as it counts for its power center; how often it was completed is its stage (see `order-stages.ts`). */
@Entity('charge_point_orders')
@Index('charge_point_orders_of', ['charge_point_id', 'order_id'])
@Index('charge_point_orders_running', ['charge_point_id'], { where: '(stage = (-1))' })
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_orders_point' })
export class ChargePointOrderEntity {
  @PrimaryColumn({ type: 'integer' }) order_id: number;
  @Column({ type: 'integer' }) charge_point_id: number;
  @Column({ type: 'integer' }) stage: number;
  @Column({ type: 'date' }) day: string;
  @DecimalColumn(20, 4) minutes: string;
  /** In kWh. */
  @DecimalColumn(20, 4) energy: string;
  @UsdColumn() earnings_usd: string;
  /** The currency that it was settled in, and what it earned in it. */
  @Column({ type: 'text', nullable: true }) currency: string | null;
  @DecimalColumn(38, 8, { nullable: true }) earnings_amount: string | null;
}

/** What a power center has brought on one of its days. */
@Entity('charge_point_days')
@Index('charge_point_days_of_account', ['account_id', 'day'])
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_days_point' })
export class ChargePointDayEntity {
  @PrimaryColumn({ type: 'integer' }) charge_point_id: number;
  @PrimaryColumn({ type: 'date' }) day: string;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'integer' }) orders: number;
  @DecimalColumn(20, 4) minutes: string;
  @DecimalColumn(20, 4) energy: string;
  @UsdColumn() earnings_usd: string;
  /** The same by the currency that the orders were settled in, at their own rates. */
  @Column({ type: 'jsonb', default: {} }) earned: Earned;
}

@Entity('charge_point_ratings')
@Index('charge_point_ratings_of', ['charge_point_id', 'feedback_id'])
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_ratings_point' })
export class ChargePointRatingEntity {
  @PrimaryColumn({ type: 'integer' }) feedback_id: number;
  @Column({ type: 'integer' }) charge_point_id: number;
  @DecimalColumn(3, 2) rating: string;
}
