import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../users/user.entity';
import type { LoginMethod } from '@open-cpo/contracts';

/** What begins with a login and lasts until it ends: one token after the other, on one device. */
@Entity('login_sessions')
@Index('login_sessions_user_id_idx', ['userId'], { where: 'ended_at is null' })
@Index('login_sessions_last_used_at_idx', ['lastUsedAt'], { where: 'ended_at is null' })
@Index('login_sessions_ends_at_idx', ['endsAt'])
@Check(
  'login_sessions_method_check',
  `method in ('password', 'reset-code', 'registration', 'second-factor', 'passkey')`,
)
export class LoginSession {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'login_sessions_pkey' }) id: number;
  @Column({ name: 'user_id' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'login_sessions_user_id_fkey' })
  user?: User;
  @Column({ type: 'text' }) method: LoginMethod;
  /** Family of the client's program, such as `Firefox on Windows`. */
  @Column({ type: 'text' }) device: string;
  @Column({ type: 'text', nullable: true }) address: string | null;
  /** The user's counter when it began; with another one it gets no further token. */
  @Column({ name: 'credential_version' }) credentialVersion: number;
  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'now()' }) startedAt: Date;
  @Column({ name: 'last_used_at', type: 'timestamptz', default: () => 'now()' }) lastUsedAt: Date;
  /** The absolute end. */
  @Column({ name: 'ends_at', type: 'timestamptz' }) endsAt: Date;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt: Date | null;
}
