import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connector_types')
export class ConnectorTypeEntity {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'text' }) name: string;
  /** A path under the storage's base address. */
  @Column({ type: 'text' }) icon: string;
  @Column({ type: 'text' }) type: string;
  @Column({ name: 'max_power', type: 'double precision' }) maxPower: number;
}

@Entity('charger_types')
export class ChargerTypeEntity {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'text' }) name: string;
  /** A path under the storage's base address. */
  @Column({ type: 'text' }) img: string;
  @Column({ name: 'current_type', type: 'text' }) currentType: string;
  @Column({ name: 'max_power', type: 'double precision' }) maxPower: number;
}

@Entity('amenities')
export class AmenityEntity {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'text' }) name: string;
  /** A path under the storage's base address. */
  @Column({ type: 'text', nullable: true }) icon: string | null;
  @Column({ type: 'text', nullable: true }) description: string | null;
}
