import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity';
import { LoginSession } from './login-session.entity';

/** A token that was handed out; never the token itself. */
@Entity('sessions')
@Index('sessions_user_id_idx', ['userId'])
@Index('sessions_expires_at_idx', ['expiresAt'])
@Index('sessions_login_session_id_idx', ['loginSessionId'])
export class Session {
  /** The token's `jti`. */
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'user_id' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user_id_fkey' })
  user?: User;
  @Column({ name: 'issued_at', type: 'timestamptz' }) issuedAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt: Date;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt: Date | null;
  /** Absent for tokens of versions that knew no sessions, until they are renewed. */
  @Column({ name: 'login_session_id', type: 'int', nullable: true }) loginSessionId: number | null;
  @ManyToOne(() => LoginSession, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'login_session_id', foreignKeyConstraintName: 'sessions_login_session_id_fkey' })
  loginSession?: LoginSession;
  /** When a refresh put another token in its place. */
  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true }) replacedAt: Date | null;
}
