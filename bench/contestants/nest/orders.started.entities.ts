import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('sessions')
export class StoredSession {
  @PrimaryColumn() session_id: string;
  @Column({ type: 'timestamptz' }) started_at: Date;
  @Column() token: string;
  @Column({ type: 'integer', nullable: true }) connector_number: number | null;
  @Column() driver_id: number;
  @Column() payment: string;
  @Column() requested_quantity: string;
  @Column({ type: 'numeric' }) start_wh: string;
  @Column() card: string;
  @Column() order_id: number;
}

@Entity('orders')
export class StoredOrder {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column() session_id: string;
  @Column() account_id: number;
  @Column() charge_point_id: number;
  @Column({ type: 'integer', nullable: true }) charge_point_connector_id: number | null;
  @Column({ type: 'integer', nullable: true }) connector_number: number | null;
  @Column() user_id: number;
  @Column() payment: string;
  @Column() unit: string;
  @Column() requested_quantity: string;
  @Column({ type: 'smallint' }) status: number;
  @Column() revision: number;
  @Column({ type: 'jsonb' }) tariff: object;
  @Column({ type: 'jsonb' }) prices: object[];
  @Column({ type: 'numeric' }) charging_session_time: string;
  @Column({ type: 'numeric' }) charging_session_energy: string;
  @Column({ type: 'numeric' }) quantity: string;
  @Column({ type: 'numeric' }) unit_price_usd: string;
  @Column({ type: 'numeric' }) price_usd: string;
  @Column({ type: 'numeric' }) fees_usd: string;
  @Column({ type: 'numeric' }) earning_usd: string;
  @Column() feedback_exist: boolean;
  @Column({ type: 'timestamptz' }) created_at: Date;
  @Column({ type: 'timestamptz' }) updated_at: Date;
}

@Entity('account_totals')
export class AccountTotal {
  @PrimaryColumn() account_id: number;
  @Column() orders: number;
}

@Entity('charge_point_totals')
export class PowerCenterTotal {
  @PrimaryColumn() charge_point_id: number;
  @Column() account_id: number;
  @Column() orders: number;
}

@Entity('inbox')
export class HandledEvent {
  @PrimaryColumn() consumer: string;
  @PrimaryColumn() event_id: string;
}

@Entity('feeds')
export class Feed {
  @PrimaryColumn() account_id: number;
  @Column({ type: 'bigint' }) head: string;
}

@Entity('events')
export class FeedEvent {
  @PrimaryColumn() account_id: number;
  @PrimaryColumn({ type: 'bigint' }) sequence: string;
  @Column() id: string;
  @Column() type: string;
  @Column({ type: 'timestamptz' }) occurred_at: Date;
  @Column({ type: 'jsonb' }) data: object;
}

@Entity('webhooks')
export class Webhook {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @Column({ type: 'text', array: true }) events: string[];
  @Column() status: string;
  @Column() locked: boolean;
}

@Entity('webhook_deliveries')
export class Delivery {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' }) id: string;
  @Column() account_id: number;
  @Column() webhook_id: number;
  @Column() event_id: string;
  @Column() type: string;
  @Column({ type: 'bigint' }) sequence: string;
  @Column() body: string;
}

@Entity('charge_point_orders')
export class CountedOrder {
  @PrimaryColumn() order_id: number;
  @Column() charge_point_id: number;
  @Column() stage: number;
  @Column({ type: 'date' }) day: string;
  @Column({ type: 'numeric' }) minutes: string;
  @Column({ type: 'numeric' }) energy: string;
  @Column({ type: 'numeric' }) earnings_usd: string;
}
