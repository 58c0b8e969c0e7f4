import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A challenge that was answered: it is not taken again. */
@Entity('used_passkey_challenges')
@Index('used_passkey_challenges_expires_at_idx', ['expiresAt'])
export class UsedPasskeyChallenge {
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'used_passkey_challenges_pkey' }) hash: Buffer;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt: Date;
}
