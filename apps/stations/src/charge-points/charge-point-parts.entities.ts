import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { AmenityEntity, ConnectorTypeEntity } from '../catalogues/catalogues.entities';
import { ChargePointEntity } from './charge-point.entity';

/** A connector on a power center. Its id stays as long as it is mounted: orders refer to it. */
@Entity('charge_point_connectors')
@Index('charge_point_connectors_of', ['charge_point_id'])
@Index('charge_point_connectors_number', ['charge_point_id', 'number'], { unique: true, where: 'number IS NOT NULL' })
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_connectors_point' })
@ForeignKey(() => ConnectorTypeEntity, ['connector_type_id'], ['id'], { name: 'charge_point_connectors_type' })
export class ChargePointConnectorEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) charge_point_id: number;
  @Column({ type: 'integer' }) connector_type_id: number;
  @Column({ type: 'integer', nullable: true }) number: number | null;
  /** The last that the charger said; shown only while the power center is online. */
  @Column({ type: 'text', default: 'available' }) status: string;
  /** When it came into this status, by its own account. */
  @Column({ type: 'timestamptz', precision: null, nullable: true }) status_at: Date | null;
}

@Entity('charge_point_amenities')
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_amenities_point' })
@ForeignKey(() => AmenityEntity, ['amenity_id'], ['id'], { name: 'charge_point_amenities_amenity' })
export class ChargePointAmenityEntity {
  @PrimaryColumn({ type: 'integer' }) charge_point_id: number;
  @PrimaryColumn({ type: 'integer' }) amenity_id: number;
}
