import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../users/user.entity';
import { Registration } from './registration.entity';

export type Purpose = 'email' | 'reset' | 'second-factor';

/** A login whose first factor was right, and that waits for a second one. */
export interface PendingLogin {
  /** The user's counter when the first factor was checked: with other credentials by now nothing comes of it. */
  readonly credentialVersion: number;
  /** A reset code alone was the first factor, and the password stays. */
  readonly withoutPassword?: boolean;
  /** The device that the login named. */
  readonly device?: { readonly imei: string; readonly token: string | null };
  /** What the user is asked for. */
  readonly asks: 'totp' | 'passkey';
}

/**
 * A code that is waited for. One without a subject (no registration, no user, no invitation) behaves like any other and cannot
 * succeed: that is what an unknown address gets.
 */
@Entity('verifications')
@Index('verifications_token_hash_key', ['tokenHash'], { unique: true })
@Index('verifications_email_idx', ['email', 'createdAt'])
@Check('verifications_purpose_check', `purpose in ('email', 'reset', 'second-factor')`)
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
  /** Of purpose `second-factor`. */
  @Column({ type: 'jsonb', nullable: true }) login: PendingLogin | null;
  /** What stands for the network that it was asked for from. */
  @Column({ type: 'bytea', nullable: true }) network: Buffer | null;
  /** Whether the owner of the address has logged in from there. */
  @Column({ name: 'from_known_network', default: false }) fromKnownNetwork: boolean;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
