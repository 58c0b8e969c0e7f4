import type { Language, Role } from '@open-cpo/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../users/account.entity';
import { User } from '../users/user.entity';

/**
 * An invitation to share an account. It is no user: until it is accepted, nobody has a user that he did not ask
 * for, the address can be registered by its owner as ever, and an address that has an account elsewhere looks the same
 * as one that has none.
 */
@Entity('invitations')
@Index('invitations_email_idx', ['email'], { where: 'ended_at is null' })
@Index('invitations_token_hash_key', ['tokenHash'], { unique: true })
@Index('invitations_account_id_idx', ['accountId', 'createdAt'])
@Check('invitations_role_check', `role in ('admin', 'manager', 'viewer')`)
export class Invitation {
  /** Of the same sequence as the ids of users: a newcomer who accepts keeps it. */
  @PrimaryColumn({
    type: 'integer',
    default: () => `nextval('users_id_seq')`,
    primaryKeyConstraintName: 'invitations_pkey',
  })
  id: number;

  @Column({ name: 'account_id', type: 'integer' })
  accountId: number;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'invitations_account_id_fkey' })
  account?: Account;

  /** In lower case. */
  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text' })
  role: Role;

  @Column({ name: 'invited_by', type: 'integer' })
  invitedBy: number;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'invited_by', foreignKeyConstraintName: 'invitations_invited_by_fkey' })
  inviter?: User;

  @Column({ type: 'text' })
  language: Language;

  /** SHA-256 of what the link in the letter ends with; none of invitations from before there were links. */
  @Column({ name: 'token_hash', type: 'bytea', nullable: true })
  tokenHash: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  /** Accepted, declined or withdrawn. The row stays for a while: it counts towards the day's invitations. */
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
