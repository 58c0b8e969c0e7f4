import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';

/** A device that a user logged in from; gone after its logout. */
@Entity('devices')
@Index('devices_user_id_imei_key', ['userId', 'imei'], { unique: true })
export class Device {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'user_id' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'devices_user_id_fkey' })
  user?: User;
  @Column({ type: 'text' }) imei: string;
  @Column({ name: 'push_token', type: 'text', nullable: true }) pushToken: string | null;
  @Column({ name: 'seen_at', type: 'timestamptz', default: () => 'now()' }) seenAt: Date;
}
