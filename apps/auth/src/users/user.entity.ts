import type { Language, Role } from '@open-cpo/contracts';
import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Account } from './account.entity';

/** Removed ones stay, so that the audit log keeps its meaning, and free their address. */
export type UserStatus = 'active' | 'removed';

/** A person with a role on an account. */
@Entity('users')
@Index('users_email_key', ['email'], { unique: true, where: `status <> 'removed'` })
@Index('users_account_id_idx', ['accountId'])
@Index('users_removed_at_idx', ['removedAt'], { where: `status = 'removed' and erased_at is null` })
@Check('users_role_check', `role in ('owner', 'admin', 'manager', 'viewer')`)
@Check('users_status_check', `status in ('active', 'removed')`)
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'account_id' }) accountId: number;
  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'users_account_id_fkey' })
  account?: Account;
  /** In lower case. */
  @Column({ type: 'text' }) email: string;
  /** argon2id in PHC form; none until an invited person chooses one. */
  @Column({ name: 'password_hash', type: 'text', nullable: true }) passwordHash: string | null;
  /** Raised by every change that ends tokens; a token is issued only while it stands. */
  @Column({ name: 'credential_version', default: 0 }) credentialVersion: number;
  @Column({ type: 'text' }) role: Role;
  @Column({ type: 'text' }) status: UserStatus;
  @Column({ name: 'first_name', type: 'text', default: '' }) firstName: string;
  @Column({ name: 'last_name', type: 'text', default: '' }) lastName: string;
  /** Digits. */
  @Column({ name: 'contact_number', type: 'text', default: '' }) contactNumber: string;
  @Column({ type: 'text', default: 'en' }) language: Language;
  /** Whether faults of chargers are mailed. */
  @Column({ name: 'charger_fault_mails', default: true }) chargerFaultMails: boolean;
  @Column({ name: 'removed_at', type: 'timestamptz', nullable: true }) removedAt: Date | null;
  /** When all that identifies the person was erased. */
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) erasedAt: Date | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
