import type { PayoutMethodState } from '@open-cpo/contracts';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

const now = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;

/** A payout method that an account has added. What it says of people is sealed. */
@Entity('payout_methods')
@Index('payout_methods_once', ['account_id', 'method_id'], { unique: true })
@Index('payout_methods_account', ['provider_account'], { where: 'provider_account IS NOT NULL' })
@Index('payout_methods_stop', ['stop_hash'], { unique: true })
@Check('payout_methods_status', 'true')
export class PayoutMethodEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'integer' }) method_id: number;
  @Column({ type: 'text' }) provider: string;
  @Column({ type: 'text', nullable: true }) provider_account: string | null;
  @Column({ type: 'text' }) status: PayoutMethodState;
  @Column({ type: 'text', nullable: true }) link: string | null;
  @Column({ type: 'timestamptz', precision: null, nullable: true }) link_ends_at: Date | null;
  /** When the provider said what the state is. */
  @Column({ type: 'timestamptz', precision: null, nullable: true }) told_at: Date | null;
  @Column({ type: 'bytea' }) details: Buffer;
  @Column({ type: 'bytea', nullable: true }) document: Buffer | null;
  @Column({ type: 'text', nullable: true }) document_type: string | null;
  /** Until then payouts to it wait: it was added or changed lately. */
  @Column({ type: 'timestamptz', precision: null, nullable: true }) held_until: Date | null;
  /** SHA-256 of what the link in the mail ends with. */
  @Column({ type: 'bytea', nullable: true }) stop_hash: Buffer | null;
  /** When its owner refused it; nothing is paid to it until it is changed again. */
  @Column({ type: 'timestamptz', precision: null, nullable: true }) stopped_at: Date | null;
  /** The user who added or changed it last. */
  @Column({ type: 'integer', nullable: true }) changed_by: number | null;
  @Column(now) created_at: Date;
  @Column(now) updated_at: Date;
}
