import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../../users/user.entity';

/** A public key whose private half an authenticator keeps. */
@Entity('passkeys')
@Index('passkeys_credential_id_key', ['credentialId'], { unique: true })
@Index('passkeys_user_id_idx', ['userId'])
export class PasskeyEntity {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'passkeys_pkey' }) id: number;
  @Column({ name: 'user_id' }) userId: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'passkeys_user_id_fkey' })
  user?: User;
  /** Base64url. */
  @Column({ name: 'credential_id', type: 'text' }) credentialId: string;
  /** COSE. */
  @Column({ name: 'public_key', type: 'bytea' }) publicKey: Buffer;
  /** Signatures that the authenticator has counted; 0 for those that do not count. */
  @Column({ type: 'bigint' }) counter: string;
  @Column({ type: 'text', array: true }) transports: string[];
  @Column({ type: 'text' }) name: string;
  @Column({ name: 'backed_up' }) backedUp: boolean;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt: Date | null;
}
