import { Column, Entity, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';
import type { OrderWithCard, Price } from '../shared/order';

@Entity('charge_points')
export class ChargePointCard {
  @PrimaryColumn() id: number;
  @Column() time_zone: string;
  @Column({ type: 'json', nullable: true }) price: Price | null;
  @Column({ type: 'json' }) card: OrderWithCard['card'];
  @OneToOne(() => Total, (total) => total.charge_point) total: Total | null;
}

@Entity('charge_point_totals')
export class Total {
  @PrimaryColumn() charge_point_id: number;
  @Column({ type: 'numeric' }) earnings_usd: string;
  @OneToOne(() => ChargePointCard, (card) => card.total)
  @JoinColumn({ name: 'charge_point_id' })
  charge_point: ChargePointCard;
}

@Entity('charge_point_days')
export class Day {
  @PrimaryColumn() charge_point_id: number;
  @PrimaryColumn({ type: 'date' }) day: string;
  @Column({ type: 'numeric' }) earnings_usd: string;
}

@Entity('orders')
export class OrderEntity {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @Column() charge_point_id: number;
  @Column({ type: 'integer', nullable: true }) charge_point_connector_id: number | null;
  @Column({ type: 'integer', nullable: true }) connector_number: number | null;
  @Column() user_id: number;
  @Column({ type: 'integer', nullable: true }) fleet_id: number | null;
  @Column() unit: string;
  @Column() requested_quantity: string;
  @Column({ type: 'smallint' }) status: number;
  @Column({ type: 'numeric' }) charging_session_time: string;
  @Column({ type: 'numeric' }) charging_session_energy: string;
  @Column({ type: 'numeric' }) quantity: string;
  @Column({ type: 'numeric' }) unit_price_usd: string;
  @Column({ type: 'numeric' }) price_usd: string;
  @Column({ type: 'numeric' }) fees_usd: string;
  @Column({ type: 'numeric' }) earning_usd: string;
  @Column() feedback_exist: boolean;
  @Column({ type: 'timestamptz', nullable: true }) delivered_at: Date | null;
  @Column({ type: 'timestamptz' }) created_at: Date;
  @Column({ type: 'timestamptz' }) updated_at: Date;
  @Column({ type: 'jsonb' }) prices: OrderWithCard['prices'];
  @Column({ type: 'text', nullable: true }) currency: string | null;
  @Column({ type: 'numeric', nullable: true }) rate: string | null;
  @ManyToOne(() => ChargePointCard)
  @JoinColumn({ name: 'charge_point_id' })
  charge_point: ChargePointCard;
}
