import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity';

const moment = { type: 'timestamptz' } as const;

/** A user who wants to be deleted, until it is done or stopped. */
@Entity('user_deletions')
@Index('user_deletions_token_hash_key', ['tokenHash'], { unique: true })
@Index('user_deletions_due_at_idx', ['dueAt'])
export class UserDeletionEntity {
  @PrimaryColumn({ name: 'user_id', type: 'integer', primaryKeyConstraintName: 'user_deletions_pkey' })
  userId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'user_deletions_user_id_fkey' })
  user?: User;

  @Column({ ...moment, name: 'requested_at', default: () => 'now()' }) requestedAt: Date;
  @Column({ ...moment, name: 'due_at' }) dueAt: Date;
  /** SHA-256 of what the link in the letter ends with. */
  @Column({ name: 'token_hash', type: 'bytea' }) tokenHash: Buffer;
  @Column({ name: 'blocked_by', type: 'text', nullable: true }) blockedBy: string | null;
}
