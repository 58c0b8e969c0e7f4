import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity';

/** An authenticator app (TOTP, RFC 6238) of a user; it counts once a code has confirmed it. */
@Entity('totp_factors')
export class TotpFactor {
  @PrimaryColumn({ name: 'user_id', type: 'int', primaryKeyConstraintName: 'totp_factors_pkey' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'totp_factors_user_id_fkey' })
  user?: User;
  /** Sealed. */
  @Column({ type: 'bytea' }) secret: Buffer;
  /** The time step of the last code that was accepted: it and earlier ones are not accepted again. */
  @Column({ name: 'last_step', type: 'int', default: 0 }) lastStep: number;
  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true }) confirmedAt: Date | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
