import { SearchColumn } from '@open-cpo/persistence';
import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { ChargePointEntity } from '../charge-points/charge-point.entity';

const moment = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;

/** An owner's group of power centers. */
@Entity('charge_point_groups')
@Index('charge_point_groups_newest', { synchronize: false })
@Index('charge_point_groups_search', { synchronize: false })
export class GroupEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text', nullable: true }) company_name: string | null;
  @Column({ type: 'text', nullable: true }) license_code: string | null;
  @CreateDateColumn(moment) created_at: Date;
  @UpdateDateColumn(moment) updated_at: Date;
  @SearchColumn() readonly search_text?: string;
}

@Entity('charge_point_group_members')
@Index('charge_point_group_members_of', ['charge_point_id'])
@ForeignKey(() => GroupEntity, ['group_id'], ['id'], {
  name: 'charge_point_group_members_group',
  onDelete: 'CASCADE',
})
@ForeignKey(() => ChargePointEntity, ['charge_point_id'], ['id'], { name: 'charge_point_group_members_point' })
export class GroupMemberEntity {
  @PrimaryColumn({ type: 'integer' }) group_id: number;
  @PrimaryColumn({ type: 'integer' }) charge_point_id: number;
}
