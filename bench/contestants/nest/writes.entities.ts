import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { ChargePointColumns, ConnectorType } from './stations.entities';

@Entity('charge_points')
export class StoredChargePoint extends ChargePointColumns {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'timestamptz' }) created_at: Date;
  @Column({ type: 'timestamptz' }) updated_at: Date;
}

@Entity('charge_point_connectors')
export class StoredConnector {
  @PrimaryColumn() id: number;
  @Column() charge_point_id: number;
  @Column({ type: 'integer', nullable: true }) number: number | null;
  @Column() status: string;
  @Column({ type: 'timestamptz', nullable: true }) status_at: Date | null;
  @ManyToOne(() => ConnectorType)
  @JoinColumn({ name: 'connector_type_id' })
  connector_type: ConnectorType;
}

@Entity('charge_point_prices')
export class StoredPrice {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column() charge_point_id: number;
  @Column({ type: 'numeric' }) price_amount: string;
  @Column() price_currency: string;
  @Column({ type: 'numeric' }) price_usd: string;
  @Column({ type: 'time' }) starting: string;
  @Column({ type: 'time' }) ending: string;
  @UpdateDateColumn({ type: 'timestamptz' }) updated_at: Date;
}

@Entity('workers')
export class StoredWorker {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column() account_id: number;
  @Column() first_name: string;
  @Column() last_name: string;
  @Column() email: string;
  @Column() rfid: string;
  @Column({ type: 'date' }) expire_at: string;
}

@Entity('audit_log')
export class AuditEntry {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' }) id: string;
  @Column() account_id: number;
  @Column() user_id: number;
  @Column() request_id: string;
  @Column() action: string;
  @Column() subject: string;
  @Column() subject_id: string;
  @Column({ type: 'jsonb', nullable: true }) before: object | null;
  @Column({ type: 'jsonb', nullable: true }) after: object | null;
}

@Entity('outbox')
export class OutboxEvent {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' }) id: string;
  @Column() kind: string;
  @Column() name: string;
  @Column() aggregate: string;
  @Column() key: string;
  @Column({ type: 'json' }) payload: object;
  @Column() secret: boolean;
  @Column({ type: 'timestamptz', nullable: true }) sent_at: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) dead_at: Date | null;
}

@Entity('idempotency_keys')
export class StoredKey {
  @PrimaryColumn({ type: 'bytea' }) id: Buffer;
  @Column({ type: 'bytea' }) body_mac: Buffer;
  @Column({ type: 'bytea' }) answer: Buffer;
}

@Entity('charge_points')
export class PowerCenterOfOrders {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @Column() identifier: string;
  @Column() token: string;
  @Column() time_zone: string;
  @Column({ type: 'json' }) connectors: object;
  @Column({ type: 'json' }) card: object;
  @Column({ type: 'timestamptz' }) told_at: Date;
}

@Entity('charge_point_tariffs')
export class TariffOfOrders {
  @PrimaryColumn() charge_point_id: number;
  @PrimaryColumn({ type: 'timestamptz' }) valid_from: Date;
  @Column({ type: 'jsonb' }) tariff: object;
}

@Entity('power_centers')
export class PowerCenterOfNotifications {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @Column({ type: 'timestamptz' }) told_at: Date;
  @Column({ type: 'jsonb' }) status: object;
}

@Entity('charge_points')
export class PowerCenterOfChargers {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @Column() token: string;
  @Column() time_zone: string;
  @Column({ type: 'timestamptz' }) published_at: Date;
}
