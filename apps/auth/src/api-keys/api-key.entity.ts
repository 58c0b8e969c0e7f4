import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Account } from '../users/account.entity';
import { User } from '../users/user.entity';

/** A key by which programs of an account name themselves. Its secret is nowhere: only a hash of it. */
@Entity('api_keys')
@Index('api_keys_account_id', ['accountId'], { where: 'revoked_at is null' })
export class ApiKeyEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', primaryKeyConstraintName: 'api_keys_pkey' })
  id: number;

  @Column({ name: 'account_id', type: 'integer' })
  accountId: number;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'api_keys_account_id_fkey' })
  account?: Account;

  @Column({ type: 'text' })
  name: string;

  /** SHA-256 of the secret, which has 240 random bits: nothing that a slower hash would protect better. */
  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ name: 'created_by', type: 'integer' })
  createdBy: number;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'created_by', foreignKeyConstraintName: 'api_keys_created_by_fkey' })
  creator?: User;

  /** See `inScope`. */
  @Column({ type: 'text', array: true, nullable: true })
  scope: string[] | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  /** Rows stay, so that an id in a log or an audit entry keeps its meaning. */
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
