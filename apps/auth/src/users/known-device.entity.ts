import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';

/** A device on a network that a user has logged in from. */
@Entity('known_devices')
@Index('known_devices_user_id_device_network_key', ['userId', 'network', 'device'], { unique: true })
@Index('known_devices_last_seen_at_idx', ['lastSeenAt'])
export class KnownDevice {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'known_devices_pkey' }) id: number;
  @Column({ name: 'user_id' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'known_devices_user_id_fkey' })
  user?: User;
  /** Family of the client's program. */
  @Column({ type: 'text' }) device: string;
  /** A keyed hash of the IPv4 /24 or IPv6 /64: enough to recognise it, not to locate a person. */
  @Column({ type: 'bytea' }) network: Buffer;
  @Column({ name: 'first_seen_at', type: 'timestamptz', default: () => 'now()' }) firstSeenAt: Date;
  @Column({ name: 'last_seen_at', type: 'timestamptz', default: () => 'now()' }) lastSeenAt: Date;
}
