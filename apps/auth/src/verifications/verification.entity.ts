import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../users/user.entity';
import { Registration } from './registration.entity';

export type Purpose = 'email' | 'reset';

/**
 * A code that is waited for. One that belongs to nobody (no registration, no user, no invitation) behaves like any other and cannot
 * succeed: that is what an unknown address gets.
 */
@Entity('verifications')
@Index('verifications_token_hash_key', ['tokenHash'], { unique: true })
@Index('verifications_email_idx', ['email', 'createdAt'])
@Check('verifications_purpose_check', `purpose in ('email', 'reset')`)
@Check('verifications_attempts_check', 'attempts >= 0')
export class Verification {
  @PrimaryGeneratedColumn() id: number;
  @Column({ type: 'text' }) purpose: Purpose;
  @Column({ type: 'text' }) email: string;
  @Column({ name: 'token_hash', type: 'bytea' }) tokenHash: Buffer;
  @Column({ name: 'code_hash', type: 'bytea' }) codeHash: Buffer;
  @Column({ name: 'registration_id', type: 'int', nullable: true }) registrationId: number | null;
  @ManyToOne(() => Registration, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'registration_id', foreignKeyConstraintName: 'verifications_registration_id_fkey' })
  registration?: Registration;
  @Column({ name: 'user_id', type: 'int', nullable: true }) userId: number | null;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'verifications_user_id_fkey' })
  user?: User;
  /** Whoever proves the address accepts the invitation that is then open. */
  @Column({ name: 'invitation_id', type: 'int', nullable: true }) invitationId: number | null;
  /** Guesses that are left. */
  @Column({ type: 'smallint' }) attempts: number;
  /** Codes sent. */
  @Column({ type: 'smallint', default: 1 }) sent: number;
  @Column({ name: 'resend_at', type: 'timestamptz' }) resendAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt: Date;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) usedAt: Date | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
