import { Column, Entity, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';

@Entity('charger_types')
export class ChargerType {
  @PrimaryColumn() id: number;
  @Column() name: string;
  @Column() img: string;
  @Column() current_type: string;
  @Column({ type: 'integer' }) max_power: number;
}

@Entity('connector_types')
export class ConnectorType {
  @PrimaryColumn() id: number;
  @Column() name: string;
  @Column() icon: string;
  @Column() type: string;
  @Column({ type: 'integer' }) max_power: number;
}

@Entity('amenities')
export class Amenity {
  @PrimaryColumn() id: number;
  @Column() name: string;
  @Column({ type: 'text', nullable: true }) icon: string | null;
  @Column({ type: 'text', nullable: true }) description: string | null;
}

/** The columns of a power center but its key. */
export abstract class ChargePointColumns {
  @Column() account_id: number;
  @Column() identifier: string;
  @Column() token: string;
  @Column() category: string;
  @Column() title: string;
  @Column({ type: 'text', nullable: true }) description: string | null;
  @Column({ type: 'double precision', nullable: true }) latitude: number | null;
  @Column({ type: 'double precision', nullable: true }) longitude: number | null;
  @Column() time_zone: string;
  @Column({ type: 'text', nullable: true }) address_line_1: string | null;
  @Column({ type: 'text', nullable: true }) address_line_2: string | null;
  @Column({ type: 'text', nullable: true }) address_line_3: string | null;
  @Column({ type: 'text', nullable: true }) zipcode: string | null;
  @Column({ type: 'text', nullable: true }) city: string | null;
  @Column({ type: 'text', nullable: true }) state: string | null;
  @Column({ type: 'text', nullable: true }) contact_number: string | null;
  @Column({ type: 'time', nullable: true }) open_time: string | null;
  @Column({ type: 'time', nullable: true }) close_time: string | null;
  @Column({ type: 'text', nullable: true }) image: string | null;
  @Column() listed: boolean;
  @Column() price_unit: string;
  @Column({ type: 'numeric', nullable: true }) price_amount: string | null;
  @Column({ type: 'text', nullable: true }) price_currency: string | null;
  @Column({ type: 'numeric', nullable: true }) price_usd: string | null;
  @Column({ type: 'text', nullable: true }) session_limit_type: string | null;
  @Column() session_limit_value: number;
  @Column() configured: boolean;
  @Column() connected: boolean;
  @Column() busy: boolean;
  @Column() reserved: boolean;
  @Column({ type: 'numeric' }) total_earnings_usd: string;
  @Column({ type: 'numeric' }) total_energy: string;
  @Column({ type: 'numeric' }) total_sessions_time: string;
  @Column() orders_count: number;
  @Column({ type: 'numeric' }) rating: string;
  @Column({ type: 'date', nullable: true }) earning_day: string | null;
  @Column({ type: 'numeric' }) earning_day_usd: string;
  @Column({ type: 'timestamptz', nullable: true }) deleted_at: Date | null;
}

@Entity('charge_points')
export class ChargePoint extends ChargePointColumns {
  @PrimaryColumn() id: number;
  @ManyToOne(() => ChargerType)
  @JoinColumn({ name: 'charge_point_type_id' })
  charger_type: ChargerType | null;
  @OneToMany(() => MountedConnector, (mounted) => mounted.charge_point) connectors: MountedConnector[];
  @ManyToMany(() => Amenity)
  @JoinTable({
    name: 'charge_point_amenities',
    joinColumn: { name: 'charge_point_id' },
    inverseJoinColumn: { name: 'amenity_id' },
  })
  amenities: Amenity[];
}

@Entity('charge_point_connectors')
export class MountedConnector {
  @PrimaryColumn() id: number;
  @Column({ type: 'integer', nullable: true }) number: number | null;
  @Column() status: string;
  @ManyToOne(() => ChargePoint, (chargePoint) => chargePoint.connectors)
  @JoinColumn({ name: 'charge_point_id' })
  charge_point: ChargePoint;
  @ManyToOne(() => ConnectorType)
  @JoinColumn({ name: 'connector_type_id' })
  connector_type: ConnectorType;
}

@Entity('currency_rates')
export class CurrencyRate {
  @PrimaryColumn() code: string;
  @Column({ type: 'numeric' }) rate: string;
}
